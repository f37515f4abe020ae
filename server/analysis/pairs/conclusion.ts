import type { Conclusion, PairTests } from "../../contract/report-pair-tests.ts";
import type { Estimate } from "../../contract/report-estimates.ts";
import type { Analysis } from "../../contract/studies.ts";
import type { TwoTargets } from "./two-targets.ts";

/** Results rarer than this by chance are called significant. */
const ALPHA = 0.05;

type Tests = Pick<PairTests, "signTest" | "permutationTest" | "tTest">;

/**
 * What may be said of a pair: the one rule of every writer.
 *
 * A verdict of preference stands where the declared test is confirmatory and significant after correction, and every
 * interval of a half-tie rate that a report shows beside it leaves one half out, on the side to which the test leans:
 * for these annotators, for annotators like these, and of the rate that was not declared. One interval that does not
 * keeps it open. It is told of annotators like these where the t test, corrected, says so too, or where nobody judged
 * twice; else of these annotators.
 */
export function concludeFrom(tests: Tests, targets: TwoTargets, analysis: Analysis): Conclusion {
  const { annotators, annotatorsAre, theseAnnotators, annotatorsLikeThese } = targets;
  const told = { annotators, annotatorsAre, theseAnnotators, annotatorsLikeThese };
  const without = (verdict: Conclusion["verdict"]) => ({ ...told, verdict, reach: null, open: null });
  const test = tests[analysis.test];
  if (test.status !== "confirmatory") return without(null);
  if ("notEstimable" in test) return without("refused");
  if (test.pHolm >= ALPHA) return without("neither");
  const side = Math.sign("wins" in test ? test.wins - test.losses : sideOf(targets, analysis));
  const open = firstOpen(targets, side);
  if (open !== null) return { ...told, verdict: "open", reach: null, open };
  return { ...told, verdict: side > 0 ? "better" : "worse", reach: reachOf(tests, targets), open: null };
}

/** The permutation test looks at the mean over prompts, whichever rate was declared. */
function sideOf({ theseAnnotators, otherRate }: TwoTargets, { estimate }: Analysis): number {
  const byPrompt = estimate === "halfTieRateByPrompt" ? theseAnnotators : otherRate;
  return "value" in byPrompt ? byPrompt.value - 0.5 : 0;
}

function firstOpen(targets: TwoTargets, side: number): Conclusion["open"] {
  const { annotatorsAre, theseAnnotators, annotatorsLikeThese, otherRate } = targets;
  if (!isBeyondHalf(theseAnnotators, side)) return "theseAnnotators";
  if (annotatorsAre !== "fixed" && !isBeyondHalf(annotatorsLikeThese, side)) return "annotatorsLikeThese";
  return isBeyondHalf(otherRate, side) ? null : "otherRate";
}

/** Whether an interval leaves one half out, above it where `side` is positive, below it where it is negative. */
export const isBeyondHalf = (estimate: Estimate, side: number): boolean =>
  "low" in estimate && (side > 0 ? estimate.low > 0.5 : side < 0 && estimate.high < 0.5);

function reachOf({ tTest }: Tests, { annotatorsAre }: TwoTargets): Conclusion["reach"] {
  if (annotatorsAre === "seen once") return "annotators like these";
  const holds = annotatorsAre === "a sample" && "pHolm" in tTest && tTest.pHolm < ALPHA;
  return holds ? "annotators like these" : "these annotators";
}
