import { compareCodeUnits } from "../rows/dense-ids.ts";
import type { Skips } from "../../contract/report-skips.ts";
import type { Reader } from "../../storage/database.ts";
import { answerKey, flagsInForce } from "../../studies/flags.ts";
import { promptsOfPart } from "../rows/prompts-of-part.ts";
import type { StudyData } from "../rows/study-data.ts";

type Flags = NonNullable<Skips["flags"]>;

/**
 * How often annotators who are not excluded flagged the responses of each system, and what on each prompt; on pairs of the main and
 * the shared set, of the part where the data are of one. Must run within one `database.read`.
 * @returns null where nobody flagged anything
 */
export async function readFlags(reader: Reader, data: StudyData): Promise<Flags | null> {
  const { facts, annotators, part } = data;
  const excluded = new Set(annotators.filter(({ excludedBy }) => excludedBy !== null).map(({ id }) => id));
  const ids = part === undefined ? null : new Set(await promptsOfPart(reader, facts.study.id, part));
  const flags = (await flagsInForce(reader, facts.study.id)).filter(
    (one) => one.isCounted && !excluded.has(one.annotatorId) && (ids === null || ids.has(one.promptId)),
  );
  if (flags.length === 0) return null;
  const named = flags.map(({ systemId, prompt, flag }) => {
    const system = facts.systems.find(({ id }) => id === systemId)?.label ?? null;
    return { prompt, system, flag };
  });
  return {
    answers: new Set(flags.map(answerKey)).size,
    annotators: new Set(flags.map(({ annotatorId }) => annotatorId)).size,
    bySystem: counted(named.map(({ system, flag }) => ({ system, flag }))),
    byPrompt: counted(named),
  };
}

/** Equal ones once, with their number; in the order of their names. */
function counted<One extends object>(all: readonly One[]): (One & { count: number })[] {
  const known = new Map<string, One & { count: number }>();
  for (const one of all) {
    const key = JSON.stringify(Object.values(one));
    const before = known.get(key);
    if (before) before.count++;
    else known.set(key, { ...one, count: 1 });
  }
  return [...known].sort(([a], [b]) => compareCodeUnits(a, b)).map(([, one]) => one);
}
