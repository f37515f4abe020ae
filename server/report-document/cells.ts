import { NO_JUDGMENTS } from "../contract/reasons.ts";
import type { Rate } from "../contract/report.ts";
import type { Estimate, Interval, NotEstimable } from "../contract/report-estimates.ts";
import type { Cell, Lead, Rounding } from "./document.ts";
import { DASH, interval, rounded, wholeNumber } from "./numbers.ts";

export const whole = (count: number): Cell => ({ value: count, as: "count" });
export const words = (value: string): Cell => ({ value });

/** A number without an interval. */
export const number = (value: number, as: Rounding = "rate"): Cell => ({ value, as });

export const pCell = (p: number): Cell => number(p, "p");

/** Nothing that could be estimated, and why. */
export const none = (text: string): Cell => ({ value: null, note: { kind: "none", text } });

/** What earlier versions did not keep. */
export const NOT_KEPT = none("not in reports of earlier versions");

/** What `cell` makes of a value; of one that is missing, nothing and why. */
export const orNone = <Value>(
  value: Value | null | undefined,
  why: string,
  cell: (value: Value) => Cell,
): Cell => (value === null || value === undefined ? none(why) : cell(value));

/** A figure that cannot be estimated, and why. */
export const refused = ({ notEstimable: text }: NotEstimable): Cell => ({
  value: null,
  note: { kind: "not estimable", text },
});

/** A value with its interval; the interval of a value that has none is a dash with its reason. */
export function estimateCell(estimate: Estimate, as: Rounding = "rate"): Cell {
  if (!("value" in estimate)) return refused(estimate);
  const { value } = estimate;
  return "low" in estimate
    ? { value, as, ends: [estimate.low, estimate.high], note: { kind: "method", text: estimate.method } }
    : { value, as, note: { kind: "no interval", text: estimate.notEstimable } };
}

/** An interval alone. */
export const intervalCell = (given: Interval): Cell =>
  "low" in given
    ? { value: interval([given.low, given.high]), note: { kind: "method", text: given.method } }
    : refused(given);

/** How often an outcome came, per cent, with how many judgments that is. */
export function rateCell({ count, rate, ...rest }: Rate, to?: Lead): Cell {
  if (rate === null) return refused({ notEstimable: NO_JUDGMENTS });
  const estimate = "low" in rest ? { value: rate, n: count, ...rest } : { value: rate, ...rest };
  return { ...estimateCell(estimate, "share"), count, to };
}

/** A share with its interval, per cent. */
export const shareCell = (
  share: { rate: number; low: number; high: number; method: string; of: number } | NotEstimable,
): Cell =>
  "notEstimable" in share
    ? refused(share)
    : estimateCell({ ...share, value: share.rate, n: share.of }, "share");

/** Thirds of some work, in order: `.620 → .600 → .550`. @param why one can be missing */
export function thirds(values: readonly (number | null)[], as: Rounding, why: string): Cell {
  if (values.every((value) => value === null)) return none(why);
  const text = values.map((value) => (value === null ? DASH : rounded(value, as))).join(" → ");
  return values.includes(null) ? { value: text, note: { kind: "none", text: why } } : words(text);
}

/** `3 / 4`: so many of all; `why` where there are none. */
export const outOf = (part: number, all: number, why: string): Cell =>
  all === 0 ? none(why) : words(`${wholeNumber(part)} / ${wholeNumber(all)}`);

/** `12 / 5 / 13`: won, tied and lost. */
export const outcomesCell = ({ win, tie, loss }: { win: number; tie: number; loss: number }): Cell =>
  words([win, tie, loss].map(wholeNumber).join(" / "));

/** How many judgments or other units an estimate rests on. */
export function nCell(estimate: Estimate): Cell {
  if ("n" in estimate && estimate.n !== undefined) return whole(estimate.n);
  return "value" in estimate ? NOT_KEPT : refused(estimate);
}
