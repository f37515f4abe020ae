import type { Rate, Score } from "../contract/report.ts";
import { hasInterval } from "./report-parts.ts";

/** 0.53 as `53.0`: per cent. */
export const perCent = (rate: number, decimals = 1): string => (rate * 100).toFixed(decimals);

/** 0.635 as `.635`; 1 as `1.000`; −0.15 as `−.150`, with a true minus sign. */
export function decimal(value: number, decimals = 3): string {
  const written = Math.abs(value).toFixed(decimals).replace(/^0\./, ".");
  return value < 0 && Number(written) !== 0 ? `\u2212${written}` : written;
}

/** A probability of a test: `.034`, or `< .001`. */
export const pValue = (p: number): string => (p < 0.001 ? "< .001" : decimal(p));

/** The same in a sentence: `p = .034`. */
export const pSays = (p: number): string => (p < 0.001 ? "p < .001" : `p = ${decimal(p)}`);

/** 12345 as `12,345`. */
export const wholeNumber = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** `1 prompt`, `2 prompts`. */
export const counted = (count: number, noun: string): string =>
  `${wholeNumber(count)} ${noun}${count === 1 ? "" : "s"}`;

/** `[.587, .683]`. */
export const interval = (low: number, high: number, decimals = 3): string =>
  `[${decimal(low, decimals)}, ${decimal(high, decimals)}]`;

/** `53.0 [47.3, 58.6]`, in per cent; without an interval `53.0 [–]`. Nothing judged: `–`. */
export function rateText(rate: Rate, intervalDecimals = 1): string {
  if (rate.rate === null) return "–";
  const end = (value: number) => perCent(value, intervalDecimals);
  return `${perCent(rate.rate)} ${hasInterval(rate) ? `[${end(rate.low)}, ${end(rate.high)}]` : "[–]"}`;
}

/** `.635 [.587, .683]`; without an interval `.635 [–]`. Not estimable: `–`. */
export function scoreText(score: Score): string {
  if (!("value" in score)) return "–";
  return `${decimal(score.value)} ${hasInterval(score) ? interval(score.low, score.high) : "[–]"}`;
}
