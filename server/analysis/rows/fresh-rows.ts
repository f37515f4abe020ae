import type { Choice, Origin, Purpose } from "../../contract/words.ts";
import type { Reader } from "../../storage/database.ts";
import { statement } from "../../storage/statement.ts";
import { COLUMN_NAMES, type Columns, GrowingColumns, type JudgmentRows } from "./judgment-columns.ts";
import { codeOfChoice, codeOfOrigin } from "./outcomes.ts";
import type { StudyFacts } from "./study-structure.ts";
import type { RowCodes } from "./read-rows.ts";

/** What came in since a study was read, as far as it can be added to what is known. */
export interface FreshRows {
  /** Rows in the order of arrival. A judgment that corrects another has its place already. */
  readonly columns: Columns;
  readonly count: number;
  readonly counted: number;
  /** Judgments that came after another had taken their place. */
  readonly surplus: number;
}

interface FreshRow {
  readonly prompt: number;
  readonly turn: number;
  readonly low: number;
  readonly high: number;
  readonly left: number;
  readonly annotator: number;
  readonly sideKnown: number;
  readonly origin: Origin;
  readonly purpose: Purpose;
  readonly presentation: number;
  readonly revision: number;
  readonly choice: Choice;
  readonly activeMs: number | null;
  readonly at: string;
  readonly load: number | null;
  readonly slot: number | null;
  readonly hasSlot: number;
}

/**
 * Judgments with ids above `after`: a walk along the end of the table. The study stands in a query of its own, since SQLite
 * would start at a joined annotator of the study, and walk all that each of them ever judged.
 */
const selectFresh = statement<{ study: number; after: number }, FreshRow>((db, param) =>
  db
    .selectFrom("judgment as j")
    .innerJoin("assignment as a", "a.id", "j.assignment_id")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .leftJoin("slot as s", "s.id", "a.slot_id")
    .select(["c.prompt_id as prompt", "c.turn", "c.low_system_id as low", "c.high_system_id as high"])
    .select(["a.left_system_id as left", "j.annotator_id as annotator", "a.side_known as sideKnown"])
    .select(["a.origin", "a.purpose", "a.presentation", "j.revision", "j.choice", "j.active_ms as activeMs"])
    .select(["a.load_id as load", "a.slot_id as slot"])
    .select((e) => [
      e.fn.coalesce("j.judged_at", "j.received_at").as("at"),
      e.case().when("s.counted_assignment_id", "=", e.ref("a.id")).then(1).else(0).end().as("hasSlot"),
    ])
    .where("j.id", ">", param("after"))
    .where(
      (e) => e.selectFrom("annotator as r").select("r.study_id").whereRef("r.id", "=", "j.annotator_id"),
      "=",
      param("study"),
    )
    .orderBy("j.id"),
);

/** More than these are read with everything else. */
const FRESH_MAX = 20_000;

/**
 * Reads what was judged after the judgment `after`. Null where it cannot simply be added: loaded judgments, what models
 * judged again, judgments of annotators who are left out, and studies that leave comparisons out.
 */
export async function readFresh(
  reader: Reader,
  facts: StudyFacts,
  given: { after: number; codes: RowCodes; times: boolean },
): Promise<FreshRows | null> {
  const { after, codes, times } = given;
  const all = await reader.run(selectFresh, { study: facts.study.id, after });
  if (codes.leftOut.size > 0 || all.length > FRESH_MAX || !all.every((row) => isSimple(row, codes)))
    return null;
  const rows = all.filter(({ hasSlot }) => hasSlot === 1);
  const growing = new GrowingColumns();
  const { columns } = growing.grow(rows.length);
  rows.forEach((row, i) => fill(columns, { row, i, facts, codes, times }));
  return {
    columns,
    count: rows.length,
    counted: rows.filter((row) => row.revision === 1 && isPlanned(row, { facts, codes })).length,
    surplus: all.filter(({ hasSlot, revision }) => hasSlot === 0 && revision === 1).length,
  };
}

/** Of a group whose judgments were planned for the headline. */
const isPlanned = ({ annotator }: FreshRow, { facts, codes }: { facts: StudyFacts; codes: RowCodes }) =>
  facts.groups[codes.groups[codes.annotators.of(annotator)]!]?.headline === true;

