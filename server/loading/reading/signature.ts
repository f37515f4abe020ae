import type { FieldMap, Fields } from "./field-map.ts";
import type { FileOptions, FormatName } from "./options.ts";
import type { LoadRecord, RowFault, RowNote } from "./records.ts";

/** What proves a format: it must have all of these fields, one of each list, and none of the last ones. */
export interface Signature {
  readonly format: FormatName;
  /** Where the format's own names stand for ours. */
  readonly map?: FieldMap;
  readonly all: readonly string[];
  readonly oneOf?: readonly string[];
  readonly none?: readonly string[];
  /** What else must hold of the row, where names are not enough. */
  readonly is?: (row: Fields) => boolean;
}

/** Reads a row. A fault in the list is of a part of it, of which the rest can be taken. */
export type RowReader = (
  row: Fields,
  at: number,
  options: FileOptions,
) => (LoadRecord | RowFault | RowNote)[];
