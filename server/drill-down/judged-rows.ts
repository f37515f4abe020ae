import { sql } from "kysely";
import type { Choice, GroupKind, Origin } from "../contract/words.ts";
import { isComparisonLeftOut } from "../studies/left-out.ts";
import type { Reader } from "../storage/database.ts";
import { NAMELESS } from "../studies/annotators.ts";
import type { SystemFact } from "../analysis/rows/study-structure.ts";

/** A judgment as a reader of the results may see it. */
export interface JudgedRow {
  readonly comparisonId: number;
  readonly annotatorId: number;
  /** Null: the judgment is a vote without a name. */
  readonly annotator: string | null;
  readonly group: string;
  readonly groupKind: GroupKind;
  readonly origin: Origin;
  /** The id of the system on the left. */
  readonly left: number;
  readonly sideKnown: number;
  readonly choice: Choice;
  readonly rationale: string | null;
  /** How it was shown, or what a model's verdict was made of, as JSON. */
  readonly metadata: string | null;
  readonly requestKey: string;
  /** Whether a person said it here: what they wrote is for the owner alone. */
  readonly isOfPerson: number;
  readonly activeMs: number | null;
  readonly at: string | null;
  readonly excludedBy: string | null;
}

export interface ComparisonRow {
  readonly id: number;
  readonly promptId: number;
  readonly prompt: string;
  readonly turn: number;
  readonly low: number;
  readonly high: number;
}

interface ComparisonsWanted {
  /** Both systems, or one that is compared with any; none: any two. */
  readonly systems: readonly SystemFact[];
  readonly groups: readonly number[];
  readonly prompt?: string | undefined;
  /** Only these prompts; null: any. */
  readonly prompts: readonly number[] | null;
  /** Only what all of these annotators have judged, by their ids; several ids of one name are any of them. */
  readonly annotators: readonly (readonly number[])[];
  readonly after: number;
  readonly limit: number;
}

/** Comparisons of a study that the groups have judged, in the order of their ids. */
export async function comparisonsAfter(
  { db, dialect }: Reader,
  studyId: number,
  { systems, groups, prompt, prompts, annotators, after, limit }: ComparisonsWanted,
): Promise<ComparisonRow[]> {
  let query = db
    .selectFrom("comparison as c")
    .innerJoin("prompt as p", "p.id", "c.prompt_id")
    .select(["c.id", "c.prompt_id as promptId", "p.external_id as prompt", "c.turn"])
    .select(["c.low_system_id as low", "c.high_system_id as high"])
    .where("c.study_id", "=", studyId)
    .where("c.id", ">", after)
    .where((e) =>
      e.exists(
        e
          .selectFrom("assignment as a")
          .select("a.id")
          .whereRef("a.comparison_id", "=", "c.id")
          .where("a.ended_how", "=", "judged")
          .where("a.group_id", "in", [...groups, -1]),
      ),
    );
  for (const { id } of systems)
    query = query.where((e) => e.or([e("c.low_system_id", "=", id), e("c.high_system_id", "=", id)]));
  if (prompts !== null) query = query.where((e) => dialect.isAmong(e.ref("c.prompt_id"), prompts));
  for (const ids of annotators)
    query = query.where("c.id", "in", (e) =>
      e
        .selectFrom("assignment as own")
        .select("own.comparison_id")
        .where("own.annotator_id", "in", [...ids, -1])
        .where("own.ended_how", "=", "judged"),
    );
  if (prompt !== undefined) query = query.where("p.external_id", "=", prompt);
  return query.orderBy("c.id").limit(limit).execute();
}

/** The comparisons that these are the keys of, in their order; those that are gone meanwhile are left out. */
export async function comparisonsAt(
  { db, dialect }: Reader,
  studyId: number,
  keys: readonly Omit<ComparisonRow, "id" | "prompt">[],
): Promise<ComparisonRow[]> {
  const prompts = [...new Set(keys.map(({ promptId }) => promptId))];
  const rows = await db
    .selectFrom("comparison as c")
    .innerJoin("prompt as p", "p.id", "c.prompt_id")
    .select(["c.id", "c.prompt_id as promptId", "p.external_id as prompt", "c.turn"])
    .select(["c.low_system_id as low", "c.high_system_id as high"])
    .where("c.study_id", "=", studyId)
    .where((e) => dialect.isAmong(e.ref("c.prompt_id"), prompts))
    .execute();
  const keyOf = ({ promptId, turn, low, high }: Omit<ComparisonRow, "id" | "prompt">) =>
    [promptId, turn, low, high].join(" ");
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.flatMap((key) => byKey.get(keyOf(key)) ?? []);
}

