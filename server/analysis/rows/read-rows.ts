import { type AliasedExpression, sql } from "kysely";
import type { Dialect } from "../../storage/dialect.ts";
import type { Reader } from "../../storage/database.ts";
import { statement } from "../../storage/statement.ts";
import { canonicalOrder } from "./canonical-order.ts";
import type { Codes } from "./dense-ids.ts";
import {
  CHOICES,
  type Columns,
  GrowingColumns,
  type JudgmentRows,
  ORIGINS,
  rowsInParts,
} from "./judgment-columns.ts";
import type { StudyFacts } from "./study-structure.ts";
import { countOf, parseNumbers } from "./number-text.ts";
import { parseTimes, SEPARATOR } from "./time-text.ts";

/** Comparisons a query: what one query returns stays small, whatever the size of the study. */
const CHUNK_COMPARISONS = 10_000;

/** What turns ids into codes; `excluded` and `groups` tell of annotators by their codes. */
export interface RowCodes {
  readonly prompts: Codes;
  readonly annotators: Codes;
  /** 1 where the annotator's judgments are left out. */
  readonly excluded: Uint8Array;
  /** Responses whose comparisons are left out, by `responseKey`; empty in most studies. */
  readonly leftOut: ReadonlySet<string>;
  readonly groups: Int32Array;
  /** 1 where the annotator is a row for votes without a name. */
  readonly unnamed: Uint8Array;
}

/**
 * Reads every judgment of a study that has its place once, into typed arrays in an order that depends on
 * external ids alone: those that count, and those of excluded annotators apart. All of it must run within one
 * `database.read`, so that it is one moment of the database.
 *
 * The database gives each column of a chunk as one text: a million rows come in half the time that it takes to make
 * an object of each.
 */
export async function readRows(
  reader: Reader,
  facts: StudyFacts,
  { codes, times }: { codes: RowCodes; times: boolean },
): Promise<{ rows: JudgmentRows; excluded: JudgmentRows; leftOut: JudgmentRows }> {
  const all = new GrowingColumns();
  for await (const range of comparisonRanges(reader, facts.study.id)) {
    const [chunk] = await reader.run(times ? placedWithTimes : placedBetween, range);
    if (chunk?.prompt == null) continue;
    const more = countOf(chunk.prompt);
    const { columns, from } = all.grow(more);
    fillColumns(columns, { chunk: chunk as Full<PlacedChunk>, from, facts, codes });
    fillTimes(columns, { chunk, from, to: from + more });
  }
  const { annotator } = all.columns;
  const isExcluded = (i: number) => codes.excluded[annotator[i]!] === 1;
  const isOut = (i: number) => isLeftOut(codes.leftOut, all.columns, i);
  const sorted = (wanted: (i: number) => boolean) =>
    canonicalOrder(all.columns, positionsWhere(all.count, wanted));
  const parts = [
    sorted((i) => !isExcluded(i) && !isOut(i)),
    sorted((i) => isExcluded(i) && !isOut(i)),
    sorted((i) => isOut(i) && !isExcluded(i)),
  ];
  const [rows, excluded, leftOut] = rowsInParts(all.columns, parts, all.count) as [
    JudgmentRows,
    JudgmentRows,
    JudgmentRows,
  ];
  return { rows, excluded, leftOut };
}

/** A response by the codes of its prompt and system. */
export const responseKey = (prompt: number, system: number): string => `${prompt} ${system}`;

/** Whether a judgment is of one of these responses. */
export const isLeftOut = (
  responses: ReadonlySet<string>,
  { prompt, low, high }: Pick<Columns, "prompt" | "low" | "high">,
  i: number,
): boolean =>
  responses.size > 0 &&
  (responses.has(responseKey(prompt[i]!, low[i]!)) || responses.has(responseKey(prompt[i]!, high[i]!)));

function positionsWhere(count: number, wanted: (i: number) => boolean): Int32Array {
  const positions = new Int32Array(count);
  let found = 0;
  for (let i = 0; i < count; i++) if (wanted(i)) positions[found++] = i;
  return positions.slice(0, found);
}

type Full<T> = { [K in keyof T]: NonNullable<T[K]> };

