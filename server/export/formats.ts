import { alpacaEvalFormat } from "./as-alpaca-eval.ts";
import { arenaFormat, mtBenchFormat } from "./as-battles.ts";
import { csvFormat, jsonlFormat, parquetFormat } from "./as-judgments.ts";
import { dpoFormat, ktoFormat } from "./as-trl.ts";
import type { ExportFormat } from "./format.ts";

/** The formats whose rows are made of judgments. */
export const JUDGMENT_FORMATS = {
  jsonl: jsonlFormat,
  csv: csvFormat,
  parquet: parquetFormat,
  arena: arenaFormat,
  "alpaca-eval": alpacaEvalFormat,
  "mt-bench": mtBenchFormat,
  dpo: dpoFormat,
  kto: ktoFormat,
} as const satisfies Record<string, ExportFormat>;

export type JudgmentFormatName = keyof typeof JUDGMENT_FORMATS;

/** Everything that `--as` takes: besides those, the texts alone, and the replication pack. */
export const EXPORT_FORMATS = [
  ...(Object.keys(JUDGMENT_FORMATS) as JudgmentFormatName[]),
  "texts",
  "pack",
] as const;
export type ExportFormatName = (typeof EXPORT_FORMATS)[number];
