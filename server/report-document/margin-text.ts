import type { MarginResult } from "../contract/report-margin.ts";
import { counted, decimal, interval, pText } from "./numbers.ts";

type Made = Exclude<MarginResult, { notEstimable: string }>;

/**
 * What is concluded of a pair against the declared margin, for those whom the sentence before it is about; empty where the
 * tests are not confirmatory. Only what is left after correction is claimed.
 */
export function marginText(result: MarginResult, comparisons: number): string {
  if ("notEstimable" in result)
    return ` Against the declared margin nothing can be concluded: ${result.notEstimable}.`;
  const { margin, nonInferiority, equivalence, interval: within } = result;
  if (nonInferiority.shown === null) return "";
  const notWorse = `it is not worse by more than the declared margin of ${decimal(margin)}`;
  const alike = "the difference is within that margin in both directions";
  const ends = "low" in within ? `90 % interval ${interval([within.low, within.high])}; ` : "";
  return (
    told(notWorse, nonInferiority, { comparisons, by: "non-inferiority, one-sided at 2.5 %, " }) +
    told(alike, equivalence, { comparisons, by: `${ends}equivalence, two one-sided tests at 5 %, ` })
  );
}

function told(
  claim: string,
  { p, pHolm, shown, afterCorrection }: Made["equivalence"],
  { comparisons, by }: { comparisons: number; by: string },
): string {
  const corrected = comparisons > 1 ? `, corrected ${pText(pHolm)}` : "";
  const figures = `(${by}${pText(p)}${corrected})`;
  if (afterCorrection === true) return ` ${claim.charAt(0).toUpperCase()}${claim.slice(1)} ${figures}.`;
  const after = shown === true ? ` after correction for ${counted(comparisons, "comparison")}` : "";
  return ` It is not shown${after} that ${claim} ${figures}.`;
}
