import type { Context } from "../../../server/context.ts";
import { judgeSome } from "../quality/quality-support.ts";
import { type Made, openStudy } from "../../support/study.ts";

const PROMPTS = 24;

/** Somebody who reads: of every second prompt the answer of the target is better, on whichever side it is. */
const reads = (left: string) =>
  left.includes("answer of t ") === (Number(/to (\d+)/.exec(left)?.[1]) % 2 === 0) ? "left" : "right";

/**
 * An open study whose first annotator always clicks left, whose second takes a second, and whose next two read; a fifth was
 * invited and has not come.
 */
export async function openWithCareless(context: Context): Promise<Made> {
  const groups = [
    { name: "crowd", kind: "crowd" as const, judgments: 4, sharedJudgments: 4 },
    { name: "authors", kind: "author" as const, judgments: 1, sharedJudgments: 1 },
  ].map((group) => ({ ...group, judgmentsPerAnnotator: null, headline: true }));
  const made = await openStudy(context, {
    ...{ prompts: PROMPTS, baselines: 1, annotators: 5 },
    protocol: { groups, messages: true },
  });
  const [left, fast, ...others] = made.tokens;
  await judgeSome(made.desk, left!, { choose: () => "left" });
  await judgeSome(made.desk, fast!, { choose: reads, activeMs: 1000 });
  for (const token of others.slice(0, 2)) await judgeSome(made.desk, token, { choose: reads, most: 20 });
  return made;
}
