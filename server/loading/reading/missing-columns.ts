import { type ColumnSource, type Fields, hasColumn, requiredOf } from "./column-source.ts";
import { fileProblem, type RowProblem } from "./records.ts";

const NAMES_SHOWN = 30;

/** Columns that are mapped and that no row has. */
export class MissingColumns {
  readonly #sources: readonly ColumnSource[];
  readonly #missing = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #there = new Set<string>();

  constructor(sources: readonly ColumnSource[]) {
    this.#sources = sources;
    for (const { column } of sources) this.#missing.add(column);
  }

  see(row: Fields): void {
    if (this.#missing.size === 0) return;
    for (const source of this.#sources) {
      if (!this.#missing.has(source.column)) continue;
      for (const column of requiredOf(row, source)) {
        if (hasColumn(row, column)) this.#seen.add(column);
      }
      if (requiredOf(row, source).every((column) => this.#seen.has(column)))
        this.#missing.delete(source.column);
    }
    if (this.#missing.size > 0 && this.#there.size < NAMES_SHOWN)
      Object.keys(row).forEach((name) => this.#there.add(name));
  }

  problems(): RowProblem[] {
    const there = [...this.#there].join(", ") || "none";
    return [...this.#missing].map((column) =>
      fileProblem("NoSuchField", `No row has a field “${column}”. The fields are ${there}.`),
    );
  }
}
