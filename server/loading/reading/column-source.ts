import { columnOfPath, valueAt } from "./paths.ts";
import { KEPT, translate, type Translation, type ValuesSeen } from "./translation.ts";

/** A row's fields by name. */
export type Fields = Record<string, unknown>;

/** Names that objects treat specially; no field of ours is called so, and a file's are dropped. */
const DANGEROUS = new Set(["__proto__", "constructor", "prototype"]);

/** Sets a field, unless its name is one that objects treat specially. */
export function setField(fields: Fields, name: string, value: unknown): void {
  if (!DANGEROUS.has(name)) fields[name] = value;
}

/** One of their columns, as written, and what its values are translated to. */
export interface ColumnSource {
  readonly column: string;
  readonly translation?: Translation;
}

/**
 * Reads what stands behind `ours=`: the name of a column; a path into one (`data.answer`, `output[0]`, see `valueAt`);
 * several joined by `+`, texts or lists (a text after a list is a further turn), of which one that ends with `?` may be missing; and, last, a translation of values in braces
 * (`label{1:a|2:b}`), in which `*` keeps all others and `*:c` reads them as c.
 */
export function columnSource(theirs: string): ColumnSource {
  const [, column, inside] = /^([^{]+)\{([^{}]*:[^{}]*)\}$/s.exec(theirs) ?? [];
  if (column === undefined || inside === undefined) return { column: theirs };
  const pairs = inside.split("|").map((pair): [string, string] => {
    const colon = pair.lastIndexOf(":");
    return colon < 0 ? [pair.trim(), KEPT] : [pair.slice(0, colon).trim(), pair.slice(colon + 1).trim()];
  });
  const values = new Map(pairs);
  const others = values.get(KEPT);
  values.delete(KEPT);
  return {
    column: column.trim(),
    translation: { values, ...(others === undefined ? {} : { others }) },
  };
}

/** A source as it is written: what columnSource makes the same source of. */
export function columnText({ column, translation }: ColumnSource): string {
  if (translation === undefined) return column;
  const pairs = [...translation.values].map(([from, to]) => `${from}:${to}`);
  const others = translation.others === undefined ? [] : [`${KEPT}:${translation.others}`];
  return `${column}{${[...pairs, ...others].join("|")}}`;
}

/** Fields of ours that are names or ids: joined, they are one word. */
const NAMES: ReadonlySet<string> = new Set([
  ...["prompt_id", "judgment_id", "system", "system_a", "system_b", "left_system", "right_system"],
  ...["annotator", "group", "question_id", "generator", "generator_1", "generator_2"],
]);

/**
 * The value that a row has there for a field of ours; undefined where it has none.
 * @param seen counts translated values; without it, one that is not listed stays
 * @throws RowFault where a value is not listed
 */
export function valueFrom(
  row: Fields,
  { column, translation }: ColumnSource,
  { field, seen }: { field: string; seen: ValuesSeen | null },
): unknown {
  const value = isOne(row, column)
    ? valueAt(row, withoutMark(row, column))
    : joined(row, column, NAMES.has(field) ? "-" : "\n\n");
  if (translation === undefined) return value;
  if (seen !== null) return seen.translate(field, { column, translation }, value);
  return translate(translation, value) ?? value;
}

const isOne = (row: Fields, column: string): boolean => Object.hasOwn(row, column) || !column.includes("+");

const partsOf = (column: string): string[] => column.split("+").map((part) => part.trim());

/** A column's name without the mark that it may be missing. */
const withoutMark = (row: Fields, part: string): string =>
  part.endsWith("?") && !Object.hasOwn(row, part) ? part.slice(0, -1) : part;

function joined(row: Fields, column: string, between: string): unknown {
  const all = partsOf(column).map((part) => valueAt(row, withoutMark(row, part)));
  const filled = all.filter((value) => value !== undefined && value !== null && value !== "");
  const isTurn = (value: unknown) => typeof value === "string" || Array.isArray(value);
  if (Array.isArray(filled[0]) && filled.every(isTurn)) return filled.flat(); // a text is a further turn
  const other = filled.find((value) => typeof value !== "string" && typeof value !== "number");
  // No text, nor turns: whoever reads the field says so.
  if (other !== undefined) return Array.isArray(other) ? filled : other;
  return all.every((value) => value === undefined) ? undefined : filled.map(String).join(between);
}

/** The names and paths of which a source is made. */
const columnsOf = (row: Fields, { column }: ColumnSource): string[] =>
  (isOne(row, column) ? [column] : partsOf(column)).map((part) => withoutMark(row, part));

/** The names and paths of which a source is made, and that must be there. */
export const requiredOf = (row: Fields, { column }: ColumnSource): string[] =>
  (isOne(row, column) ? [column] : partsOf(column)).filter((part) => withoutMark(row, part) === part);

/** Whether a row has this column, or something at the end of this path. */
export const hasColumn = (row: Fields, column: string): boolean => valueAt(row, column) !== undefined;

/** The columns of a row that a source takes, whole: they are not also there under their own names. */
export const takenBy = (row: Fields, source: ColumnSource): string[] =>
  columnsOf(row, source).map((one) => columnOfPath(row, one));
