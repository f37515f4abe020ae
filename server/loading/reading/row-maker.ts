import type { Fields } from "./column-source.ts";
import type { FileRemark, RowProblem } from "./records.ts";

/** Makes of a file's rows such as a format's reader takes; counts what it meets, so that it serves one pass. */
export interface RowMaker {
  /** @throws RowFault where nothing can be made of the row */
  readonly make: (row: Fields) => Fields[];
  /** Columns that are named and that no row had. */
  readonly missing: () => RowProblem[];
  /** What is wrong with the file as a whole, known once all rows are made. */
  readonly problems: () => RowProblem[];
  readonly remarks: () => FileRemark[];
}
