import { type Fields, mappedColumns, renamer } from "./field-map.ts";
import { MissingColumns } from "./missing-columns.ts";
import type { FileOptions } from "./options.ts";
import type { FileRemark, RowProblem } from "./records.ts";
import type { RowMaker } from "./row-maker.ts";
import { ValuesSeen } from "./translation.ts";

/** A file's rows under the names that the researcher maps them to, one of ours for each. */
export class MappedRows implements RowMaker {
  readonly #seen = new ValuesSeen();
  readonly #missing: MissingColumns;
  readonly #rename: (row: Fields) => Fields;
  readonly #fileName: string;

  /** @param own what a format then makes of a row */
  constructor({ map, fileName }: FileOptions, own: (row: Fields) => Fields) {
    const rename = renamer(map, this.#seen);
    this.#rename = (row) => own(rename(row));
    this.#missing = new MissingColumns(mappedColumns(map));
    this.#fileName = fileName;
  }

  make = (row: Fields): Fields[] => {
    this.#missing.see(row);
    return [this.#rename(row)];
  };

  missing = (): RowProblem[] => this.#missing.problems();

  problems = (): RowProblem[] => this.#seen.problems(this.#fileName);

  remarks = (): FileRemark[] => this.#seen.remarks();
}
