import type { Rate } from "../contract/report.ts";
import type { Estimate, Interval, NotEstimable } from "../contract/report-estimates.ts";
import type { Cell, Lead, Rounding } from "./document.ts";
import { DASH, interval, rounded, wholeNumber } from "./numbers.ts";

export const whole = (count: number | null): Cell => ({ value: count, as: "count" });
export const words = (value: string | null): Cell => ({ value });

/** A number without an interval; null is a dash. */
export const number = (value: number | null | undefined, as: Rounding = "rate"): Cell => ({
  value: value ?? null,
  as,
});

export const pCell = (p: number | null): Cell => number(p, "p");

/** Nothing, and why. */
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
  if (rate === null) return { value: null };
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

/** Thirds of some work, in order: `.620 → .600 → .550`. */
export const thirds = (values: readonly (number | null)[], as: Rounding): Cell =>
  words(
    values.every((value) => value === null)
      ? null
      : values.map((value) => (value === null ? DASH : rounded(value, as))).join(" → "),
  );

/** `3 / 4`: so many of all; nothing where there are none. */
export const outOf = (part: number, all: number): Cell =>
  words(all === 0 ? null : `${wholeNumber(part)} / ${wholeNumber(all)}`);

/** `12 / 5 / 13`: won, tied and lost. */
export const outcomesCell = ({ win, tie, loss }: { win: number; tie: number; loss: number }): Cell =>
  words([win, tie, loss].map(wholeNumber).join(" / "));

/** How many judgments or other units an estimate rests on. */
export const nCell = (estimate: object): Cell =>
  whole("n" in estimate && typeof estimate.n === "number" ? estimate.n : null);
