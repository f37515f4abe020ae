import type { Pair } from "../contract/report.ts";

/** A report in words and tables, before it is written as text, Markdown, LaTeX or HTML: the same in all of them. */
export interface ReportDocument {
  readonly title: string;
  /** A few lines on what the report is made of. */
  readonly about: readonly string[];
  /** What must be known before any figure. */
  readonly notes: readonly string[];
  readonly sections: readonly DocumentSection[];
  /** How to read the figures, and with what they were made. */
  readonly closing: string;
}

export interface DocumentSection {
  /** Its name in addresses and labels: lower-case letters and hyphens. */
  readonly key: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  /** A text of the researchers' own, line by line; left out where there is little room. */
  | { readonly kind: "quote"; readonly title: string; readonly lines: readonly string[] }
  /** Bars of one group: drawn in text alone, where there is no figure. */
  | { readonly kind: "bars"; readonly pairs: readonly Pair[]; readonly target: string | null }
  | { readonly kind: "figure"; readonly figure: Figure }
  | { readonly kind: "table"; readonly table: Table };

/** What is drawn where pictures can be: in HTML. A table beside it has the same figures. */
export type Figure =
  | { readonly type: "bars"; readonly key: string; readonly pairs: readonly Pair[] }
  | { readonly type: "dots"; readonly key: string; readonly rows: readonly DotFigure[] }
  | { readonly type: "line"; readonly key: string; readonly days: readonly { day: string; total: number }[] };

export interface DotFigure {
  readonly name: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Table {
  /** Its name in labels: lower-case letters, digits and hyphens. */
  readonly key: string;
  readonly caption: string;
  /** Whose figures these are, where a heading above says it already. */
  readonly of: string | null;
  /** The first names the row; the others are figures. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** How the figures' intervals were made, and why some are missing. */
  readonly notes: readonly string[];
  /** Where only part of a long table is shown: which rows, and what they are. */
  readonly limit: Limit | null;
}

export interface Limit {
  /** Numbers of the rows that are shown, in order. */
  readonly rows: readonly number[];
  /** `pairs with the most judgments`. */
  readonly are: string;
}

export interface Cell {
  readonly text: string;
  /** For the narrow page of a terminal. */
  readonly short?: string;
  /** How its interval was made, or why it cannot be had. */
  readonly note?: string | null;
}

export const heading = (text: string): Block => ({ kind: "heading", text });
export const paragraph = (text: string): Block => ({ kind: "text", text });
export const list = (items: readonly string[]): Block => ({ kind: "list", items });
export const tableBlock = (table: Table): Block => ({ kind: "table", table });
