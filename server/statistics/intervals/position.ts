import { REASONS } from "../../contract/reasons.ts";
import type { Interval, NotEstimable } from "../estimate.ts";
import { rateInterval } from "./rate-interval.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { signTest } from "../tests/sign-test.ts";

/** How often each side of the screen was chosen. */
export interface SideCounts {
  left: number;
  right: number;
  ties: number;
}

/**
 * Do judgments lean to one side? The share of left among the decisive judgments, and the exact two-sided sign test of
 * left against right.
 *
 * Sides are drawn at random or balanced, so without a lean left is as likely as right, whatever the systems are worth.
 * The test takes each judgment as one of its own; the interval of `leftInterval` does not, and is the one to believe
 * where annotators differ in their lean. Source: see sign-test.ts. Example: 2,911 left, 2,549 right: 0.5332,
 * p = 1.0e-6. Edge: both are null where no judgment is decisive.
 * @throws RangeError where a count is negative or not whole.
 */
export function leaningOf(counts: SideCounts): SideCounts & { rate: number | null; p: number | null } {
  const { left, right, ties } = counts;
  const test = signTest(left, right);
  return "p" in test
    ? { left, right, ties, rate: left / (left + right), p: test.p }
    : { left, right, ties, rate: null, p: null };
}

/**
 * 95 % interval for the share of left among decisive judgments: `chosenLeft[i]` is 1 where left was chosen, 0 where
 * right; `sampling` is that of these judgments alone. The method is that of every rate, see rate-interval.ts.
 */
export function leftInterval(chosenLeft: Uint8Array, sampling: Sampling): Interval | NotEstimable {
  if (chosenLeft.length === 0) return { notEstimable: REASONS.noDecisive };
  return rateInterval({ outcomes: chosenLeft, outcome: 1, sampling });
}
