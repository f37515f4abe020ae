import { ByteWriter, parquetWriteRows, type SchemaElement } from "hyparquet-writer";
import type { PromptSetItem } from "../../contract/prompt-sets.ts";

/** The columns of a set as a table; lists and objects are JSON. */
const COLUMNS = [
  ...(["prompt_id", "split", "prompt", "response", "source", "group", "tags"] as const),
  ...(["licence", "url", "attribution", "fields"] as const),
];
type Cells = Record<(typeof COLUMNS)[number], string | null>;

const cellsOf = ({ id, turns, group, tags, fields, ...item }: PromptSetItem): Cells => ({
  prompt_id: id,
  split: item.split,
  prompt: turns.length === 1 ? turns[0]! : JSON.stringify(turns),
  response: item.response,
  source: item.source,
  group,
  tags: tags.length === 0 ? null : JSON.stringify(tags),
  licence: item.licence,
  url: item.url,
  attribution: item.attribution,
  fields: Object.keys(fields).length === 0 ? null : JSON.stringify(fields),
});

const SCHEMA: SchemaElement[] = [
  { name: "prompts", num_children: COLUMNS.length },
  ...COLUMNS.map((name): SchemaElement => ({
    ...{ name, repetition_type: "OPTIONAL", type: "BYTE_ARRAY" },
    converted_type: name === "tags" || name === "fields" ? "JSON" : "UTF8",
  })),
];

/** A version as CSV or Parquet, a row for each prompt. */
export async function writeTable(items: readonly PromptSetItem[], as: "csv" | "parquet") {
  const rows = items.map(cellsOf);
  if (as === "csv") {
    const all = [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => row[name]))];
    const body = all.map((cells) => `${cells.map((cell) => quoted(cell ?? "")).join(",")}\n`).join("");
    return { ending: "prompts.csv", type: "text/csv", body, leftOut: 0 };
  }
  const writer = new ByteWriter();
  const typed = rows.map((row) => ({
    ...row,
    tags: row.tags === null ? null : (JSON.parse(row.tags) as unknown),
    fields: row.fields === null ? null : (JSON.parse(row.fields) as unknown),
  }));
  await parquetWriteRows({
    ...{ writer, rows: typed, columns: COLUMNS.map((name) => ({ name })), schema: SCHEMA },
    createdBy: "tiebreak",
  });
  const type = "application/vnd.apache.parquet";
  return { ending: "prompts.parquet", type, body: Buffer.from(writer.getBytes()), leftOut: 0 };
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
