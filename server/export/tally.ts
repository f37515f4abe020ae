/** Counts what was written, and what was left out for which reason. */
export class Tally {
  /** Judgments looked at. */
  judgments = 0;
  /** Rows written. */
  rows = 0;
  /** Cells that were changed for spreadsheets. */
  cellsChanged = 0;
  readonly #leftOut = new Map<string, number>();
  readonly #changed = new Map<string, number>();

  leaveOut(what: string): void {
    this.#leftOut.set(what, (this.#leftOut.get(what) ?? 0) + 1);
  }

  /** Notes a judgment that is written, but not as it is. */
  change(what: string): void {
    this.#changed.set(what, (this.#changed.get(what) ?? 0) + 1);
  }

  /** The most frequent first. */
  get leftOut(): Counted[] {
    return sorted(this.#leftOut);
  }

  get changed(): Counted[] {
    return sorted(this.#changed);
  }
}

export interface Counted {
  readonly what: string;
  readonly judgments: number;
}

const sorted = (counts: ReadonlyMap<string, number>): Counted[] =>
  [...counts].map(([what, judgments]) => ({ what, judgments })).sort((a, b) => b.judgments - a.judgments);
