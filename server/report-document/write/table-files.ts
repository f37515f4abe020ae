import { withoutIsolates } from "../../charts/isolate.ts";
import type { Table } from "../document.ts";
import { PACKAGES, tableLatex } from "./latex-table.ts";
import { tableCsv } from "./table-csv.ts";

/** One table as a CSV file, every row of it. */
export const csvFile = (table: Table): string => withoutIsolates(tableCsv(table));

/** One table as a LaTeX file, as it is in the LaTeX of the whole report. */
export const latexFile = (table: Table, study: string): string =>
  [PACKAGES, ...tableLatex(table, study, null), ""].join("\n");
