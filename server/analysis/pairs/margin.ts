import type { MarginResult } from "../../contract/report-margin.ts";
import type { MarginTest } from "../../statistics/tests/margin-test.ts";
import { isRefused, type NotEstimable } from "../../statistics/estimate.ts";
import { holm } from "../../statistics/tests/holm.ts";

/** One-sided, as a 95 % interval is on either side. */
const NON_INFERIOR = 0.025;
/** Either of two one-sided tests. */
const EQUIVALENT = 0.05;

/**
 * What is shown by the tests of one family against the margin.
 * @param rows test by test, and whether it may be concluded from; a test that could not be made counts as one with p = 1
 */
export function concludeMargins(
  rows: readonly { readonly test: MarginTest | NotEstimable; readonly isConfirmatory: boolean }[],
  margin: number,
): MarginResult[] {
  const pOf = (key: "nonInferiority" | "equivalence") =>
    holm(rows.map(({ test }) => (isRefused(test) ? 1 : test[key])));
  const [nonInferiority, equivalence] = [pOf("nonInferiority"), pOf("equivalence")];
  return rows.map(({ test, isConfirmatory }, i): MarginResult => {
    if (isRefused(test)) return test;
    const resultOf = (p: number, pHolm: number, alpha: number) => ({
      ...{ p, pHolm },
      shown: isConfirmatory ? p < alpha : null,
      afterCorrection: isConfirmatory ? pHolm < alpha : null,
    });
    return {
      margin,
      nonInferiority: resultOf(test.nonInferiority, nonInferiority[i]!, NON_INFERIOR),
      equivalence: resultOf(test.equivalence, equivalence[i]!, EQUIVALENT),
      interval: test.interval,
    };
  });
}
