import type { SkipReason } from "../../contract/words.ts";
import type { Reader } from "../../storage/database.ts";
import { skipsInForce } from "../../studies/skips.ts";
import { promptsOfPart } from "../rows/prompts-of-part.ts";
import type { StudyData } from "../rows/study-data.ts";

/** A skip by codes. */
export interface SkipRow {
  /** The system with the lower code of the two, and the other one. */
  readonly low: number;
  readonly high: number;
  readonly prompt: number;
  readonly turn: number;
  readonly annotator: number;
  readonly group: number;
  readonly reason: SkipReason;
}

/**
 * The skips of annotators who are not excluded, in an order that depends on names alone; of the prompts of the part, where the data
 * are of one. Must run within one `database.read`.
 */
export async function readSkips(reader: Reader, data: StudyData): Promise<SkipRow[]> {
  const { facts, annotators, prompts, part } = data;
  const skips = (await skipsInForce(reader, facts.study.id)).filter(({ isCounted }) => isCounted);
  if (skips.length === 0) return [];
  const ids = part === undefined ? null : new Set(await promptsOfPart(reader, facts.study.id, part));
  const codeOf = (all: readonly { id: number }[]) => new Map(all.map(({ id }, code) => [id, code]));
  const [annotatorCodes, promptCodes] = [codeOf(annotators), codeOf(prompts)];
  const rows = skips.flatMap(({ annotatorId, promptId, turn, reason, ...systems }) => {
    const [annotator, prompt] = [annotatorCodes.get(annotatorId), promptCodes.get(promptId)];
    if (annotator === undefined || prompt === undefined) return [];
    const { excludedBy, group } = annotators[annotator]!;
    if (excludedBy !== null || (ids !== null && !ids.has(promptId))) return [];
    const [one, other] = [facts.systemCodes.of(systems.low), facts.systemCodes.of(systems.high)];
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    return [{ low, high, prompt, turn, annotator, group, reason }];
  });
  return rows.sort(
    (a, b) =>
      a.low - b.low || a.high - b.high || a.prompt - b.prompt || a.turn - b.turn || a.annotator - b.annotator,
  );
}
