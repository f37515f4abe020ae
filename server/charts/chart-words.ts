import type { Pair } from "../contract/report.ts";

/** Every word of a chart, in the reader's language. */
export interface ChartWords {
  title: string;
  description: string;
  win: string;
  tie: string;
  loss: string;
  /** What the whiskers are and where they stand. */
  interval: string;
  allPeople: string;
  /** Column headings: the half-tie rate and the number of judgments. */
  halfTieRate: string;
  judgments: string;
  noJudgments: string;
  /** Above the names of the baselines, when one system stands against all of them. */
  systemAgainst(system: string): string;
  /** Before the name of the other system, when both are named. */
  against(other: string): string;
  /** A proportion 0 to 1 as a percentage. */
  percent(proportion: number): string;
  count(value: number): string;
  /** A half-tie rate with its interval, or alone, or a dash. */
  score(score: Pair["halfTieRate"]): string;
  /** A whole row in one sentence: its tooltip. */
  row(pair: Pair): string;
}
