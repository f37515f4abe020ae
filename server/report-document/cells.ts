import type { Rate, Score } from "../contract/report.ts";
import type { Estimate, Interval, NotEstimable } from "../contract/report-estimates.ts";
import type { Cell } from "./document.ts";
import { decimal, interval, perCent, pValue, rateText, wholeNumber } from "./numbers.ts";

/** Where a figure cannot be had. */
export const DASH = "–";

export const whole = (count: number): Cell => ({ text: wholeNumber(count) });

/** A number without an interval; null is a dash. */
export const number = (value: number | null, decimals = 3): Cell => ({
  text: value === null ? DASH : decimal(value, decimals),
});

export const pCell = (p: number | null): Cell => ({ text: p === null ? DASH : pValue(p) });

/** A dash, and its reason below the table. */
export const refused = ({ notEstimable }: NotEstimable): Cell => ({
  text: DASH,
  note: `not estimable, ${notEstimable}`,
});

/** `.635 [.587, .683]`; the interval of a value that has none is a dash with its reason. */
export function estimateCell(estimate: Estimate | Score): Cell {
  if (!("value" in estimate)) return refused(estimate);
  const value = decimal(estimate.value);
  if ("low" in estimate)
    return { text: `${value} ${interval(estimate.low, estimate.high)}`, note: estimate.method };
  return { text: `${value} [${DASH}]`, note: `interval not estimable, ${estimate.notEstimable}` };
}

export function intervalCell(given: Interval): Cell {
  return "low" in given ? { text: interval(given.low, given.high), note: given.method } : refused(given);
}

/** `53.0 [47.3, 58.6]`, per cent; in a terminal the ends without decimals. */
export function rateCell(rate: Rate): Cell {
  const note = "method" in rate ? rate.method : `not estimable, ${rate.notEstimable}`;
  return { text: rateText(rate), short: rateText(rate, 0), note };
}

/** A share with its interval, `53.0 [47.3, 58.6]`, per cent. */
export function shareCell(
  share: { rate: number; low: number; high: number; method: string } | NotEstimable,
): Cell {
  if ("notEstimable" in share) return refused(share);
  const ends = (decimals: number) => `[${perCent(share.low, decimals)}, ${perCent(share.high, decimals)}]`;
  const rate = perCent(share.rate);
  return { text: `${rate} ${ends(1)}`, short: `${rate} ${ends(0)}`, note: share.method };
}

/** Thirds of some work, in order: `.62 → .60 → .55`. */
export const thirds = (values: readonly (number | null)[], decimals: number): Cell => ({
  text: values
    .map((value) => (value === null ? DASH : value.toFixed(decimals).replace(/^0\./, ".")))
    .join(" → "),
});

/** `12 / 5 / 13`: won, tied and lost. */
export const outcomesCell = ({ win, tie, loss }: { win: number; tie: number; loss: number }): Cell => ({
  text: [win, tie, loss].map(wholeNumber).join(" / "),
});
