import type { Pair, Rate } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import type { Column, Counted, DataTable, Row } from "./data-table.ts";
import type { Block } from "./report-view.ts";

/** Where the judgments behind a number can be read, or undefined where they cannot. */
export type JudgmentsHref = (pair: Pair, outcome?: Outcome) => string | undefined;
type Outcome = "win" | "tie" | "loss";

/** The figure's twin: every number of every row, with its interval. */
export function pairsTable(blocks: Block[], href: JudgmentsHref = () => undefined): DataTable {
  return {
    name: "pairs",
    caption: words.tablesCaption,
    columns: [
      { key: "group", label: words.group, kind: "name" },
      countOf("prompts", words.prompts),
      countOf("judgments", words.judgmentsColumn),
      shareOf("win", words.winColumn),
      shareOf("tie", words.tieColumn),
      shareOf("loss", words.lossColumn),
      scoreOf("half_tie_rate", words.perJudgment),
      scoreOf("half_tie_rate_by_prompt", words.perPrompt),
    ],
    rows: blocks.flatMap(({ system, against, pairs }) =>
      pairs.map((pair) => ({ about: { system, against }, ...rowOf(pair, href) })),
    ),
  };
}

const countOf = (key: string, label: string): Column => ({ key, label, kind: "number", show: words.number });
const scoreOf = (key: string, label: string): Column => ({
  ...{ key, label, kind: "estimate" },
  show: (value) => words.decimal(value, 3),
});
const shareOf = (key: string, label: string): Column => ({
  ...{ key, label, kind: "counted" },
  show: (value) => words.percent(value, 1),
  ends: (value) => (value * 100).toFixed(1),
});

function rowOf(pair: Pair, href: JudgmentsHref): Pick<Row, "cells" | "tone" | "href"> {
  const { group, prompts, judgments } = pair;
  const tone = group === null ? { tone: "all" as const } : {};
  const start = [group ?? words.allPeople, prompts, judgments];
  if (judgments === 0) return { cells: [...start, null, null, null, null, null], ...tone };
  const cell = (outcome: Outcome) => counted(pair[outcome], href(pair, outcome));
  return {
    cells: [
      ...start,
      cell("win"),
      { ...cell("tie"), ...(pair.bothBad > 0 ? { aside: words.bothBad(pair.bothBad) } : {}) },
      cell("loss"),
      pair.halfTieRate,
      pair.halfTieRateByPrompt,
    ],
    ...tone,
    href: href(pair),
  };
}

function counted(rate: Rate, href: string | undefined): Counted {
  const { count, rate: value } = rate;
  const led = href === undefined ? {} : { href };
  if (value === null) return { count, share: null, ...led };
  const ends =
    "low" in rate
      ? { low: rate.low, high: rate.high, method: rate.method, n: count }
      : { notEstimable: rate.notEstimable };
  return { count, share: { value, ...ends }, ...led };
}
