import type { ReadingMark, ReadingSort } from "../../contract/judged.ts";
import type { Reader } from "../../storage/database.ts";
import { readTextFeatures } from "../effects/read-texts.ts";
import type { PromptPart } from "../rows/prompt-parts.ts";
import { promptsOfPart } from "../rows/prompts-of-part.ts";
import type { StudyData } from "../rows/study-data.ts";
import { findMarked, findText, holdsText } from "./matches.ts";
import {
  byPlace,
  type ComparisonKey,
  cursorOf,
  keyText,
  NO_VALUE,
  type Placed,
  placeOf,
  placedComparisons,
} from "./order.ts";

/** Which comparisons are wanted, in which order, and from where on. */
export interface ReadingQuestion {
  readonly study: string;
  readonly sort: ReadingSort;
  /** The names of the groups whose judgments are read. */
  readonly groups: readonly string[];
  /** The ids of both systems, or of one; none: any. */
  readonly systems: readonly number[];
  /** A prompt by its name. */
  readonly prompt?: string | undefined;
  readonly part?: PromptPart | undefined;
  readonly text?: string | undefined;
  readonly mark?: ReadingMark | undefined;
  /** The cursor of the last comparison before. */
  readonly after: string;
  readonly limit: number;
}

/** A comparison in its place, with the cursor that leads to what comes after it. */
export type ReadingPlace = ComparisonKey & { readonly cursor: string };

/** Whether a sort asks when judgments were made, or how long they took. */
export const isTimed = (sort: ReadingSort): boolean => sort === "seconds" || sort === "latest";

/**
 * The next comparisons in the order asked for. Those that are in no figure are not among them, except where skipped
 * ones are asked for. Must run within the `database.read` that `data` was read in.
 */
export async function readingOrder(
  reader: Reader,
  data: StudyData,
  question: ReadingQuestion,
): Promise<ReadingPlace[]> {
  const { sort, mark, limit } = question;
  const marked = mark === undefined ? null : await findMarked(reader, data.facts.study.id, mark);
  const isWanted = await wantedBy(reader, data, question, marked);
  const isRead = Uint8Array.from(data.facts.groups, ({ name }) => (question.groups.includes(name) ? 1 : 0));
  const placed = placedComparisons(data, {
    sort: sort === "made" ? "judgments" : sort,
    isRead: (group) => isRead[group] === 1,
    isWanted,
    texts: sort === "length" ? await readTextFeatures(reader, data) : null,
  });
  if (mark === "skipped") addUnjudged(placed, [...marked!.values()].filter(isWanted));
  const order = sort === "made" ? await asMade(reader, data, placed) : placed;
  const from = placeOf(question.after);
  return order
    .filter((one) => from === null || byPlace(one, from) > 0)
    .sort(byPlace)
    .slice(0, limit)
    .map(({ promptId, turn, low, high, ...place }) => {
      const key = { promptId, turn, low, high };
      return { ...key, cursor: cursorOf({ ...key, ...place }) };
    });
}

async function wantedBy(
  reader: Reader,
  data: StudyData,
  { systems, prompt, part, text, mark }: ReadingQuestion,
  marked: ReadonlyMap<string, ComparisonKey> | null,
): Promise<(key: ComparisonKey) => boolean> {
  const inPart = part && new Set(await promptsOfPart(reader, data.facts.study.id, part));
  const named = prompt === undefined ? null : (data.prompts.find(({ name }) => name === prompt)?.id ?? -1);
  const matches = text === undefined ? null : await findText(reader, data, text);
  return (key) =>
    systems.every((id) => id === key.low || id === key.high) &&
    (named === null || named === key.promptId) &&
    (inPart === undefined || inPart.has(key.promptId)) &&
    (marked === null || marked.has(keyText(key)) !== (mark === "open")) &&
    (matches === null || holdsText(matches, key));
}

function addUnjudged(placed: Placed[], skipped: readonly ComparisonKey[]): void {
  const judged = new Set(placed.map(keyText));
  for (const key of skipped)
    if (!judged.has(keyText(key))) placed.push({ ...key, value: NO_VALUE, judgments: 0 });
}

/** The same in the order in which the comparisons were made. */
async function asMade({ db }: Reader, { facts }: StudyData, placed: readonly Placed[]): Promise<Placed[]> {
  const rows = await db
    .selectFrom("comparison")
    .select(["id", "prompt_id as promptId", "turn", "low_system_id as low", "high_system_id as high"])
    .where("study_id", "=", facts.study.id)
    .execute();
  const ids = new Map(rows.map((row) => [keyText(row), row.id]));
  return placed.map((one) => ({ ...one, value: -ids.get(keyText(one))! }));
}
