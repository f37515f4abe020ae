import type { Estimate } from "../contract/report-estimates.ts";
import type { Cell, Rounding } from "./document.ts";

/** Where there is no figure. */
export const DASH = "–";

/** 12345 as `12,345`. */
export const wholeNumber = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** `1 prompt`, `2 prompts`. */
export const counted = (count: number, noun: string): string =>
  `${wholeNumber(count)} ${noun}${count === 1 ? "" : "s"}`;

/** 0.53 as `53.0`: per cent. */
export const perCent = (rate: number, decimals = 1): string => (rate * 100).toFixed(decimals);

/** 0.53 as `53.0 %`. */
export const percent = (rate: number, decimals = 1): string => `${perCent(rate, decimals)}\u00A0%`;

/** 0.635 as `.635`; 1 as `1.000`; −0.15 as `−.150`, with a true minus sign. */
export function decimal(value: number, decimals = 3): string {
  const written = Math.abs(value).toFixed(decimals).replace(/^0\./, ".");
  return value < 0 && Number(written) !== 0 ? `\u2212${written}` : written;
}

/** A difference from nothing, with its sign: `+.150`. */
const signed = (value: number): string =>
  Number(value.toFixed(3)) > 0 ? `+${decimal(value)}` : decimal(value);

/** A probability of a test: `.034`, or `< .001`. */
const pValue = (p: number): string => (p < 0.001 ? "<\u00A0.001" : decimal(p));

/** The same in a sentence: `p = .034`. */
export const pText = (p: number): string => `p\u00A0${p < 0.001 ? "" : "=\u00A0"}${pValue(p)}`;

/** `a, b and c`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)!}`;

/** How the numbers of a cell are rounded: the only place where a figure of a report is. */
const ROUNDED: Record<Rounding, (value: number) => string> = {
  count: wholeNumber,
  rate: decimal,
  signed,
  share: perCent,
  p: pValue,
  score: (value) => value.toFixed(0),
  seconds: (value) => value.toFixed(1),
  // cents and less have two digits that are not 0
  dollars: (value) => (value >= 1 || value === 0 ? value.toFixed(2) : value.toPrecision(2)),
};

/** A number as it is rounded. */
export const rounded = (value: number, as: Rounding): string => ROUNDED[as](value);

interface CellText {
  readonly value: string;
  /** `(67)`, or nothing. */
  readonly count: string;
  /** `[.587, .683]`; `[–]` where there is no interval, though there is a value; or nothing. */
  readonly ends: string;
}

/** What is written of a cell. `short`: shares have ends without decimals, for the narrow page of a terminal. */
export function cellText({ value, ends, as = "rate", count, note }: Cell, short = false): CellText {
  const written = value === null ? DASH : typeof value === "string" ? value : rounded(value, as);
  const end = (one: number) => {
    if (as === "signed") return decimal(one);
    return short && as === "share" ? perCent(one, 0) : rounded(one, as);
  };
  return {
    value: written,
    count: count === undefined ? "" : `(${wholeNumber(count)})`,
    ends: ends ? `[${ends.map(end).join(", ")}]` : note?.kind === "no interval" ? `[${DASH}]` : "",
  };
}

/** A cell on one line: `44.7 (67) [32.3, 57.6]`, or without the count where there is no room for it. */
export function cellLine(cell: Cell, hasRoom = true): string {
  const { value, count, ends } = cellText(cell);
  return [value, hasRoom ? count : "", ends].filter((text) => text !== "").join(" ");
}

/** `[.587, .683]`. */
export const interval = (low: number, high: number): string => `[${decimal(low)}, ${decimal(high)}]`;

/** `.635 [.587, .683]`; without an interval the value alone; `–` where it cannot be had. */
export function estimateText(estimate: Estimate): string {
  if (!("value" in estimate)) return DASH;
  return `${decimal(estimate.value)}${"low" in estimate ? ` ${interval(estimate.low, estimate.high)}` : ""}`;
}

/** `62.5 % [40.1, 80.2]`; without an interval the share alone. */
export function shareText({ value, low, high }: { value: number; low?: number; high?: number }): string {
  const ends = low === undefined || high === undefined ? "" : ` [${perCent(low)}, ${perCent(high)}]`;
  return `${percent(value)}${ends}`;
}