function fillColumns(
  columns: Columns,
  given: { chunk: Full<PlacedChunk>; from: number; facts: StudyFacts; codes: RowCodes },
): void {
  const { chunk, from, facts, codes } = given;
  parseNumbers(chunk.prompt, (k, id) => (columns.prompt[from + k] = codes.prompts.of(id)));
  parseNumbers(chunk.annotator, (k, id) => {
    const annotator = codes.annotators.of(id);
    columns.annotator[from + k] = annotator;
    columns.group[from + k] = codes.groups[annotator]!;
    columns.unnamed[from + k] = codes.unnamed[annotator]!;
  });
  parseNumbers(chunk.low, (k, id) => (columns.low[from + k] = facts.systemCodes.of(id)));
  parseNumbers(chunk.high, (k, id) => (columns.high[from + k] = facts.systemCodes.of(id)));
  parseNumbers(chunk.flags, (k, flags) => {
    const i = from + k;
    const [one, other] = [columns.low[i]!, columns.high[i]!]; // by id so far
    columns.left[i] = (flags & FLAGS.lowLeft) === 0 ? other : one;
    columns.low[i] = Math.min(one, other);
    columns.high[i] = Math.max(one, other);
    columns.choice[i] = flags & 3;
    columns.origin[i] = (flags >> 2) & 3;
    columns.sideKnown[i] = (flags >> 4) & 1;
    columns.turn[i] = Math.floor(flags / FLAGS.turn);
  });
}

/** What the small facts of a judgment weigh in one number: choice 1, origin 4, the rest as here. */
const FLAGS = { sideKnown: 16, lowLeft: 32, turn: 64 } as const;

function fillTimes(columns: Columns, given: { chunk: PlacedChunk; from: number; to: number }): void {
  const { chunk, from, to } = given;
  columns.activeMs.fill(-1, from, to);
  columns.at.fill(NaN, from, to);
  if (chunk.at == null || chunk.activeMs == null) return;
  parseNumbers(chunk.activeMs, (k, ms) => (columns.activeMs[from + k] = ms - 1)); // read one more than it is
  parseTimes(chunk.at, (k, at) => (columns.at[from + k] = at));
}

interface Range {
  study: number;
  after: number;
  end: number;
}

const rangeEnd = statement<{ study: number; after: number }, { id: number }>((db, param) =>
  db
    .selectFrom("comparison")
    .select("id")
    .where("study_id", "=", param("study"))
    .where("id", ">", param("after"))
    .orderBy("id")
    .limit(sql.lit(1))
    .offset(sql.lit(CHUNK_COMPARISONS - 1)),
);

async function* comparisonRanges(reader: Reader, study: number): AsyncGenerator<Range> {
  for (let after = 0; ;) {
    const [next] = await reader.run(rangeEnd, { study, after });
    yield { study, after, end: next?.id ?? Number.MAX_SAFE_INTEGER };
    if (!next) return;
    after = next.id;
  }
}

interface PlacedChunk {
  prompt: string | null;
  annotator: string | null;
  low: string | null;
  high: string | null;
  flags: string | null;
  activeMs?: string | null;
  at?: string | null;
}

const placeOf = (column: string, words: readonly string[]) => {
  const cases = words.map((word, i) => sql`when ${sql.lit(word)} then ${sql.lit(i)}`);
  return sql`case ${sql.ref(column)} ${sql.join(cases, sql` `)} end`;
};
const flags = sql`j.turn * ${sql.lit(FLAGS.turn)}
  + case j.low_system_id when j.left_system_id then ${sql.lit(FLAGS.lowLeft)} else 0 end
  + j.side_known * ${sql.lit(FLAGS.sideKnown)} + ${placeOf("j.origin", ORIGINS)} * 4 + ${placeOf("j.choice", CHOICES)}`;

/** All columns of one query come from one walk over its rows, so that their values stand in the same order. */
const placed = (more: (dialect: Dialect) => AliasedExpression<string | null, "activeMs" | "at">[]) =>
  statement<Range, PlacedChunk>((db, param, dialect) =>
    db
      .selectFrom("comparison as c")
      .innerJoin("placed_judgment as j", "j.comparison_id", "c.id") // walks one index of comparisons
      .select([
        dialect.inOneText(sql`j.prompt_id`, ",").as("prompt"),
        dialect.inOneText(sql`j.annotator_id`, ",").as("annotator"),
        dialect.inOneText(sql`j.low_system_id`, ",").as("low"),
        dialect.inOneText(sql`j.high_system_id`, ",").as("high"),
        dialect.inOneText(flags, ",").as("flags"),
        ...more(dialect),
      ])
      .where("c.study_id", "=", param("study"))
      .where("c.id", ">", param("after"))
      .where("c.id", "<=", param("end")),
  );

const placedBetween = placed(() => []);
const placedWithTimes = placed((dialect) => [
  dialect.inOneText(sql`coalesce(j.active_ms, -1) + 1`, ",").as("activeMs"),
  dialect.inOneText(sql`coalesce(j.judged_at, '')`, SEPARATOR).as("at"),
]);
