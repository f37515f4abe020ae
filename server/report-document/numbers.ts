import type { Estimate } from "../contract/report-estimates.ts";
import type { Cell, Rounding } from "./document.ts";

/** Where there is no figure. */
export const DASH = "–";

/** 12345 as `12,345`. */
export const wholeNumber = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** `1 prompt`, `2 prompts`. */
export const counted = (count: number, noun: string): string =>
  `${wholeNumber(count)} ${noun}${count === 1 ? "" : "s"}`;

const perCent = (rate: number): string => (rate * 100).toFixed(1);

/** 0.53 as `53.0 %`. */
export const percent = (rate: number): string => `${perCent(rate)}\u00A0%`;

/** 0.526 as `53`: per cent beside a drawn bar, whose length has no decimals either. */
export const perCentOfBar = (rate: number): string => (rate * 100).toFixed(0);

/** The digits of a number's absolute value, with a true minus sign where it is negative and they are not all 0. */
const withMinus = (value: number, digits: string): string =>
  value < 0 && Number(digits) !== 0 ? `\u2212${digits}` : digits;

/** 0.635 as `.635`; 1 as `1.000`; −0.15 as `−.150`. */
export const decimal = (value: number): string =>
  withMinus(value, Math.abs(value).toFixed(3).replace(/^0\./, "."));

/** A difference from nothing, with its sign: `+.150`. */
const signed = (value: number): string =>
  Number(value.toFixed(3)) > 0 ? `+${decimal(value)}` : decimal(value);

/** A probability of a test: `.034`, or `< .001`; below .05 it does not become .050. */
const pValue = (p: number): string =>
  p < 0.001 ? "<\u00A0.001" : p < 0.05 && decimal(p) === ".050" ? p.toFixed(4).slice(1) : decimal(p);

/** The same in a sentence: `p = .034`. */
export const pText = (p: number | null): string =>
  p === null ? "p not shown yet" : `p\u00A0${p < 0.001 ? "" : "=\u00A0"}${pValue(p)}`;

/** The level of a test: `.0031`; of a smaller one than `.0001` its first two digits: `.000085`. */
export const levelText = (level: number): string =>
  (level < 0.0001 ? level.toPrecision(2) : level.toFixed(4)).replace(/^0/, "");

/** How sure the interval of a level is: `99.69 %`; never rounded to 100 %. */
export const confidenceText = (level: number): string =>
  `${(100 * (1 - level)).toFixed(Math.max(2, -Math.floor(Math.log10(100 * level))))}\u00A0%`;

/** `2.50`; of less than a dollar the first two digits that are not 0: `0.0034`. */
function inDollars(value: number): string {
  const decimals = value === 0 ? 2 : 1 - Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(100, Math.max(2, decimals)));
}

/** 0.0034 as `$0.0034`. */
export const dollars = (value: number): string => `$${inDollars(value)}`;

/** 12.34 as `12.3 s`. */
export const seconds = (value: number): string => `${rounded(value, "seconds")} s`;

/** `a, b and c`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)!}`;

/** How each kind of number is rounded: nowhere else is a figure of a report. */
const ROUNDED: Record<Rounding, (value: number) => string> = {
  ...{ count: wholeNumber, rate: decimal, signed, share: perCent, p: pValue, dollars: inDollars },
  score: (value) => withMinus(value, Math.abs(value).toFixed(0)),
  seconds: (value) => value.toFixed(1),
};

/** A number as it is rounded, with a true minus sign; what is rounded to 0 has none. */
export const rounded = (value: number, as: Rounding): string =>
  ROUNDED[as](value)
    .replace("-", "\u2212")
    .replace(/^\u2212(0(?:\.0+)?)$/, "$1");

/** `[.587, .683]`; ends of differences have a sign where they are negative. */
export const interval = (ends: readonly [number, number], as: Rounding = "rate"): string =>
  `[${ends.map((end) => endText(end, as === "signed" ? "rate" : as)).join(", ")}]`;

/** An end of a rate that is not one half has as many decimals more as show on which side it lies, up to six. */
function endText(end: number, as: Rounding): string {
  if (as === "rate" && end !== 0.5 && decimal(end) === ".500")
    return (
      [4, 5, 6]
        .map((digits) => end.toFixed(digits))
        .find((text) => Number(text) !== 0.5)
        ?.slice(1) ?? ".500"
    );
  return rounded(end, as);
}

interface CellText {
  readonly value: string;
  /** `(67)`, or nothing. */
  readonly count: string;
  /** `[.587, .683]`; `[–]` where there is no interval, though there is a value; or nothing. */
  readonly ends: string;
}

/** What is written of a cell. */
export function cellText({ value, ends, as = "rate", count, note }: Cell): CellText {
  return {
    value: value === null ? DASH : typeof value === "string" ? value : rounded(value, as),
    count: count === undefined ? "" : `(${wholeNumber(count)})`,
    ends: ends ? interval(ends, as) : note?.kind === "no interval" ? `[${DASH}]` : "",
  };
}

/** A cell on one line: `44.7 (67) [32.3, 57.6]`, or without the count where there is no room for it. */
export function cellLine(cell: Cell, hasRoom = true): string {
  const { value, count, ends } = cellText(cell);
  return [value, hasRoom ? count : "", ends].filter((text) => text !== "").join(" ");
}

/** `.635 [.587, .683]`; without an interval the value alone; `–` where it cannot be had. */
export function estimateText(estimate: Estimate): string {
  if (!("value" in estimate)) return DASH;
  return `${decimal(estimate.value)}${"low" in estimate ? ` ${interval([estimate.low, estimate.high])}` : ""}`;
}

/** `62.5 % [40.1, 80.2]`; without an interval the share alone. */
export const shareText = ({ value, low, high }: { value: number; low?: number; high?: number }): string =>
  percent(value) + (low === undefined || high === undefined ? "" : ` ${interval([low, high], "share")}`);
