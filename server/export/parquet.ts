import fs from "node:fs";
import { fileWriter, parquetWriteRows, type SchemaElement } from "hyparquet-writer";
import { cannotWrite } from "./cannot-write.ts";
import { JUDGMENT_COLUMNS, type JudgmentColumn, type JudgmentRow } from "./columns.ts";

/** Rows that are held at once, and are compressed together. */
const GROUP_ROWS = 20_000;

/** Columns that are not text. */
const TYPES: Partial<Record<JudgmentColumn, Omit<SchemaElement, "name">>> = {
  turn: { type: "INT32" },
  side_known: { type: "BOOLEAN" },
  earlier_choices: { type: "BYTE_ARRAY", converted_type: "JSON" },
  strength: { type: "INT32" },
  answers: { type: "BYTE_ARRAY", converted_type: "JSON" },
  headline: { type: "BOOLEAN" },
  created_at: {
    type: "INT64",
    converted_type: "TIMESTAMP_MILLIS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
  },
  active_ms: { type: "INT32" },
  model_calls: { type: "BYTE_ARRAY", converted_type: "JSON" },
  metadata: { type: "BYTE_ARRAY", converted_type: "JSON" },
};

const SCHEMA: SchemaElement[] = [
  { name: "judgments", num_children: JUDGMENT_COLUMNS.length },
  ...JUDGMENT_COLUMNS.map((name): SchemaElement => {
    const type = TYPES[name] ?? { type: "BYTE_ARRAY", converted_type: "UTF8" };
    return { name, repetition_type: "OPTIONAL", ...type };
  }),
];

/**
 * Writes judgments as a Parquet file with the columns of the CSV, typed: times are timestamps, lists and objects
 * JSON, and no value is null. The file appears under its name once it is whole.
 * @throws ExportWrong where the place cannot be written
 */
export async function writeParquet(path: string, rows: AsyncIterable<readonly object[]>): Promise<void> {
  const part = `${path}.part`;
  try {
    await parquetWriteRows({
      writer: fileWriter(part),
      rows: typed(rows),
      columns: JUDGMENT_COLUMNS.map((name) => ({ name })),
      schema: SCHEMA,
      rowGroupSize: GROUP_ROWS,
      createdBy: "tiebreak",
    });
    await fs.promises.rename(part, path);
  } catch (error) {
    await fs.promises.rm(part, { force: true });
    throw cannotWrite(path, error);
  }
}

async function* typed(pages: AsyncIterable<readonly object[]>): AsyncGenerator<Record<string, unknown>> {
  for await (const page of pages) {
    for (const row of page as readonly JudgmentRow[]) {
      const { created_at } = row;
      yield { ...row, created_at: typeof created_at === "string" ? new Date(created_at) : null };
    }
  }
}
