import type { Cell } from "./document.ts";
import { DASH, decimal, perCent, rounded, wholeNumber } from "./numbers.ts";

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
