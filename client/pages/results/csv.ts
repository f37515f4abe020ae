import type { Pair, Rate, Report, Score } from "../../../server/contract/report.ts";
import { type CsvCell, csvText } from "./csv-text.ts";

type Row = Record<string, CsvCell>;

/** One line a pair and group under a header; numbers in full, empty where there is none. */
export function reportCsv(report: Report): string {
  const rows = report.pairs.map((pair) => rowOf(pair, report));
  const header = Object.keys(rows[0] ?? {});
  const lines = [header, ...rows.map((row) => header.map((name) => row[name] ?? null))];
  return csvText(lines);
}

function rowOf(pair: Pair, report: Report): Row {
  const { byMajority } = pair;
  const known = "plurality" in byMajority ? byMajority : null;
  return {
    study: report.study,
    system: pair.system,
    against: pair.against,
    group: pair.group,
    prompts: pair.prompts,
    judgments: pair.judgments,
    both_bad: pair.bothBad,
    ...rateCells("win", pair.win),
    ...rateCells("tie", pair.tie),
    ...rateCells("loss", pair.loss),
    ...scoreCells("half_tie_rate", pair.halfTieRate),
    ...scoreCells("half_tie_rate_by_prompt", pair.halfTieRateByPrompt),
    ...majorityCells("majority_plurality", known?.plurality),
    ...majorityCells("majority_sign_of_sum", known?.signOfSum),
    ...majorityCells("majority_more_than_half", known?.moreThanHalf),
    majority_not_estimable: "notEstimable" in byMajority ? byMajority.notEstimable : null,
    seed: report.seed,
    estimator: report.estimator,
    notes: report.notes.join("\n"),
  };
}

function rateCells(name: string, rate: Rate): Row {
  return { [`${name}_count`]: rate.count, [`${name}_rate`]: rate.rate, ...intervalCells(name, rate) };
}

function scoreCells(name: string, score: Score): Row {
  return { [name]: "value" in score ? score.value : null, ...intervalCells(name, score) };
}

function intervalCells(name: string, part: Rate | Score): Row {
  const has = "low" in part ? part : null;
  return {
    [`${name}_low`]: has?.low ?? null,
    [`${name}_high`]: has?.high ?? null,
    [`${name}_method`]: has?.method ?? null,
    [`${name}_not_estimable`]: "notEstimable" in part ? part.notEstimable : null,
  };
}

function majorityCells(name: string, counts?: { win: number; tie: number; loss: number }): Row {
  return {
    [`${name}_win`]: counts?.win ?? null,
    [`${name}_tie`]: counts?.tie ?? null,
    [`${name}_loss`]: counts?.loss ?? null,
  };
}
