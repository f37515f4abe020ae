import type { Fields } from "./field-map.ts";
import type { RowProblem } from "./records.ts";

/** One row of a file as it stands there, or what is wrong with it. */
export type RawRow = { readonly at: number; readonly fields: Fields } | { readonly problem: RowProblem };
