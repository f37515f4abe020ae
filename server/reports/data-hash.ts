import { createHash } from "node:crypto";
import type { StudyData } from "./study-data.ts";

/**
 * A SHA-256 of the counted judgments of a study, in hexadecimal: which annotator chose what for which prompt, turn
 * and systems, on which side. The same judgments give the same hash on either database, however they came in.
 */
export function dataHash({ facts, annotators, prompts, rows }: StudyData): string {
  const names = [
    prompts.map(({ name }) => name),
    facts.systems.map(({ name }) => name),
    annotators.map(({ name, group }) => [name, facts.groups[group]!.name]),
  ];
  const hash = createHash("sha256").update(JSON.stringify(names));
  const columns = [rows.prompt, rows.turn, rows.low, rows.high, rows.annotator, rows.left];
  for (const column of [...columns, rows.choice, rows.origin, rows.sideKnown]) {
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest("hex");
}
