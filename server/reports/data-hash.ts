import { createHash } from "node:crypto";
import type { StudyData } from "../analysis/rows/study-data.ts";

/** Whose names are part of the hash: 1 under the code of each prompt, system and annotator. */
export interface Listed {
  readonly prompts: Uint8Array;
  readonly systems: Uint8Array;
  readonly annotators: Uint8Array;
}

/**
 * A SHA-256 of the counted judgments of a study, in hexadecimal: which annotator chose what for which prompt, turn
 * and systems, on which side, and what models said when they were asked again. The same judgments give the same hash on
 * either database, however they came in; prompts, systems and annotators without a judgment are no part of it.
 * @param listed whose names count besides; if not said, of those alone that a judgment is of
 */
export function dataHash(data: StudyData, listed: Listed = judgedOf(data)): string {
  const { facts, annotators, prompts, rows, again } = data;
  const names = [
    prompts.filter((_, code) => listed.prompts[code]).map(({ name }) => name),
    facts.systems.filter((_, code) => listed.systems[code]).map(({ name }) => name),
    annotators
      .filter((_, code) => listed.annotators[code])
      .map(({ name, group }) => [name, facts.groups[group]!.name]),
  ];
  const hash = createHash("sha256").update(JSON.stringify(names));
  const [prompt, system, annotator] = [listed.prompts, listed.systems, listed.annotators].map(placesOf);
  const placed = (column: Int32Array, places: Int32Array | undefined) => column.map((code) => places![code]!);
  const columns = [
    placed(rows.prompt, prompt),
    rows.turn,
    placed(rows.low, system),
    placed(rows.high, system),
  ];
  const sides = [placed(rows.annotator, annotator), placed(rows.left, system)];
  const others = [again.row, again.isOtherOrder, placed(again.left, system), again.choice]; // nothing where no model was asked again
  for (const column of [...columns, ...sides, rows.choice, rows.origin, rows.sideKnown, ...others]) {
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest("hex");
}

/** Those that a counted judgment is of or by. */
export function judgedOf({ rows, prompts, annotators, facts }: StudyData): Listed {
  return {
    prompts: marked(prompts.length, [rows.prompt]),
    systems: marked(facts.systems.length, [rows.low, rows.high]),
    annotators: marked(annotators.length, [rows.annotator]),
  };
}

function marked(length: number, columns: readonly Int32Array[]): Uint8Array {
  const marks = new Uint8Array(length);
  for (const column of columns) for (const code of column) marks[code] = 1;
  return marks;
}

/** Of each code its place among those that are marked. */
function placesOf(marks: Uint8Array): Int32Array {
  let place = 0;
  return Int32Array.from(marks, (mark) => (mark === 1 ? place++ : -1));
}
