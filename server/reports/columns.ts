import type { Choice, Origin } from "../contract/words.ts";

/** What the codes in `JudgmentRows.choice` stand for, by position. */
export const CHOICES: readonly Choice[] = ["left", "tie", "right", "both_bad"];

/** What the codes in `JudgmentRows.origin` stand for, by position. */
export const ORIGINS: readonly Origin[] = ["handed_out", "loaded", "simulated", "reconstructed"];

/**
 * Counted judgments, one a row, a typed array a column. Prompts, systems and annotators are codes from 0
 * in the code-unit order of their external ids, so that nothing depends on the order of rows in a table.
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
  /** The system that stood on the left. */
  readonly left: Int32Array;
  readonly choice: Uint8Array;
  readonly origin: Uint8Array;
  /** 1 where `left` is where it stood on the screen; 0 where a file did not say. */
  readonly sideKnown: Uint8Array;
  /** Milliseconds that the annotator worked on it; −1 where nobody knows. */
  readonly activeMs: Int32Array;
  /** When it was judged: milliseconds since 1970, UTC; NaN where a file says something that is no time. */
  readonly at: Float64Array;
}

type ColumnName = Exclude<keyof JudgmentRows, "count">;
type Columns = { [Name in ColumnName]: JudgmentRows[Name] };

/** Collects rows into columns that double when they are full. */
export class RowCollector {
  #count = 0;
  #capacity = 1024;
  #columns = emptyColumns(this.#capacity);

  add(row: Readonly<Record<ColumnName, number>>): void {
    if (this.#count === this.#capacity) this.#grow();
    const columns = this.#columns;
    const at = this.#count++;
    columns.prompt[at] = row.prompt;
    columns.turn[at] = row.turn;
    columns.low[at] = row.low;
    columns.high[at] = row.high;
    columns.annotator[at] = row.annotator;
    columns.group[at] = row.group;
    columns.left[at] = row.left;
    columns.choice[at] = row.choice;
    columns.origin[at] = row.origin;
    columns.sideKnown[at] = row.sideKnown;
    columns.activeMs[at] = row.activeMs;
    columns.at[at] = row.at;
  }

  /** Everything added so far, in the order of the positions that `order` gives (its columns may be longer than `count`). */
  rows(order: (unordered: JudgmentRows) => Int32Array): JudgmentRows {
    const count = this.#count;
    const unordered = this.#columns;
    const positions = order({ count, ...unordered });
    const ordered = emptyColumns(count);
    for (const name of Object.keys(ordered) as ColumnName[]) {
      const [from, to] = [unordered[name], ordered[name]];
      for (let i = 0; i < count; i++) to[i] = from[positions[i]!]!;
    }
    return { count, ...ordered };
  }

  #grow(): void {
    const wider = emptyColumns(this.#capacity * 2);
    for (const name of Object.keys(wider) as ColumnName[]) wider[name].set(this.#columns[name]);
    this.#columns = wider;
    this.#capacity *= 2;
  }
}

function emptyColumns(capacity: number): Columns {
  const wide = () => new Int32Array(capacity);
  const narrow = () => new Uint8Array(capacity);
  return {
    ...{ prompt: wide(), turn: wide(), low: wide(), high: wide(), annotator: wide(), group: wide() },
    ...{ left: wide(), choice: narrow(), origin: narrow(), sideKnown: narrow() },
    ...{ activeMs: wide(), at: new Float64Array(capacity) },
  };
}
