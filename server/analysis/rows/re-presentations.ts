import { orderVerdict, type OrderRule, type Preference } from "../../statistics/judgments/order-verdict.ts";
import type { Reader } from "../../storage/database.ts";
import type { Choice, Purpose } from "../../contract/words.ts";
import type { JudgmentRows } from "./judgment-columns.ts";
import { codeOfChoice, sidePreferred } from "./outcomes.ts";
import type { StudyFacts } from "./study-structure.ts";
import type { RowCodes } from "./read-rows.ts";

/** Judgments of models that are no first presentation: the other order, and repeats. A place a judgment. */
export interface RePresentations {
  readonly count: number;
  /** The row of `StudyData.rows` with the counted judgment of the same annotator and comparison. */
  readonly row: Int32Array;
  /** 1: the other order; 0: a repeat. */
  readonly isOtherOrder: Uint8Array;
  /** The system that stood on the left. */
  readonly left: Int32Array;
  /** What was said: a place in CHOICES. */
  readonly choice: Uint8Array;
  /** What was said at the first presentation, before the order rule was applied: a place in CHOICES. */
  readonly first: Uint8Array;
}

export const NO_RE_PRESENTATIONS: RePresentations = {
  count: 0,
  row: new Int32Array(0),
  isOtherOrder: new Uint8Array(0),
  left: new Int32Array(0),
  choice: new Uint8Array(0),
  first: new Uint8Array(0),
};

/**
 * Reads them, and gives every row that has another order the verdict of both by `rule`, as a choice beside the row's own
 * left side. Rows of excluded annotators get their verdicts too, and are not among what comes back.
 */
export async function readAgain(
  reader: Reader,
  facts: StudyFacts,
  given: { codes: RowCodes; rows: JudgmentRows; excluded: JudgmentRows; rule: OrderRule },
): Promise<RePresentations> {
  if (!facts.groups.some(({ kind }) => kind === "model")) return NO_RE_PRESENTATIONS;
  const { codes, rows, excluded, rule } = given;
  const found: { row: number; one: Presented; first: number }[] = [];
  for (const one of await readPresented(reader, facts.study.id)) {
    const said = codedBy(one, facts, codes);
    const row = findRow(rows, said);
    if (row >= 0) found.push({ row, one: said, first: rows.choice[row]! });
    else combineOrders(excluded, { row: findRow(excluded, said), one: said, rule });
  }
  found.sort((a, b) => a.row - b.row || a.one.presentation - b.one.presentation);
  for (const { row, one } of found) combineOrders(rows, { row, one, rule });
  return {
    count: found.length,
    row: Int32Array.from(found, ({ row }) => row),
    isOtherOrder: Uint8Array.from(found, ({ one }) => (isOtherOrder(one) ? 1 : 0)),
    left: Int32Array.from(found, ({ one }) => one.left),
    choice: Uint8Array.from(found, ({ one }) => codeOfChoice(one.choice)),
    first: Uint8Array.from(found, ({ first }) => first),
  };
}

interface Presented {
  readonly prompt: number;
  readonly turn: number;
  readonly low: number;
  readonly high: number;
  readonly annotator: number;
  readonly left: number;
  readonly choice: Choice;
  readonly purpose: Purpose;
  readonly presentation: number;
}

const isOtherOrder = ({ purpose }: Pick<Presented, "purpose">): boolean => purpose !== "repeat";

/** Walks assignment_again, which holds what was presented again and nothing else. */
function readPresented({ db }: Reader, studyId: number): Promise<Presented[]> {
  return db
    .selectFrom("annotator as r")
    .innerJoin("annotator_group as g", "g.id", "r.group_id")
    .innerJoin("assignment as a", "a.annotator_id", "r.id")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .innerJoin("judgment as j", "j.assignment_id", "a.id")
    .leftJoin("load as l", "l.id", "a.load_id")
    .select(["c.prompt_id as prompt", "c.turn", "c.low_system_id as low", "c.high_system_id as high"])
    .select(["r.id as annotator", "a.left_system_id as left", "j.choice", "a.purpose", "a.presentation"])
    .where("r.study_id", "=", studyId)
    .where("g.kind", "=", "model")
    .where("a.presentation", ">", 0)
    .where("a.purpose", "in", ["main", "shared", "repeat"])
    .where((eb) => eb.or([eb("a.load_id", "is", null), eb("l.state", "=", "published")]))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("judgment as later")
            .select("later.id")
            .whereRef("later.assignment_id", "=", "a.id")
            .whereRef("later.revision", ">", "j.revision"),
        ),
      ),
    )
    .execute();
}

function codedBy(one: Presented, facts: StudyFacts, codes: RowCodes): Presented {
  const [a, b] = [facts.systemCodes.of(one.low), facts.systemCodes.of(one.high)];
  return {
    ...one,
    prompt: codes.prompts.of(one.prompt),
    annotator: codes.annotators.of(one.annotator),
    low: Math.min(a, b),
    high: Math.max(a, b),
    left: facts.systemCodes.of(one.left),
  };
}

/** The place of a judgment in rows of canonical order; −1 where it is not among them. */
function findRow(rows: JudgmentRows, one: Presented): number {
  let [from, to] = [0, rows.count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compareAt(rows, middle, one) < 0) from = middle + 1;
    else to = middle;
  }
  return from < rows.count && compareAt(rows, from, one) === 0 ? from : -1;
}

const compareAt = (rows: JudgmentRows, i: number, one: Presented): number =>
  rows.low[i]! - one.low ||
  rows.high[i]! - one.high ||
  rows.prompt[i]! - one.prompt ||
  rows.turn[i]! - one.turn ||
  rows.annotator[i]! - one.annotator;

const BOTH_BAD = codeOfChoice("both_bad");

/** Gives a row the verdict of both orders. Both bad, twice, stays what it is. */
function combineOrders(rows: JudgmentRows, given: { row: number; one: Presented; rule: OrderRule }): void {
  const { row, one, rule } = given;
  if (row < 0 || !isOtherOrder(one)) return;
  const [first, second] = [rows.choice[row]!, codeOfChoice(one.choice)];
  if (first === BOTH_BAD && second === BOTH_BAD) return;
  const turned = one.left !== rows.left[row];
  const verdict = orderVerdict(
    sidePreferred(first),
    (turned ? -sidePreferred(second) : sidePreferred(second)) as Preference,
    rule,
  );
  rows.choice[row] = codeOfChoice(verdict === 0 ? "tie" : verdict > 0 ? "left" : "right");
}
