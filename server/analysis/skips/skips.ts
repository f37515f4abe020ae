import { countReasons, NO_SKIPS, type Skips } from "../../contract/report-skips.ts";
import type { Cell } from "../rows/cell.ts";
import type { Halves } from "../rows/outcomes.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { estimate } from "../pairs/estimate.ts";
import { eachRow, type PairsToReport, type ReportRow, samplingOf } from "../pairs/pairs.ts";
import type { StudyData } from "../rows/study-data.ts";
import type { SkipRow } from "./read-skips.ts";

/**
 * What annotators could not judge, by system and by pair, and the half-tie rates as they stand, with every skip counted
 * as one more loss, and with every skip as one more win: whatever those who skipped would have said, the rate lies
 * between the two. (Bounds without an assumption on what is missing: Manski, American Economic Review 80, 1990, 319.)
 */
export function skipsOf(data: StudyData, given: PairsToReport, skips: readonly SkipRow[]): Skips {
  if (skips.length === 0) return NO_SKIPS;
  const comparisons = new Set(skips.map(comparisonKey));
  return {
    skipped: skips.length,
    comparisons: comparisons.size,
    annotators: new Set(skips.map(({ annotator }) => annotator)).size,
    neverJudged: countNeverJudged(data.rows, comparisons),
    reasons: countReasons(skips),
    bySystem: data.facts.systems.flatMap(({ label }, code) => {
      const own = skips.filter(({ low, high }) => low === code || high === code);
      return own.length === 0 ? [] : [{ system: label, skipped: own.length, reasons: countReasons(own) }];
    }),
    pairs: pairsOf(given, skips),
  };
}

const comparisonKey = (row: Pick<SkipRow, "low" | "high" | "prompt" | "turn">): string =>
  `${row.low} ${row.high} ${row.prompt} ${row.turn}`;

function countNeverJudged(rows: JudgmentRows, skipped: ReadonlySet<string>): number {
  const left = new Set(skipped);
  const { low, high, prompt, turn } = rows;
  for (let i = 0; i < rows.count && left.size > 0; i++) {
    const row = { low: low[i]!, high: high[i]!, prompt: prompt[i]!, turn: turn[i]! };
    left.delete(comparisonKey(row));
  }
  return left.size;
}

function pairsOf(given: PairsToReport, skips: readonly SkipRow[]): Skips["pairs"] {
  const made = eachRow(given, (row) => {
    const { pair, taken } = row;
    const codes = [pair.system.code, pair.against.code];
    const own = skips.filter(
      ({ low, high, group }) => codes.includes(low) && codes.includes(high) && taken.isIn(group),
    );
    return own.length === 0 ? null : boundsOf(row, own);
  });
  return made.flatMap(({ pair, taken, made: bounds }) =>
    bounds === null
      ? []
      : [{ system: pair.system.label, against: pair.against.label, group: taken.name, ...bounds }],
  );
}

const LOSS: Halves = 0;
const WIN: Halves = 2;

function boundsOf(row: ReportRow, own: readonly SkipRow[]) {
  return {
    skipped: own.length,
    reasons: countReasons(own),
    asJudged: figuresOf(row),
    allLosses: figuresOf({ ...row, cell: withMore(row.cell, own, LOSS) }),
    allWins: figuresOf({ ...row, cell: withMore(row.cell, own, WIN) }),
  };
}

/** The judgments of a row, and one more for each skip, by who skipped and of the prompt that they skipped. */
function withMore(cell: Cell, more: readonly SkipRow[], outcome: Halves): Cell {
  const annotator = added(
    cell.annotator,
    more.map((one) => one.annotator),
  );
  const prompt = added(
    cell.prompt,
    more.map((one) => one.prompt),
  );
  return {
    ...cell,
    judgments: cell.judgments + more.length,
    prompts: new Set(prompt).size,
    annotators: new Set(annotator).size,
    halves: Uint8Array.from(
      added(
        Int32Array.from(cell.halves),
        more.map(() => outcome),
      ),
    ),
    ...{ prompt, annotator },
    comparisons: cell.comparisons + more.length,
    comparison: added(
      cell.comparison,
      more.map((_, i) => cell.comparisons + i),
    ),
  };
}

function added(column: Int32Array, more: readonly number[]): Int32Array {
  const all = new Int32Array(column.length + more.length);
  all.set(column);
  all.set(more, column.length);
  return all;
}

function figuresOf(row: ReportRow): Skips["pairs"][number]["asJudged"] {
  const { halfTieRate, halfTieRateByPrompt } = estimate(row.cell, samplingOf(row));
  return { judgments: row.cell.judgments, halfTieRate, halfTieRateByPrompt };
}
