import { kindOfMethod, saysOfKind } from "../../../server/charts/method-kinds.ts";
import type { Estimate } from "../../../server/contract/report-estimates.ts";

/** A share beside the number of judgments that it is, which may lead to them. */
export interface Counted {
  count: number;
  share: Estimate | null;
  href?: string;
  /** More to say, in words, below the number. */
  aside?: string;
}

/**
 * What stands in a cell: words, a number in full, nothing, an estimate with its interval or the reason why it has
 * none, or a counted share.
 */
export type Cell = string | number | null | Estimate | Counted;

export interface Column {
  /** Its name in a file. */
  key: string;
  label: string;
  /** What it and its neighbours with the same words belong to: a heading above theirs. */
  over?: string;
  kind: "name" | "text" | "number" | "estimate" | "counted";
  /** How its numbers are shown; files hold them in full. */
  show?: (value: number) => string;
  /** How the ends of its intervals are shown, where that is shorter. */
  ends?: (value: number) => string;
  /** Whether a cell can hold a reason in place of a value: files then have a column for it. */
  reasons?: boolean;
}

export interface Row {
  /** What this row and those after it are about: two systems, or words. */
  about?: About;
  cells: Cell[];
  /** Where what its first cell names can be looked at. */
  href?: string;
  /** Where the values of its cells can be looked at, in the order of the columns. */
  hrefs?: (string | undefined)[];
  tone?: "all" | "flag";
}
export type About = { system: string; against: string } | string;

/** One table of the page: shown, and written as CSV and LaTeX, from the same rows. */
export interface DataTable {
  /** Part of the names of its files. */
  name: string;
  caption: string;
  columns: Column[];
  rows: Row[];
  /** Whether its columns name the same as its rows. */
  matrix?: boolean;
}

/**
 * The methods and reasons that a table's estimates name, each kind once, lettered in order: a, b, … z, aa, … Those that
 * differ in a number alone, such as degrees of freedom, are one kind; the files have each in full.
 */
export function tableNotes(rows: Row[]): Map<string, string> {
  const letters = new Map<string, string>();
  for (const cell of rows.flatMap((row) => row.cells)) {
    const key = noteKey(cell);
    if (key !== null && !letters.has(key)) letters.set(key, letterOf(letters.size));
  }
  return letters;
}

/** What the footnotes say, by letter: each kind with the numbers that it stands for. */
export function noteTexts(rows: Row[]): { letter: string; says: string }[] {
  const numbers = new Map<string, number[]>();
  for (const cell of rows.flatMap((row) => row.cells)) {
    const note = noteOf(cell);
    if (note === null) continue;
    const { kind, number } = kindOfMethod(note);
    const known = numbers.get(kind) ?? [];
    numbers.set(kind, number === null ? known : [...known, number]);
  }
  return [...tableNotes(rows)].map(([key, letter]) => ({
    letter,
    says: saysOfKind(key, numbers.get(key) ?? []),
  }));
}

/** Tells the footnotes of cells apart; null where there is nothing to tell. */
export function noteKey(cell: Cell): string | null {
  const note = noteOf(cell);
  return note === null ? null : kindOfMethod(note).kind;
}

/** Tells methods from reasons, and reasons why all is missing from those for an interval. */
function noteOf(cell: Cell): string | null {
  const estimate = estimateOf(cell);
  if (estimate === null) return null;
  if ("method" in estimate) return `method:${estimate.method}`;
  return `${"value" in estimate ? "no interval" : "not estimable"}:${estimate.notEstimable}`;
}

/** The estimate in a cell, or null. */
export function estimateOf(cell: Cell): Estimate | null {
  if (cell === null || typeof cell !== "object") return null;
  return "share" in cell ? cell.share : cell;
}

export const isCounted = (cell: Cell): cell is Counted =>
  cell !== null && typeof cell === "object" && "share" in cell;

/** Whether a column's cells stand flush right. */
export const isNumber = ({ kind }: Column): boolean => kind !== "name" && kind !== "text";

/** Rows in runs about the same, in their order. */
export function runsOf(rows: Row[]): { about: About | undefined; rows: Row[] }[] {
  const runs: { about: About | undefined; key: string; rows: Row[] }[] = [];
  for (const row of rows) {
    const key = JSON.stringify(row.about ?? null);
    const last = runs.at(-1);
    if (last?.key === key) last.rows.push(row);
    else runs.push({ about: row.about, key, rows: [row] });
  }
  return runs;
}

/** Neighbouring columns below one heading, in order; null: none. */
export function headingsOver(columns: Column[]): { over: string | null; columns: Column[] }[] {
  const runs: { over: string | null; columns: Column[] }[] = [];
  for (const column of columns) {
    const over = column.over ?? null;
    const last = runs.at(-1);
    if (over !== null && last?.over === over) last.columns.push(column);
    else runs.push({ over, columns: [column] });
  }
  return runs;
}

export function letterOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letterOf(rest - 1) : "") + String.fromCharCode(97 + (index % 26));
}
