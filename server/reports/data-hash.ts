import { createHash } from "node:crypto";
import type { StudyData } from "./study-data.ts";

/**
 * A SHA-256 of the counted judgments of a study, in hexadecimal: which annotator chose what for which prompt, turn
 * and systems, on which side, and what models said when they were asked again. The same judgments give the same hash on either database, however they came in.
 */
export function dataHash({ facts, annotators, prompts, rows, again }: StudyData): string {
  const names = [
    prompts.map(({ name }) => name),
    facts.systems.map(({ name }) => name),
    annotators.map(({ name, group }) => [name, facts.groups[group]!.name]),
  ];
  const hash = createHash("sha256").update(JSON.stringify(names));
  const columns = [rows.prompt, rows.turn, rows.low, rows.high, rows.annotator, rows.left];
  const others = [again.row, again.isOtherOrder, again.left, again.choice]; // nothing where no model was asked again
  for (const column of [...columns, rows.choice, rows.origin, rows.sideKnown, ...others]) {
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest("hex");
}
