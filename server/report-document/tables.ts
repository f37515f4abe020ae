import { kindOfMethod, saysOfKind } from "../charts/method-kinds.ts";
import { DASH } from "./cells.ts";
import type { Cell, Limit, Table } from "./document.ts";
import { counted, wholeNumber } from "./numbers.ts";

/** One column of figures: what it is called, and what it shows of a row. */
export interface TableColumn<Row> {
  readonly label: string;
  readonly cell: (row: Row) => Cell;
}

interface TableGiven<Row> {
  readonly key: string;
  readonly caption: string;
  readonly of?: string;
  /** The heading of the rows' names. */
  readonly first: string;
  readonly name: (row: Row) => string;
  readonly rows: readonly Row[];
  readonly columns: readonly TableColumn<Row>[];
  /** Where a long table is cut: how many stay, what they are, and by what weight they are chosen. */
  readonly most?: { readonly rows: number; readonly are: string; readonly weight?: (row: Row) => number };
}

/**
 * A table of figures; the methods and reasons of its cells stand below it, each said once. Where there is no figure
 * in any row there are no rows: the reasons say it all.
 */
export function tableOf<Row>(given: TableGiven<Row>): Table {
  const { key, caption, first, rows, columns } = given;
  const names = rows.map(given.name);
  const cells = rows.map((row, i) => [{ text: names[i]! }, ...columns.map((column) => column.cell(row))]);
  const labels = [first, ...columns.map(({ label }) => label)];
  const table = { key, caption, of: given.of ?? null, columns: labels, notes: notesOf(labels, cells) };
  return cells.every(isEmpty)
    ? { ...table, rows: [], limit: null }
    : { ...table, rows: cells, limit: limitOf(given) };
}

/** A row with nothing beside its name says no more than the reason below the table. */
const isEmpty = ([, ...figures]: readonly Cell[]): boolean =>
  figures.every(({ text }) => text === DASH || text === "0" || text === "");

function limitOf<Row>({ rows, most }: TableGiven<Row>): Limit | null {
  if (most === undefined || rows.length <= most.rows) return null;
  return { rows: heaviest(rows, most.rows, most.weight), are: most.are };
}

/** The places of the rows with the most weight, in the rows' own order; without weights, the first. */
export function heaviest<Row>(
  rows: readonly Row[],
  count: number,
  weight: (row: Row) => number = () => 0,
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

interface Used {
  readonly numbers: number[];
  readonly labels: Set<string>;
  readonly rows: Set<string>;
}

/** Methods and reasons that differ in a number alone are one. Row by row they are in the CSV and JSON. */
function notesOf(labels: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const used = new Map<string, Used>();
  for (const row of rows) {
    row.forEach(({ note }, column) => {
      if (note === undefined || note === null) return;
      const { kind, number } = kindOfMethod(note);
      const one = used.get(kind) ?? { numbers: [], labels: new Set(), rows: new Set() };
      used.set(kind, one);
      one.labels.add(labels[column]!);
      one.rows.add(row[0]!.text);
      if (number !== null) one.numbers.push(number);
    });
  }
  return [...used].map(([kind, one]) => {
    const named = [...new Set(labels)].filter((label) => one.labels.has(label)).join(", ");
    return `${named}: ${saysOfKind(kind, one.numbers)}${whereOf([...one.rows], rows.length)}`;
  });
}

function whereOf(rows: readonly string[], all: number): string {
  if (rows.length === all) return "";
  return ` (${rows.length > ROWS_NAMED ? counted(rows.length, "row") : rows.join(", ")})`;
}

/** What a table without a row says. */
export const nothingIn = ({ notes }: Table): readonly string[] =>
  notes.length > 0 ? notes : ["no figures yet"];

/** The caption of a table that stands alone. */
export const fullCaption = ({ caption, of }: Table): string => (of === null ? caption : `${caption}: ${of}`);

/** The rows of a table where there is little room. */
export const rowsShown = ({ rows, limit }: Table): readonly (readonly Cell[])[] =>
  limit === null ? rows : limit.rows.map((i) => rows[i]!);

/** What a table that is cut says of the rest. */
export function shortened({ rows, limit }: Table): string {
  const shown = limit?.rows.length ?? rows.length;
  return `These are the ${shown} ${limit?.are ?? "rows"}, of ${wholeNumber(rows.length)}; and ${wholeNumber(rows.length - shown)} more`;
}
