/** `1 prompt`, `1,200 prompts`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

/** 0.53 as `53 %`, or with decimals `53.0 %`. */
export const percent = (proportion: number, decimals = 0): string =>
  `${(proportion * 100).toFixed(decimals)}\u00A0%`;

/** 0.635 as `.64`, or with three decimals `.635`; 1 as `1.00`; −0.15 as `−.15`. */
export function decimal(value: number, decimals = 2): string {
  const written = Math.abs(value).toFixed(decimals).replace(/^0\./, ".");
  return value < 0 && Number(written) !== 0 ? `\u2212${written}` : written;
}

/** A difference from nothing: with its sign. */
export const signed = (value: number): string => (value > 0 ? `+${decimal(value)}` : decimal(value));

/** A probability of a test, `.034` or `< .001`. */
export const pValue = (p: number): string => (p < 0.001 ? "<\u00A0.001" : decimal(p, p < 0.1 ? 3 : 2));

/** The same in a sentence: `p = .034` or `p < .001`. */
export const pSays = (p: number): string => (p < 0.001 ? "p\u00A0<\u00A0.001" : `p\u00A0=\u00A0${pValue(p)}`);

export const list = (names: string[]): string =>
  new Intl.ListFormat("en", { type: "conjunction" }).format(names);
