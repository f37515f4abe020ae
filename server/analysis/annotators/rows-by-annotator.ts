import type { JudgmentRows } from "../rows/judgment-columns.ts";

/** What the figures of annotators read of their rows. */
export type AnnotatorRows = Pick<
  JudgmentRows,
  "low" | "high" | "prompt" | "annotator" | "choice" | "origin" | "sideKnown" | "activeMs" | "at"
>;

/** Rows with those of one annotator together, and among these in the order in which they were. */
export interface RowsByAnnotator {
  readonly rows: AnnotatorRows;
  /** Where each row stands now, by where it stood. */
  readonly place: Int32Array;
  /** Places of each annotator's rows. */
  readonly own: readonly Int32Array[];
}

/**
 * Moves rows to those of the same annotator. They are written in one pass for each column: whoever picks an annotator's rows
 * where they lie, far apart, waits for the memory at each of them.
 */
export function rowsByAnnotator(all: JudgmentRows, annotators: number): RowsByAnnotator {
  const sizes = new Int32Array(annotators);
  for (let i = 0; i < all.count; i++) sizes[all.annotator[i]!]!++;
  const next = new Int32Array(annotators);
  for (let a = 1; a < annotators; a++) next[a] = next[a - 1]! + sizes[a - 1]!;
  const own = Array.from(sizes, (size, a) => new Int32Array(size).map((_, k) => next[a]! + k));
  const place = new Int32Array(all.count);
  for (let i = 0; i < all.count; i++) place[i] = next[all.annotator[i]!]!++;
  const wide = (column: Int32Array) => moved(column, new Int32Array(all.count), place);
  const narrow = (column: Uint8Array) => moved(column, new Uint8Array(all.count), place);
  const rows = {
    ...{ low: wide(all.low), high: wide(all.high), prompt: wide(all.prompt), annotator: wide(all.annotator) },
    ...{ choice: narrow(all.choice), origin: narrow(all.origin), sideKnown: narrow(all.sideKnown) },
    ...{ activeMs: wide(all.activeMs), at: moved(all.at, new Float64Array(all.count), place) },
  };
  return { rows, place, own };
}

function moved<Column extends Int32Array | Uint8Array | Float64Array>(
  from: Column,
  to: Column,
  place: Int32Array,
): Column {
  for (let i = 0; i < place.length; i++) to[place[i]!] = from[i]!;
  return to;
}
