import { readLines } from "../../loading/reading/lines.ts";
import type { Input } from "../sources/input.ts";
import { fileRows } from "../sources/raw-file-rows.ts";

/** A row of a training set or a benchmark: all its texts, however deep, such as the messages of a conversation. */
interface TextRow {
  /** From 1. */
  readonly at: number;
  /** Null: the row cannot be read. */
  readonly texts: readonly string[] | null;
}

/** The rows of a file that loading reads, whatever its fields are called; a file of plain text has a row per line. */
export async function* textRows(input: Input): AsyncGenerator<TextRow[]> {
  if (input.path !== null && /\.te?xt(\.gz|\.zst)?$/i.test(input.name)) {
    for await (const lines of readLines(input.path))
      yield lines.map((line) => ({ at: line.number, texts: "text" in line ? [line.text] : null }));
    return;
  }
  for await (const rows of fileRows(input))
    yield rows.flatMap((row): TextRow[] => {
      if ("fields" in row) return [{ at: row.at, texts: textsIn(row.fields, []) }];
      return "problem" in row ? [{ at: row.problem.row, texts: null }] : [];
    });
}

function textsIn(value: unknown, found: string[]): string[] {
  if (typeof value === "string") {
    // In columns, a conversation is often a cell of JSON.
    const inner = /^\s*[[{]/.test(value) ? parsed(value) : null;
    if (inner === null) found.push(value);
    else textsIn(inner, found);
  } else if (Array.isArray(value)) for (const one of value) textsIn(one, found);
  else if (typeof value === "object" && value !== null)
    for (const one of Object.values(value)) textsIn(one, found);
  return found;
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
