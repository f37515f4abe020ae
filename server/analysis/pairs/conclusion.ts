import type { Conclusion, PairTests } from "../../contract/report-pair-tests.ts";
import type { Estimate } from "../../contract/report-estimates.ts";
import type { Analysis } from "../../contract/studies.ts";
import { exactBinomial } from "../../statistics/intervals/exact-binomial.ts";
import { REASONS } from "../../contract/reasons.ts";
import type { Levelled, Targets } from "./two-targets.ts";

/** Results rarer than this by chance are called significant. */
const ALPHA = 0.05;

/** A declared look: the levels of its tests, and the figures of one row with intervals of that level. */
interface LookAt {
  readonly level: number;
  readonly levelAfterCorrection: number;
  readonly levelled: NonNullable<Levelled>;
}

type Tests = Pick<PairTests, "signTest" | "permutationTest" | "tTest">;

/**
 * Of whom a row's conclusion is, and by which test: the t test speaks of annotators like these, the others of these. Where
 * the t test is declared, annotators that are no sample of others have the permutation test. Where some votes have no name
 * the conclusion is of these votes: nothing in them shows how many people cast them.
 */
export function aimOf(
  { test }: Pick<Analysis, "test">,
  annotatorsAre: Conclusion["annotatorsAre"],
): Pick<Conclusion, "target" | "test"> {
  if (annotatorsAre === "not named")
    return { target: "these votes", test: test === "tTest" ? "permutationTest" : test };
  if (test !== "tTest") return { target: "these annotators", test };
  return annotatorsAre === "fixed"
    ? { target: "these annotators", test: "permutationTest" }
    : { target: "annotators like these", test };
}

/**
 * What may be concluded of a pair: the one rule of every writer. The verdict is that of the interval that inverts the test
 * of the target, so that the two never disagree; beside it stands what is left after correction.
 * @param tests of the row, the p values of each kind corrected over `comparisons` pairs
 */
export function concludeFrom(
  tests: Tests,
  targets: Targets,
  { analysis, comparisons, look }: { analysis: Analysis; comparisons: number; look: LookAt | null },
): Conclusion {
  const { annotators, unnamed, annotatorsAre, theseAnnotators, annotatorsLikeThese } = targets;
  const aim = aimOf(analysis, annotatorsAre);
  const estimate = estimateOf(tests, look === null ? targets : atLook(targets, look), {
    ...aim,
    missed: look === null ? undefined : look.level / 2,
  });
  const made = {
    annotators,
    ...(unnamed !== undefined && { unnamed }),
    annotatorsAre,
    theseAnnotators,
    annotatorsLikeThese,
    ...aim,
    estimate,
    comparisons,
    ...(look === null
      ? {}
      : { look: { level: look.level, levelAfterCorrection: look.levelAfterCorrection } }),
  };
  const test = tests[aim.test];
  if (test.status !== "confirmatory") return { ...made, verdict: null, afterCorrection: null };
  if ("notEstimable" in test || !("low" in estimate))
    return { ...made, verdict: "refused", afterCorrection: null };
  const verdict = isBeyondHalf(estimate, 1) ? "better" : isBeyondHalf(estimate, -1) ? "worse" : "neither";
  const isLeft = look === null ? (test.pHolm ?? 1) < ALPHA : (test.p ?? 1) < look.levelAfterCorrection;
  return { ...made, verdict, afterCorrection: isLeft ? verdict : "neither" };
}

const atLook = (targets: Targets, { levelled }: LookAt): Targets => ({
  ...targets,
  theseAnnotators: levelled["these annotators"],
  annotatorsLikeThese: levelled["annotators like these"],
});

function estimateOf(
  { signTest }: Tests,
  { theseAnnotators, annotatorsLikeThese }: Targets,
  { target, test, missed }: Pick<Conclusion, "target" | "test"> & { missed: number | undefined },
): Estimate {
  if (test !== "signTest") return target === "annotators like these" ? annotatorsLikeThese : theseAnnotators;
  if ("notEstimable" in signTest) return { notEstimable: signTest.notEstimable };
  const { wins, losses } = signTest;
  const [value, n] = [wins / (wins + losses), wins + losses];
  const interval = exactBinomial(wins, n, missed);
  return "low" in interval
    ? { value, n, ...interval, method: `exact binomial (${n} prompts)` }
    : { notEstimable: REASONS.noWinsOrLosses };
}

/** Whether an interval leaves one half out, above it where `side` is positive, below it where it is negative. */
export const isBeyondHalf = (estimate: Estimate, side: number): boolean =>
  "low" in estimate && (side > 0 ? estimate.low > 0.5 : side < 0 && estimate.high < 0.5);
