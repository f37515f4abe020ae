import type { Fields } from "./field-map.ts";
import type { RawRow } from "./raw-row.ts";

/** A known format whose file is one object. */
interface Wrapped {
  /** What tells it. */
  readonly all: readonly string[];
  /** The name that its rows stand under. */
  readonly rows: string;
  /** What else of the object is said of every row. */
  readonly kept: readonly string[];
}

const WRAPPED: readonly Wrapped[] = [
  { all: ["models", "examples"], rows: "examples", kept: ["models"] }, // LLM Comparator
  { all: ["Meta_Info", "data"], rows: "data", kept: [] }, // reviews as Cherry publishes them
];

/** The rows of a file, numbered from 1 within what is wrapped; those of other files as they are. */
export async function* unwrapped(batches: AsyncGenerator<RawRow[]>): AsyncGenerator<RawRow[]> {
  for await (const rows of batches) {
    const isPlain = rows.every((row) => "problem" in row || wrappingOf(row.fields) === undefined);
    yield isPlain ? rows : rows.flatMap((row) => ("fields" in row ? partsOf(row) : [row]));
  }
}

const wrappingOf = (fields: Fields): Wrapped | undefined =>
  WRAPPED.find(
    ({ all, rows }) => all.every((name) => Object.hasOwn(fields, name)) && Array.isArray(fields[rows]),
  );

function partsOf(row: Extract<RawRow, { fields: Fields }>): RawRow[] {
  const { fields } = row;
  const found = wrappingOf(fields);
  if (!found) return [row];
  const common = Object.fromEntries(found.kept.map((name) => [name, fields[name]]));
  return (fields[found.rows] as unknown[]).map((part, i): RawRow => {
    const at = i + 1;
    if (typeof part === "object" && part !== null) return { at, fields: { ...common, ...part } };
    const message = `The entry ${at} of ${found.rows} is not an object with fields.`;
    return { problem: { row: at, column: null, name: "RowNotAnObject", message } };
  });
}
