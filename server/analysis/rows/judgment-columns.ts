import type { Choice, Origin } from "../../contract/words.ts";

/** What the codes in `JudgmentRows.choice` stand for, by position. */
export const CHOICES: readonly Choice[] = ["left", "tie", "right", "both_bad"];

/** What the codes in `JudgmentRows.origin` stand for, by position. */
export const ORIGINS: readonly Origin[] = ["handed_out", "loaded", "simulated", "reconstructed"];

/**
 * Judgments, one a row, a typed array a column. Prompts, systems and annotators are codes from 0 in the code-unit
 * order of their external ids, so that nothing depends on the order of rows in a table.
 */
export interface JudgmentRows {
  readonly count: number;
  readonly prompt: Int32Array;
  /** The turn that was judged; 1 is the first. */
  readonly turn: Int32Array;
  /** The system with the lower code of the two, and the other one. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly annotator: Int32Array;
  readonly group: Int32Array;
  /** 1 where nobody knows who judged: `annotator` is then a row for such votes, and no person. */
  readonly unnamed: Uint8Array;
  /** The system that stood on the left. */
  readonly left: Int32Array;
  readonly choice: Uint8Array;
  readonly origin: Uint8Array;
  /** 1 where `left` is where it stood on the screen; 0 where a file did not say. */
  readonly sideKnown: Uint8Array;
  /** Milliseconds that the annotator worked on it; −1 where nobody knows, or times were not read. */
  readonly activeMs: Int32Array;
  /** When it was judged: milliseconds since 1970, UTC; NaN where that is not known, or times were not read. */
  readonly at: Float64Array;
}

type ColumnName = Exclude<keyof JudgmentRows, "count">;
export type Columns = { [Name in ColumnName]: JudgmentRows[Name] };

/** Columns that double when they are full. */
export class GrowingColumns {
  columns = emptyColumns(1024);
  count = 0;

  /** Makes room for `more` rows. @returns the columns, and where in them the first of these rows goes */
  grow(more: number): { columns: Columns; from: number } {
    const from = this.count;
    this.count += more;
    let capacity = this.columns.prompt.length;
    while (capacity < this.count) capacity *= 2;
    if (capacity > this.columns.prompt.length) {
      // one after another, so that only one column at a time stands twice
      for (const name of COLUMN_NAMES) {
        const wider = ofLength(this.columns[name], capacity);
        wider.set(this.columns[name].subarray(0, from));
        Object.assign(this.columns, { [name]: wider });
      }
    }
    return { columns: this.columns, from };
  }
}

/** The rows at `positions`, in their order. */
export function rowsAt(columns: Columns, positions: Int32Array): JudgmentRows {
  return rowsInParts({ ...columns }, [positions])[0]!;
}

/**
 * The rows at each of the lists of positions, in their order. The columns are empty afterwards: each is let go of as
 * soon as it is taken apart, so that ten million rows never stand twice.
 * @param count how many rows of the columns are filled
 */
export function rowsInParts(
  columns: Columns,
  parts: readonly Int32Array[],
  count = columns.prompt.length,
): JudgmentRows[] {
  const taken = parts.map(() => emptyColumns(0));
  for (const name of COLUMN_NAMES) {
    const from = columns[name];
    Object.assign(columns, { [name]: ofLength(from, 0) });
    const isAlike = areAlike(from, count); // as turns mostly are, and whatever was not read
    parts.forEach((positions, part) => {
      const to = ofLength(from, positions.length);
      if (isAlike) to.fill(from[0]!);
      else for (let i = 0; i < to.length; i++) to[i] = from[positions[i]!]!;
      Object.assign(taken[part]!, { [name]: to });
    });
  }
  return taken.map((part, i) => ({ count: parts[i]!.length, ...part }));
}

type Column = Columns[ColumnName];

function areAlike(column: Column, count: number): boolean {
  for (let i = 1; i < count; i++) if (!Object.is(column[i], column[0])) return false;
  return count > 0;
}

/** A column of the same kind. */
function ofLength(column: Column, length: number): Column {
  if (column instanceof Int32Array) return wide(length);
  return column instanceof Uint8Array ? narrow(length) : doubles(length);
}

// in memory that threads share, so that a second one can read them too
const shared = (bytes: number) => new SharedArrayBuffer(bytes);
const wide = (length: number) => new Int32Array(shared(length * Int32Array.BYTES_PER_ELEMENT));
const narrow = (length: number) => new Uint8Array(shared(length));
const doubles = (length: number) => new Float64Array(shared(length * Float64Array.BYTES_PER_ELEMENT));

function emptyColumns(capacity: number): Columns {
  const [whole, small] = [() => wide(capacity), () => narrow(capacity)];
  return {
    ...{ prompt: whole(), turn: whole(), low: whole(), high: whole(), annotator: whole(), group: whole() },
    ...{ left: whole(), unnamed: small(), choice: small(), origin: small(), sideKnown: small() },
    ...{ activeMs: whole(), at: doubles(capacity) },
  };
}

export const COLUMN_NAMES = Object.keys(emptyColumns(0)) as ColumnName[];
