import type { Pair, Rate, Report, Score } from "../../contract/report.ts";
import type { CsvCell as Cell } from "./csv-text.ts";

/** The columns of the CSV report, in order: what each is called, what it means, and where it comes from. */
export const CSV_COLUMNS: readonly {
  readonly name: string;
  readonly says: string;
  readonly of: (pair: Pair, report: Report) => Cell;
}[] = [
  { name: "study", says: "the study", of: (_, report) => report.study },
  { name: "system", says: "the system that won, tied or lost", of: (pair) => pair.system },
  { name: "against", says: "the system it was compared with", of: (pair) => pair.against },
  { name: "group", says: "the group of annotators; empty: all people together", of: (pair) => pair.group },
  { name: "prompts", says: "prompts with judgments", of: (pair) => pair.prompts },
  { name: "judgments", says: "judgments counted", of: (pair) => pair.judgments },
  { name: "both_bad", says: "ties in which both were called bad", of: (pair) => pair.bothBad },
  ...rateColumns("win"),
  ...rateColumns("tie"),
  ...rateColumns("loss"),
  ...scoreColumns("half_tie_rate", "half-tie rate per judgment", (pair) => pair.halfTieRate),
  ...scoreColumns(
    "half_tie_rate_by_prompt",
    "mean over prompts of the prompt's half-tie rate",
    (pair) => pair.halfTieRateByPrompt,
  ),
  ...majorityColumns("plurality", "plurality"),
  ...majorityColumns("sign_of_sum", "signOfSum"),
  ...majorityColumns("more_than_half", "moreThanHalf"),
  {
    name: "majority_not_estimable",
    says: "why there is no majority",
    of: (pair) => ("notEstimable" in pair.byMajority ? pair.byMajority.notEstimable : null),
  },
  { name: "seed", says: "the study's seed", of: (_, report) => report.seed },
  { name: "estimator", says: "the version of the methods", of: (_, report) => report.estimator },
  { name: "notes", says: "what to know first, one note a line", of: (_, report) => report.notes.join("\n") },
];

function rateColumns(name: "win" | "tie" | "loss") {
  const rate = (pair: Pair) => pair[name];
  return [
    { name: `${name}_count`, says: `judgments that were a ${name}`, of: (pair: Pair) => rate(pair).count },
    { name: `${name}_rate`, says: `their share, 0 to 1`, of: (pair: Pair) => rate(pair).rate },
    ...intervalColumns(name, rate),
  ];
}

function scoreColumns(name: string, says: string, score: (pair: Pair) => Score) {
  const value = (pair: Pair) => {
    const estimate = score(pair);
    return "value" in estimate ? estimate.value : null;
  };
  return [{ name, says: `${says}, 0 to 1`, of: value }, ...intervalColumns(name, score)];
}

function intervalColumns(name: string, of: (pair: Pair) => Rate | Score) {
  const part = (key: "low" | "high" | "method" | "notEstimable") => (pair: Pair) => {
    const estimate: Partial<Record<typeof key, Cell>> = of(pair);
    return estimate[key] ?? null;
  };
  return [
    { name: `${name}_low`, says: "lower end of its 95 % interval", of: part("low") },
    { name: `${name}_high`, says: "upper end of its 95 % interval", of: part("high") },
    { name: `${name}_method`, says: "how the interval was made", of: part("method") },
    { name: `${name}_not_estimable`, says: "why there is none", of: part("notEstimable") },
  ];
}

function majorityColumns(name: string, rule: "plurality" | "signOfSum" | "moreThanHalf") {
  return (["win", "tie", "loss"] as const).map((outcome) => ({
    name: `majority_${name}_${outcome}`,
    says: `comparisons that were a ${outcome} by this rule`,
    of: (pair: Pair) => ("notEstimable" in pair.byMajority ? null : pair.byMajority[rule][outcome]),
  }));
}
