import { kindOfMethod, saysOfKind } from "../charts/method-kinds.ts";
import type { Cell, Column, Lead, Limit, Note, Row, Table, TableNote } from "./document.ts";
import { cellText, counted, wholeNumber } from "./numbers.ts";

/** One column of figures: what it is called, and what it shows of a row. */
export interface TableColumn<One> {
  readonly label: string;
  readonly cell: (row: One) => Cell;
  /** Words and not figures. */
  readonly words?: true;
}

export interface TableGiven<One> {
  readonly key: string;
  readonly caption: string;
  readonly of?: string;
  /** The heading of the rows' names. */
  readonly first: string;
  readonly name: (row: One) => string;
  readonly rows: readonly One[];
  readonly columns: readonly TableColumn<One>[];
  /** The judgments behind a row. */
  readonly to?: (row: One) => Lead | undefined;
  readonly flagged?: (row: One) => boolean;
  /** Where a long table is cut: how many stay, what they are, and by what weight they are chosen. */
  readonly most?: { readonly rows: number; readonly are: string; readonly weight?: (row: One) => number };
}

/**
 * A table of figures; the methods and reasons of its cells stand below it, each once. Where there is no figure in any
 * row there are no rows: the reasons are all that is to be known.
 */
export function tableOf<One>(given: TableGiven<One>): Table {
  const { key, caption, first, rows, to, flagged } = given;
  const made = rows.map((row): Row => {
    const name = { value: given.name(row), to: to?.(row) };
    return {
      cells: [name, ...given.columns.map((column) => column.cell(row))],
      flagged: flagged?.(row) ?? false,
    };
  });
  const columns: Column[] = [
    { label: first, words: true },
    ...given.columns.map(({ label, words = false }) => ({ label, words })),
  ];
  const table = { key, caption, of: given.of ?? null, columns, notes: notesOf(columns, made) };
  return made.every(isEmpty)
    ? { ...table, rows: [], limit: null }
    : { ...table, rows: made, limit: limitOf(given) };
}

/** A row with nothing beside its name adds nothing to the reason below the table. */
const isEmpty = ({ cells: [, ...figures] }: Row): boolean =>
  figures.every(({ value }) => value === null || value === 0 || value === "");

function limitOf<One>({ rows, most }: TableGiven<One>): Limit | null {
  if (most === undefined || rows.length <= most.rows) return null;
  return { rows: heaviest(rows, most.rows, most.weight), are: most.are };
}

/** The places of the rows with the most weight, in the rows' own order; without weights, the first. */
export function heaviest<One>(
  rows: readonly One[],
  count: number,
  weight: (row: One) => number = () => 0,
): number[] {
  return rows
    .map((row, i) => ({ i, weight: weight(row) }))
    .sort((a, b) => b.weight - a.weight || a.i - b.i)
    .slice(0, count)
    .map(({ i }) => i)
    .sort((a, b) => a - b);
}

/** Rows that are named one by one; more are counted. */
const ROWS_NAMED = 6;

/** What sets the notes of cells apart: those that differ in a number alone are one. */
export const noteKey = ({ kind, text }: Note): string => `${kind}:${kindOfMethod(text).kind}`;

const BEFORE: Record<Note["kind"], string> = {
  ...{ method: "", none: "", "no interval": "interval not estimable, ", "not estimable": "not estimable, " },
};

/** The notes of some rows, each once and in order, with the columns and rows that they are about. */
function notesOf(columns: readonly Column[], rows: readonly Row[]): TableNote[] {
  const used = new Map<string, { note: Note; column: string; row: string }[]>();
  for (const { cells } of rows)
    cells.forEach(({ note }, i) => {
      if (note === undefined) return;
      const all = used.get(noteKey(note)) ?? [];
      used.set(noteKey(note), all);
      all.push({ note, column: columns[i]!.label, row: cellText(cells[0]!).value });
    });
  return [...used].map(([key, all]) => {
    const numbers = all.flatMap(({ note }) => kindOfMethod(note.text).number ?? []);
    const { kind, text } = all[0]!.note;
    return {
      ...{ key, columns: [...new Set(all.map(({ column }) => column))] },
      text: BEFORE[kind] + saysOfKind(kindOfMethod(text).kind, numbers),
      rows: whereOf([...new Set(all.map(({ row }) => row))], rows.length),
    };
  });
}

function whereOf(rows: readonly string[], all: number): string {
  if (rows.length === all) return "";
  return ` (${rows.length > ROWS_NAMED ? counted(rows.length, "row") : rows.join(", ")})`;
}

/** What stands below a table, or in place of one without a row. */
export function linesBelow({ notes, rows }: Table): string[] {
  if (rows.length === 0 && notes.length === 0) return ["no figures yet"];
  return notes.map(({ columns, text, rows }) => `${columns.join(", ")}: ${text}${rows}`);
}

/** The caption of a table that stands alone. */
export const fullCaption = ({ caption, of }: Pick<Table, "caption" | "of">): string =>
  of === null ? caption : `${caption}: ${of}`;

/** The rows of a table where there is little room. */
export const rowsShown = ({ rows, limit }: Table): readonly Row[] =>
  limit === null ? rows : limit.rows.map((i) => rows[i]!);

/** What stands below a table that is cut. */
export function shortened({ rows, limit }: Table): string {
  const shown = limit?.rows.length ?? rows.length;
  return `These are the ${shown} ${limit?.are ?? "rows"}, of ${wholeNumber(rows.length)}; and ${wholeNumber(rows.length - shown)} more`;
}
