import type { Fields } from "./field-map.ts";
import type { RowProblem, RowRemark } from "./records.ts";

/** One row of a file as it stands there, or what is wrong with it, or what should be known of the file. */
export type RawRow =
  | { readonly at: number; readonly fields: Fields }
  | { readonly problem: RowProblem }
  | { readonly remark: RowRemark };
