import { TiebreakError } from "../../contract/errors.ts";
import type { Reader } from "../../storage/database.ts";
import { type RePresentations, NO_RE_PRESENTATIONS } from "./re-presentations.ts";
import type { PromptPart } from "./prompt-parts.ts";
import { type JudgmentRows, rowsAt } from "./judgment-columns.ts";
import { promptsOfPart } from "./prompts-of-part.ts";
import type { StudyData } from "./study-data.ts";

class PartNotFound extends TiebreakError {
  constructor({ field, value }: PromptPart) {
    super("PartNotFound", 404, `No prompt of the study has ${field} “${value}”.`);
  }
}

/**
 * A study as if it had the prompts of one part alone. No test of it was declared beforehand, since the part is chosen
 * afterwards. Counts of repeats and surplus and the calls of models stay those of the whole study.
 * @throws PartNotFound where no prompt belongs to it
 */
export async function onlyPart(reader: Reader, data: StudyData, part: PromptPart): Promise<StudyData> {
  const ids = new Set(await promptsOfPart(reader, data.facts.study.id, part));
  const isIn = Uint8Array.from(data.prompts, ({ id }) => (ids.has(id) ? 1 : 0));
  const prompts = isIn.reduce((sum, one) => sum + one, 0);
  if (prompts === 0) throw new PartNotFound(part);
  const { rows, excluded, again } = data;
  const kept = placesIn(rows, isIn);
  return {
    ...data,
    rows: rowsAt({ ...rows }, kept),
    excluded: rowsAt({ ...excluded }, placesIn(excluded, isIn)),
    again: againAt(again, kept, rows.count),
    withoutText: { comparisons: 0, judgments: 0 },
    part: { ...part, prompts },
  };
}

function placesIn({ prompt, count }: JudgmentRows, isIn: Uint8Array): Int32Array {
  const places = new Int32Array(count);
  let found = 0;
  for (let i = 0; i < count; i++) if (isIn[prompt[i]!] === 1) places[found++] = i;
  return places.slice(0, found);
}

/** What was judged again, with the rows under their new numbers. */
function againAt(again: RePresentations, kept: Int32Array, rows: number): RePresentations {
  if (again.count === 0) return NO_RE_PRESENTATIONS;
  const now = new Int32Array(rows).fill(-1);
  kept.forEach((row, i) => (now[row] = i));
  const places = Int32Array.from(again.row.keys()).filter((k) => now[again.row[k]!]! >= 0);
  return {
    count: places.length,
    row: places.map((k) => now[again.row[k]!]!),
    isOtherOrder: Uint8Array.from(places, (k) => again.isOtherOrder[k]!),
    left: places.map((k) => again.left[k]!),
    choice: Uint8Array.from(places, (k) => again.choice[k]!),
    first: Uint8Array.from(places, (k) => again.first[k]!),
  };
}
