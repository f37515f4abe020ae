import type { JudgmentRecord, ResponseRecord } from "../../../../../server/loading/reading/records.ts";
import { parseFieldMap } from "../../../../../server/loading/reading/field-map.ts";
import type { FileOptions } from "../../../../../server/loading/reading/options.ts";
import { written } from "../reading-support.ts";

/** What rows come to as JSON lines, without a flag or with a mapping. */
export async function readRows(rows: readonly object[], map = "", over: Partial<FileOptions> = {}) {
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  return apart(await written("rows.jsonl", lines, { map: parseFieldMap(map), ...over }));
}

/** What a JSON file comes to. */
export const readJson = async (value: unknown, map = "") =>
  apart(await written("file.json", JSON.stringify(value, null, 1), { map: parseFieldMap(map) }));

/** What a CSV file comes to. */
export const readCsv = async (text: string, map = "") =>
  apart(await written("file.csv", text, { map: parseFieldMap(map) }));

function apart(read: Awaited<ReturnType<typeof written>>) {
  const judgments: JudgmentRecord[] = read.records.filter((one) => one.kind === "judgment");
  const responses: ResponseRecord[] = read.records.filter((one) => one.kind === "response");
  return { ...read, judgments, responses, remarked: read.remarks.map(({ row, name }) => `${row} ${name}`) };
}

/** Who won each judgment, or that it was a tie. */
export const winners = (judgments: readonly JudgmentRecord[]): string[] =>
  judgments.map(({ choice, leftSystem, rightSystem }) =>
    choice === "left" ? leftSystem : choice === "right" ? rightSystem : choice,
  );
