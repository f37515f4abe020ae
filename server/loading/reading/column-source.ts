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
  readonly values?: ReadonlyMap<string, string>;
}

/**
 * Reads what stands behind `ours=`: the name of a column; a path into one (`data.answer`, `output.0`); several joined by
 * `+`, whose texts are put below each other with a blank line between; and, last, a translation of values in braces
 * (`label{1:a|2:b}`).
 */
export function columnSource(theirs: string): ColumnSource {
  const [, column, inside] = /^([^{]+)\{([^{}]*:[^{}]*)\}$/s.exec(theirs) ?? [];
  if (column === undefined || inside === undefined) return { column: theirs };
  const values = inside.split("|").map((pair): [string, string] => {
    const colon = pair.lastIndexOf(":");
    return [pair.slice(0, colon).trim(), pair.slice(colon + 1).trim()];
  });
  return { column: column.trim(), values: new Map(values) };
}

/** The value that a row has there; undefined where it has none. */
export function valueFrom(row: Fields, { column, values }: ColumnSource): unknown {
  const value =
    Object.hasOwn(row, column) || !column.includes("+") ? valueAt(row, column) : joined(row, column);
  if (values === undefined || !["string", "number", "boolean"].includes(typeof value)) return value;
  return values.get(String(value).trim()) ?? value;
}

const partsOf = (column: string): string[] => column.split("+").map((part) => part.trim());

function joined(row: Fields, column: string): unknown {
  const all = partsOf(column).map((part) => valueAt(row, part));
  const filled = all.filter((value) => value !== undefined && value !== null && value !== "");
  const other = filled.find((value) => typeof value !== "string" && typeof value !== "number");
  if (other !== undefined) return other; // no text: whoever reads the field says so
  return all.every((value) => value === undefined) ? undefined : filled.map(String).join("\n\n");
}

/** What stands under a name, or else at the end of a path of names and places in lists (from 0) parted by points. */
export function valueAt(row: Fields, path: string): unknown {
  if (Object.hasOwn(row, path)) return row[path];
  let value: unknown = row;
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Fields)[part];
  }
  return value;
}

/** The names and paths of which a source is made. */
export const columnsOf = (row: Fields, { column }: ColumnSource): string[] =>
  Object.hasOwn(row, column) || !column.includes("+") ? [column] : partsOf(column);

/** Whether a row has this column, or something at the end of this path. */
export const hasColumn = (row: Fields, column: string): boolean => valueAt(row, column) !== undefined;

/** The columns of a row that a source takes, whole: they are not also there under their own names. */
export const takenBy = (row: Fields, source: ColumnSource): string[] =>
  columnsOf(row, source).map((one) => (Object.hasOwn(row, one) ? one : (one.split(".")[0] ?? one)));
