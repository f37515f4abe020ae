import { rowOf } from "./columns.ts";
import type { ExportFormat } from "./format.ts";

const TEXTS = "the texts of prompts and responses, with their metadata (--as texts writes them)";
const STUDY = "the protocol, the seed and the title of the study (--as pack writes them)";

/** All judgments, one JSON object a line. */
export const jsonlFormat: ExportFormat = {
  container: "jsonl",
  needsTexts: false,
  takesAll: true,
  notCarried: [TEXTS, STUDY],
  rowsOf: (judgment) => [rowOf(judgment)],
};

/** All judgments, one row each under a header. */
export const csvFormat: ExportFormat = { ...jsonlFormat, container: "csv" };

/** The columns of the CSV, typed. */
export const parquetFormat: ExportFormat = {
  ...jsonlFormat,
  container: "parquet",
  notCarried: [...jsonlFormat.notCarried, "a way back: Parquet is written and not loaded (--as jsonl is)"],
};
