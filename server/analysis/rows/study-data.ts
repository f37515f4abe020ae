import type { Reader } from "../../storage/database.ts";
import { INVITED, NAMELESS } from "../../studies/annotators.ts";
import { type RePresentations, readAgain } from "./re-presentations.ts";
import type { PromptPart } from "./prompt-parts.ts";
import { Codes, compareCodeUnits } from "./dense-ids.ts";
import type { JudgmentRows } from "./judgment-columns.ts";
import { type AdjudicatedAnswer, readAdjudicated } from "./adjudicated.ts";
import { readUnloaded, type UnloadedJudgments } from "./unloaded.ts";
import { readCounts, type StudyCounts } from "./counts.ts";
import { readSlots, type Slots } from "./declared-slots.ts";
import { readFacts, type StudyFacts } from "./study-structure.ts";
import { readWithoutText, type WithoutText } from "./missing-texts.ts";
import { readRows, responseKey, type RowCodes } from "./read-rows.ts";

/** An annotator under their code, which is their place in `StudyData.annotators`. */
interface AnnotatorFact {
  readonly id: number;
  /** The name they were loaded with, or the one their personal link was made under: unique in the study. */
  readonly name: string;
  readonly group: number;
  /** A row that votes without a name stand under, and nobody. */
  readonly isUnnamed: boolean;
  /** The rule by which their judgments are left out; null: they count. */
  readonly excludedBy: string | null;
  /** Has judged in a browser that had shown the study's results; left out where that is not known. */
  readonly sawResults?: true;
}

/** A prompt under its code, which is its place in `StudyData.prompts`. */
interface PromptFact {
  readonly id: number;
  readonly name: string;
}

/** Everything that a report is computed from: one moment of the database. */
export interface StudyData {
  readonly facts: StudyFacts;
  readonly annotators: readonly AnnotatorFact[];
  readonly prompts: readonly PromptFact[];
  /** The counted judgments. */
  readonly rows: JudgmentRows;
  /** Judgments that would count, had their annotators not been excluded. */
  readonly excluded: JudgmentRows;
  /** Judgments that would count, had their comparisons not been left out after the blinding audit; undefined: none. */
  readonly leftOut?: JudgmentRows;
  /** What models judged again, in the other order or as a repeat; the rows above hold the verdicts of both orders. */
  readonly again: RePresentations;
  readonly counts: StudyCounts;
  /** Not said: nothing that was judged was taken back. */
  readonly unloaded?: UnloadedJudgments;
  /** Not said: there are no adjudicated answers. */
  readonly adjudicated?: readonly AdjudicatedAnswer[];
  readonly withoutText: WithoutText;
  readonly slots: Slots;
  /** The part of the prompts that the rows are of, and how many those are; not said: all. */
  readonly part?: PromptPart & { readonly prompts: number };
}

/**
 * Reads a study: all of it must run within one `database.read`. `times`: whether to read when judgments were made and
 * how long they took, which takes as long again. @throws StudyNotFound
 */
export async function readStudy(
  reader: Reader,
  name: string,
  options: { times: boolean } = { times: true },
): Promise<StudyData> {
  return (await readCoded(reader, name, options)).data;
}

/** As `readStudy`, with what turns ids into codes. */
export async function readCoded(
  reader: Reader,
  name: string,
  { times }: { times: boolean },
): Promise<{ data: StudyData; codes: RowCodes }> {
  const facts = await readFacts(reader, name);
  const prompts = await promptsOf(reader, facts.study.id);
  const annotators = await annotatorsOf(reader, facts);
  const codes: RowCodes = {
    prompts: codesOf(prompts),
    annotators: codesOf(annotators),
    excluded: Uint8Array.from(annotators, ({ excludedBy }) => (excludedBy === null ? 0 : 1)),
    leftOut: await readLeftOut(reader, facts, prompts),
    groups: Int32Array.from(annotators, ({ group }) => group),
    unnamed: Uint8Array.from(annotators, ({ isUnnamed }) => (isUnnamed ? 1 : 0)),
  };
  const { rows, excluded, leftOut } = await readRows(reader, facts, { codes, times });
  const rule = facts.declared.analysis.orderRule;
  const again = await readAgain(reader, facts, { codes, rows, excluded, rule });
  const { id } = facts.study;
  const unloaded = await readUnloaded(reader, id);
  const adjudicated = await readAdjudicated(reader, facts, (prompt) => codes.prompts.of(prompt));
  const more = {
    ...(unloaded && { unloaded }),
    ...(adjudicated && { adjudicated }),
    ...(leftOut.count > 0 && { leftOut }),
    counts: await readCounts(reader, id),
    slots: await readSlots(reader, id),
    withoutText: await readWithoutText(reader, {
      ...{ study: id, rows, prompts: codes.prompts, promptCount: prompts.length },
      systems: facts.systems.map((system) => system.id),
    }),
  };
  return { data: { facts, annotators, prompts, rows, excluded, again, ...more }, codes };
}

async function readLeftOut(
  { db }: Reader,
  { study, systemCodes }: StudyFacts,
  prompts: readonly PromptFact[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("left_out_response as o")
    .innerJoin("prompt as p", "p.id", "o.prompt_id")
    .select(["o.prompt_id as prompt", "o.system_id as system"])
    .where("p.study_id", "=", study.id)
    .execute();
  if (rows.length === 0) return new Set();
  const codes = new Map(prompts.map(({ id }, code) => [id, code]));
  return new Set(rows.map(({ prompt, system }) => responseKey(codes.get(prompt)!, systemCodes.of(system))));
}

const codesOf = (sorted: readonly { id: number; name: string }[]) =>
  new Codes(sorted.map(({ id, name }) => ({ id, key: name })));

async function promptsOf({ db }: Reader, studyId: number): Promise<PromptFact[]> {
  const rows = await db
    .selectFrom("prompt")
    .select(["id", "external_id as name"])
    .where("study_id", "=", studyId)
    .execute();
  return rows.sort((a, b) => compareCodeUnits(a.name, b.name));
}

export async function annotatorsOf({ db }: Reader, facts: StudyFacts): Promise<AnnotatorFact[]> {
  const rows = await db
    .selectFrom("annotator as a")
    .leftJoin("exclusion as e", (join) =>
      join.onRef("e.annotator_id", "=", "a.id").on("e.lifted_at", "is", null),
    )
    .select(["a.id", "a.provider", "a.external_id", "a.group_id", "a.saw_results_at", "e.rule"])
    .where("a.study_id", "=", facts.study.id)
    .orderBy("e.id")
    .execute();
  const loaded = new Set(rows.filter((row) => row.provider !== INVITED).map((row) => row.external_id));
  const named = (row: { provider: string; external_id: string }) => {
    if (row.provider === NAMELESS) return `without a name ${row.external_id}`;
    return row.provider === INVITED && loaded.has(row.external_id)
      ? `${row.external_id} (invited)`
      : row.external_id;
  };
  const annotators = new Map<number, AnnotatorFact>();
  for (const row of rows) {
    if (annotators.has(row.id)) continue;
    const group = facts.groupCodes.of(row.group_id);
    const isUnnamed = row.provider === NAMELESS;
    annotators.set(row.id, {
      ...{ id: row.id, name: named(row), group, isUnnamed, excludedBy: row.rule },
      ...(row.saw_results_at !== null && { sawResults: true }),
    });
  }
  return [...annotators.values()].sort((a, b) => compareCodeUnits(a.name, b.name));
}