function isSimple(
  { purpose, presentation, load, slot, annotator, prompt }: FreshRow,
  codes: RowCodes,
): boolean {
  if (!codes.annotators.has(annotator) || !codes.prompts.has(prompt)) return false;
  const isMain = purpose === "main" || purpose === "shared";
  const isIn = codes.excluded[codes.annotators.of(annotator)] === 0;
  return isMain && presentation === 0 && load === null && slot !== null && isIn;
}

function fill(
  columns: Columns,
  given: { row: FreshRow; i: number; facts: StudyFacts; codes: RowCodes; times: boolean },
): void {
  const { row, i, facts, codes, times } = given;
  const [one, other] = [facts.systemCodes.of(row.low), facts.systemCodes.of(row.high)];
  const annotator = codes.annotators.of(row.annotator);
  columns.prompt[i] = codes.prompts.of(row.prompt);
  columns.turn[i] = row.turn;
  columns.low[i] = Math.min(one, other);
  columns.high[i] = Math.max(one, other);
  columns.annotator[i] = annotator;
  columns.group[i] = codes.groups[annotator]!;
  columns.unnamed[i] = codes.unnamed[annotator]!;
  columns.left[i] = facts.systemCodes.of(row.left);
  columns.choice[i] = codeOfChoice(row.choice);
  columns.origin[i] = codeOfOrigin(row.origin);
  columns.sideKnown[i] = row.sideKnown;
  columns.activeMs[i] = times ? (row.activeMs ?? -1) : -1;
  columns.at[i] = times ? Date.parse(row.at) : NaN;
}

/** The columns that put rows in canonical order, the weightiest first. */
const ORDER = ["low", "high", "prompt", "turn", "annotator"] as const;

/**
 * Rows of canonical order with fresh ones among them, in canonical order: a row that is there already is replaced.
 * Copies whole stretches, so that a million rows take a few hundredths of a second.
 */
export function withFresh(rows: JudgmentRows, { columns, count }: FreshRows): JudgmentRows {
  const latest = latestOfEach(columns, count);
  const at = latest.map((i) => placeFor(rows, columns, i));
  const isNew = latest.map((i, k) => at[k]! >= rows.count || compare(rows, at[k]!, columns, i) !== 0);
  const added = isNew.filter(Boolean).length;
  const all = new GrowingColumns();
  const into = all.grow(rows.count + added).columns;
  let before = 0;
  const shifts = isNew.map((fresh) => (fresh ? before++ : before));
  for (const name of COLUMN_NAMES) {
    const [from, to] = [rows[name], into[name]];
    let copied = 0;
    latest.forEach((i, k) => {
      const [place, shift] = [at[k]!, shifts[k]!];
      to.set(from.subarray(copied, place), copied + shift);
      to[place + shift] = columns[name][i]!;
      copied = isNew[k] ? place : place + 1;
    });
    to.set(from.subarray(copied, rows.count), copied + added);
  }
  return { count: rows.count + added, ...cut(into, rows.count + added) };
}

/** The last arrival of each judgment, in canonical order. */
function latestOfEach(columns: Columns, count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => compare(columns, a, columns, b) || a - b,
  );
  return order.filter((i, k) => k === count - 1 || compare(columns, i, columns, order[k + 1]!) !== 0);
}

type Ordered = Pick<Columns, (typeof ORDER)[number]>;

function compare(one: Ordered, i: number, other: Ordered, j: number): number {
  for (const name of ORDER) {
    const difference = one[name][i]! - other[name][j]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The first row that does not come before fresh row `i`. */
function placeFor(rows: JudgmentRows, fresh: Columns, i: number): number {
  let [from, to] = [0, rows.count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compare(rows, middle, fresh, i) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

function cut(columns: Columns, count: number): Columns {
  type Column = Columns[keyof Columns];
  const part = (name: keyof Columns): [string, Column] => [name, columns[name].subarray(0, count)];
  return Object.fromEntries<Column>(COLUMN_NAMES.map(part)) as unknown as Columns;
}
