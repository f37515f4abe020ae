import type { FileOptions } from "../../../../server/loading/reading/options.ts";
import type { LoadRecord, RowRemark } from "../../../../server/loading/reading/records.ts";
import { written } from "./reading-support.ts";

export type Row = Record<string, unknown>;
const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
/** Reads rows as JSON lines. */
export const readLines = (rows: readonly unknown[], over: Partial<FileOptions> = {}) =>
  written("rows.jsonl", lines(rows), { fileName: "rows.jsonl", ...over });
/** Reads a value as a JSON file, whose name and folder may say whose outputs it holds. */
export const readJson = (value: unknown, fileName = "rows.json", over: Partial<FileOptions> = {}) =>
  written("rows.json", JSON.stringify(value, null, 1), { fileName, ...over });

/** The records of one kind. */
export const ofKind = <K extends LoadRecord["kind"]>(
  records: readonly LoadRecord[],
  kind: K,
): Extract<LoadRecord, { kind: K }>[] =>
  records.filter((one): one is Extract<LoadRecord, { kind: K }> => one.kind === kind);
/** The responses, each after its system. */
export const outputs = (records: readonly LoadRecord[]) =>
  ofKind(records, "response").map(({ system, turns }) => `${system}: ${turns.join(" / ")}`);
export const prompts = (records: readonly LoadRecord[]) =>
  ofKind(records, "prompt").map(({ turns }) => turns.join(" / "));
/** Remarks with their rows, as far as they are of rows. */
export const remarked = (remarks: readonly RowRemark[]) =>
  remarks.filter(({ row }) => row > 0).map(({ row, name, message }) => `${row} ${name}: ${message}`);

export const user = (content: unknown) => ({ role: "user", content });
export const assistant = (content: unknown) => ({ role: "assistant", content });
export const told = { role: "system", content: "Be brief." };
