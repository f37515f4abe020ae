import { hash } from "node:crypto";
import type { GroupKind } from "../contract/words.ts";
import type { ModelCalls } from "../contract/model-calls.ts";
import type { Reader } from "../storage/database.ts";
import { INVITED, NAMELESS } from "../studies/annotators.ts";
import { compareCodeUnits } from "../analysis/rows/dense-ids.ts";
import type { StudyFacts } from "../analysis/rows/study-structure.ts";
import { callsByAnnotator } from "../analysis/judges/model-calls.ts";

interface NamedAnnotator {
  /** As a file names them: within their group; null: votes without a name. */
  readonly name: string | null;
  /** The rules by which they are left out, joined; null: none. */
  readonly excludedBy: string | null;
  /** The calls behind a model's judgments; null: none are known. */
  readonly modelCalls: ModelCalls | null;
}

interface NamedGroup {
  readonly name: string;
  readonly kind: GroupKind;
  readonly headline: boolean;
}

/** External names by the ids of rows. */
export interface Names {
  readonly systems: ReadonlyMap<number, string>;
  readonly groups: ReadonlyMap<number, NamedGroup>;
  readonly annotators: ReadonlyMap<number, NamedAnnotator>;
}

/** Reads the names of everything that judgments point at, but for the prompts, of which there may be many. */
export async function readNames(reader: Reader, studyId: number): Promise<Names> {
  const systems = await reader.db
    .selectFrom("system")
    .select(["id", "name"])
    .where("study_id", "=", studyId)
    .execute();
  const groups = await reader.db
    .selectFrom("annotator_group")
    .select(["id", "name", "kind", "headline"])
    .where("study_id", "=", studyId)
    .execute();
  const named = new Map(groups.map((row) => [row.id, { ...row, headline: row.headline === 1 }]));
  return {
    systems: new Map(systems.map(({ id, name }) => [id, name])),
    groups: named,
    annotators: await annotatorsOf(reader, studyId, named),
  };
}

async function annotatorsOf(
  reader: Reader,
  studyId: number,
  groups: ReadonlyMap<number, NamedGroup>,
): Promise<Map<number, NamedAnnotator>> {
  const { db } = reader;
  const calls = await callsByAnnotator(reader, studyId);
  const rows = await db
    .selectFrom("annotator")
    .select(["id", "provider", "external_id", "group_id"])
    .where("study_id", "=", studyId)
    .execute();
  const rules = await db
    .selectFrom("exclusion")
    .select(["annotator_id", "rule"])
    .where("study_id", "=", studyId)
    .where("lifted_at", "is", null)
    .execute();
  const loaded = new Set(rows.filter((row) => row.provider !== INVITED).map((row) => row.external_id));
  return new Map(
    rows.map((row) => {
      const isTwice = row.provider === INVITED && loaded.has(row.external_id);
      const own = isTwice ? `${row.external_id} (invited)` : row.external_id;
      const name = row.provider === NAMELESS ? null : withoutGroup(own, groups.get(row.group_id)?.name ?? "");
      const inForce = rules.filter((one) => one.annotator_id === row.id).map((one) => one.rule);
      const excludedBy =
        inForce.length === 0 ? null : [...new Set(inForce)].sort(compareCodeUnits).join("; ");
      return [row.id, { name, excludedBy, modelCalls: calls.get(row.id) ?? null }];
    }),
  );
}

/** Loading keeps a name that another group has too as `group/name`, and does so again with what stands here. */
function withoutGroup(name: string, group: string): string {
  return name.startsWith(`${group}/`) ? name.slice(group.length + 1) : name;
}

/**
 * The same names with neutral ones for people: `a01`, `a02`, … Judge models keep theirs, which say what judged.
 * The order comes from the study's seed and from tokens that are never shown to anyone but their annotators, so
 * that who knows the names of all cannot tell from the order who is who.
 */
export async function anonymousNames(reader: Reader, facts: StudyFacts, names: Names): Promise<Names> {
  const rows = await reader.db
    .selectFrom("annotator as a")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .leftJoin("assignment as w", (join) => join.onRef("w.annotator_id", "=", "a.id").on("w.ordinal", "=", 1))
    .select(["a.id", "w.token"])
    .where("a.study_id", "=", facts.study.id)
    .where("g.kind", "<>", "model")
    .where("a.provider", "<>", NAMELESS)
    .execute();
  const keyed = rows.map(({ id, token }) => ({ id, key: keyOf(facts.study.seed, token ?? `none ${id}`) }));
  keyed.sort((a, b) => compareCodeUnits(a.key, b.key));
  const digits = Math.max(2, String(keyed.length).length);
  const annotators = new Map(names.annotators);
  keyed.forEach(({ id }, i) => {
    const name = `a${String(i + 1).padStart(digits, "0")}`;
    annotators.set(id, { ...names.annotators.get(id)!, name });
  });
  return { ...names, annotators };
}

const keyOf = (seed: string, token: string): string => hash("sha256", JSON.stringify([seed, token]));