/** The ids of a study's annotators of a name: two groups may have one each. */
export async function annotatorsNamed({ db }: Reader, studyId: number, name: string): Promise<number[]> {
  const rows = await db
    .selectFrom("annotator")
    .select("id")
    .where("study_id", "=", studyId)
    .where("external_id", "=", name)
    .where("provider", "<>", NAMELESS)
    .execute();
  return rows.map(({ id }) => id);
}

/** The name of the annotator `r`. */
const nameOf = sql<
  string | null
>`case r.provider when ${sql.lit(NAMELESS)} then null else r.external_id end`.as("annotator");

interface On {
  readonly comparisons: readonly number[];
  readonly groups: readonly number[];
}

/** Every judgment of these groups that has its place, those of excluded annotators too. */
export async function judgmentsOn({ db }: Reader, { comparisons, groups }: On): Promise<JudgedRow[]> {
  return db
    .selectFrom("placed_judgment as j")
    .innerJoin("judgment as said", "said.id", "j.judgment_id")
    .innerJoin("annotator as r", "r.id", "j.annotator_id")
    .innerJoin("annotator_group as g", "g.id", "j.group_id")
    .leftJoin("exclusion as e", (join) =>
      join.onRef("e.annotator_id", "=", "r.id").on("e.lifted_at", "is", null),
    )
    .select(["j.comparison_id as comparisonId", "r.id as annotatorId"])
    .select(nameOf)
    .select(["g.name as group", "g.kind as groupKind", "j.origin", "j.left_system_id as left"])
    .select(["j.side_known as sideKnown", "j.choice"])
    .select((e) =>
      e
        .case()
        .when(e.and([e("g.kind", "<>", "model"), e("j.origin", "=", "handed_out")]))
        .then(sql.lit(1))
        .else(sql.lit(0))
        .end()
        .as("isOfPerson"),
    )
    .select([
      "said.rationale",
      "said.metadata",
      "said.request_key as requestKey",
      "j.active_ms as activeMs",
      "j.judged_at as at",
    ])
    .select("e.rule as excludedBy")
    .where("j.comparison_id", "in", [...comparisons, -1])
    .where((e) => e.not(isComparisonLeftOut("j")))
    .where("j.group_id", "in", [...groups, -1])
    .orderBy("j.assignment_id")
    .execute();
}

/** What models of these groups said in the other order. */
export async function otherOrdersOn({ db }: Reader, { comparisons, groups }: On): Promise<JudgedRow[]> {
  const rows = await db
    .selectFrom("assignment as a")
    .innerJoin("judgment as j", "j.assignment_id", "a.id")
    .innerJoin("annotator as r", "r.id", "a.annotator_id")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .leftJoin("load as l", "l.id", "a.load_id")
    .select(["a.comparison_id as comparisonId", "r.id as annotatorId"])
    .select(nameOf)
    .select(["g.name as group", "g.kind as groupKind", "a.origin", "a.left_system_id as left"])
    .select(["a.side_known as sideKnown", "j.choice"])
    .select(["j.rationale", "j.metadata", "j.request_key as requestKey", "j.active_ms as activeMs"])
    .select("j.received_at as at")
    .where("a.comparison_id", "in", [...comparisons, -1])
    .where("a.group_id", "in", [...groups, -1])
    .where("g.kind", "=", "model")
    .where("a.presentation", ">", 0)
    .where("a.purpose", "in", ["main", "shared"])
    .where((e) => e.or([e("a.load_id", "is", null), e("l.state", "=", "published")]))
    .orderBy("j.revision", "desc") // a model never corrects itself; a file may
    .execute();
  return rows.map((row) => ({ ...row, isOfPerson: 0, excludedBy: null }));
}

/** The texts of a prompt and of two systems' responses to it, as JSON lists of turns. */
export async function textsOn({ db }: Reader, promptId: number, systems: readonly number[]) {
  const prompt = await db
    .selectFrom("prompt_text as t")
    .innerJoin("load as l", "l.id", "t.load_id")
    .select("t.turns")
    .where("t.prompt_id", "=", promptId)
    .where("l.state", "=", "published")
    .executeTakeFirst();
  const responses = await db
    .selectFrom("response as r")
    .innerJoin("load as l", "l.id", "r.load_id")
    .select(["r.system_id as system", "r.turns"])
    .where("r.prompt_id", "=", promptId)
    .where("r.system_id", "in", systems)
    .where("l.state", "=", "published")
    .execute();
  const of = (system: number) => responses.find((one) => one.system === system)?.turns ?? null;
  return { prompt: prompt?.turns ?? null, of };
}
