import type { Blocks, Pair, Report } from "../../../server/contract/report.ts";

/** What the declared test says of a pair, with its corrected p; or why it says nothing. */
export type Verdict = { says: "better" | "worse" | "neither"; p: number } | { notEstimable: string };

/** Results rarer than this by chance are called significant. */
const ALPHA = 0.05;

/**
 * The verdict of the declared, complete test on one of the report's pairs, by what that test looks at: prompts won
 * and lost for the sign test, the mean over prompts for the other. Null where the test is not confirmatory, or is
 * not there yet.
 */
export function verdictOn(report: Report, pair: Pair, tests: Blocks["tests"]): Verdict | null {
  const made = tests[report.pairs.indexOf(pair)];
  if (made === undefined || pair.judgments === 0) return null;
  const test = made[report.analysis.test];
  if (test.status !== "confirmatory") return null;
  if ("notEstimable" in test) return { notEstimable: test.notEstimable };
  if (test.pHolm >= ALPHA) return { says: "neither", p: test.pHolm };
  const lean = "wins" in test ? test.wins - test.losses : scoreOf(pair) - 0.5;
  return { says: lean > 0 ? "better" : "worse", p: test.pHolm };
}

function scoreOf({ halfTieRateByPrompt, halfTieRate }: Pair): number {
  if ("value" in halfTieRateByPrompt) return halfTieRateByPrompt.value;
  return "value" in halfTieRate ? halfTieRate.value : 0.5;
}
