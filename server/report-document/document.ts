import type { Pair } from "../contract/report.ts";
import type { JudgedQuery } from "../contract/judged.ts";

/** A report in words, tables and figures, before a writer sets it: the same for files and for the results page. */
export interface ReportDocument {
  readonly title: string;
  /** A few lines on what the report is made of. */
  readonly about: readonly string[];
  /** What must be known before any figure. */
  readonly notes: readonly string[];
  /** The verdicts, or how far the study is from one: they stand before the first figure. */
  readonly verdicts: readonly string[];
  readonly sections: readonly Section[];
  /** How to read the figures, and with what they were made. */
  readonly closing: string;
}

export interface Section {
  /** Its name in addresses and labels, and of its page of docs/methods: lower-case letters and hyphens. */
  readonly key: SectionKey;
  readonly title: string;
  /** What it found, in a sentence or two, for those who read no further; null where the verdicts say it. */
  readonly finding: string | null;
  readonly parts: readonly Part[];
}

/** The sections in their order; the results page has them in the same. */
export const SECTION_TITLES = {
  pairs: "Win, tie and loss",
  weaknesses: "What weakens this",
  study: "The study",
  tests: "Tests and precision",
  components: "Prompts or annotators",
  prompts: "Prompts that decide",
  ranking: "Ranking",
  agreement: "Agreement",
  judges: "Models as annotators",
  position: "Position",
  annotators: "Annotators",
  aggregation: "One label per comparison",
  exclusions: "Exclusions",
  blinding: "Blinding",
  skips: "Could not be judged",
  effects: "Length and formatting",
  slices: "Slices",
  progress: "Progress",
} as const;
export type SectionKey = keyof typeof SECTION_TITLES;

/** The page of the server that explains how the figures of a section are computed. */
export const methodsAddress = (key: SectionKey): string => (key === "study" ? "/methods" : `/methods/${key}`);

/** Where the same page is found without a server: a file of the repository and of the package. */
export const methodsFile = (key: SectionKey): string =>
  `docs/methods/${key === "study" ? "README" : key}.md of tiebreak-eval`;

export type Part =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  /** How to read what stands around it. */
  | { readonly kind: "guide"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly Item[] }
  /** A text of the researchers' own, line by line; left out where there is little room. */
  | { readonly kind: "quote"; readonly title: string; readonly lines: readonly string[] }
  /** Bars of one group: drawn in text alone, where there is no figure. */
  | { readonly kind: "bars"; readonly pairs: readonly Pair[]; readonly target: string | null }
  | { readonly kind: "figure"; readonly figure: Figure }
  | { readonly kind: "table"; readonly table: Table }
  /** Details: closed at first where a reader can open them. */
  | { readonly kind: "fold"; readonly title: string; readonly parts: readonly Part[] }
  /** One of several at a time where a reader can choose; else one after the other. `name`: in the page's address. */
  | {
      readonly kind: "choice";
      readonly name: string;
      readonly label: string;
      readonly options: readonly { readonly name: string; readonly parts: readonly Part[] }[];
    };

/** A line of a list. */
export interface Item {
  readonly text: string;
  /** A part of the text that stands out. */
  readonly strong?: string;
  /** The judgments behind it. */
  readonly to?: Lead;
}

/** What is drawn where pictures can be. A table has the same figures. */
export type Figure =
  | { readonly type: "bars"; readonly key: string; readonly pairs: readonly Pair[] }
  | DotsFigure
  | { readonly type: "line"; readonly key: string; readonly days: readonly { day: string; total: number }[] };

/** Estimates with their intervals, one below the other. */
export interface DotsFigure {
  readonly type: "dots";
  readonly key: string;
  readonly title: string;
  readonly caption: string;
  /** Above the figures, such as "score and 95 % interval". */
  readonly heading: string;
  readonly rows: readonly { readonly name: string; readonly cell: Cell }[];
  /** The dashed line, in the unit of the values. */
  readonly reference: number;
  /** The marks of the axis; null: they follow from the values. */
  readonly ticks: readonly number[] | null;
}

export interface Table {
  /** Its name in labels and of its files: lower-case letters, digits and hyphens. */
  readonly key: string;
  readonly caption: string;
  /** Whose figures these are, where a heading above names them already. */
  readonly of: string | null;
  /** The first names the row; the others are figures. */
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** How the figures' intervals were made, and why some are missing. */
  readonly notes: readonly TableNote[];
  /** Where only part of a long table is shown: which rows, and what they are. */
  readonly limit: Limit | null;
}

export interface Column {
  readonly label: string;
  /** Words and not figures. */
  readonly words: boolean;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** Whether it must not be overlooked. */
  readonly flagged: boolean;
}

export interface Limit {
  /** Numbers of the rows that are shown, in order. */
  readonly rows: readonly number[];
  /** `pairs with the most judgments`. */
  readonly are: string;
}

/**
 * How a number is rounded. `rate`: between 0 and 1. `signed`: a difference, with its sign. `share`: per cent, which its
 * column or text names. `score`: on the scale of Elo ratings.
 */
export type Rounding = "count" | "rate" | "signed" | "share" | "p" | "score" | "seconds" | "dollars";

/** One figure, in full: a number, words, or null with the reason why there is nothing. How it is written is numbers.ts alone. */
export type Cell = CellParts &
  ({ readonly value: number | string; readonly note?: Note } | { readonly value: null; readonly note: Note });

interface CellParts {
  /** The ends of its 95 % interval, in the unit of the value. */
  readonly ends?: readonly [number, number];
  readonly as?: Rounding;
  /** How many judgments a share is. */
  readonly count?: number;
  /** The judgments behind it. */
  readonly to?: Lead | undefined;
}

/** How an interval was made, or why it or the figure cannot be had; `none`: why there is nothing that could be estimated. */
export interface Note {
  readonly kind: "method" | "no interval" | "not estimable" | "none";
  readonly text: string;
}

/** The notes of a table's cells that differ in a number alone, as one. */
export interface TableNote {
  /** What its cells have in common: see noteKey. */
  readonly key: string;
  /** The labels of its columns. */
  readonly columns: readonly string[];
  readonly text: string;
  /** In parentheses, unless it is about all rows. */
  readonly rows: string;
}

/** Which judgments: those that meet everything that is given. */
export type Lead = Omit<JudgedQuery, "after" | "sort" | "everyone" | "text" | "mark">;

export const heading = (text: string): Part => ({ kind: "heading", text });
export const paragraph = (text: string): Part => ({ kind: "text", text });
export const guide = (text: string): Part => ({ kind: "guide", text });
export const list = (items: readonly (string | Item)[]): Part => ({
  kind: "list",
  items: items.map((item) => (typeof item === "string" ? { text: item } : item)),
});
export const tablePart = (table: Table): Part => ({ kind: "table", table });
export const fold = (title: string, parts: readonly Part[]): Part => ({ kind: "fold", title, parts });
/** Parts below a heading; those of further groups can be folded, for the first stands open. */
export const under = (title: string, isOpen: boolean, parts: readonly Part[]): Part[] =>
  isOpen ? [heading(title), ...parts] : [fold(title, parts)];
export const sectionOf = (key: SectionKey, finding: string | null, parts: readonly Part[]): Section => ({
  ...{ key, title: SECTION_TITLES[key], finding, parts },
});
