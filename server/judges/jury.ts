import type { Context } from "../context.ts";
import type { JudgeLimits } from "../contract/judges.ts";
import { Budget } from "../model-servers/budget.ts";
import { JudgeWrong } from "./errors.ts";
import { prepareJudge } from "./judge-annotator.ts";
import { type JudgeMeans, type JudgeRequest, judgeStudy, requirePossible } from "./judge-study.ts";
import type { RunSummary } from "./run.ts";

interface JuryWanted {
  /** One per judge, all of one group. */
  readonly requests: readonly JudgeRequest[];
  /** For all of them together. */
  readonly limits: Pick<JudgeLimits, "calls" | "dollars" | "minutes">;
  readonly meansOf: (request: JudgeRequest) => Promise<JudgeMeans>;
}

/**
 * Lets several models judge a study at once, each as its own annotator and run, with one budget. One that ends, for
 * whatever reason, ends none of the others; nothing is sent before all of them are ready.
 * @throws StudyNotFound, JudgeNotReady, JudgeWrong
 */
export async function judgeWithJury(
  context: Context,
  { requests, limits, meansOf }: JuryWanted,
): Promise<readonly { readonly annotator: string; readonly summary: RunSummary }[]> {
  await assertJury(context, { requests, limits });
  const means = await Promise.all(requests.map(meansOf));
  for (const request of requests) await prepareJudge(context, { ...request, judges: requests.length });
  const sharedBudget = new Budget(limits, context.clock().getTime());
  const runs = requests.map((request, i) => judgeStudy(context, request, { ...means[i]!, sharedBudget }));
  const ended = await Promise.allSettled(runs);
  const died = ended.find((one) => one.status === "rejected");
  if (died) throw died.reason;
  return ended.flatMap((one, i) =>
    one.status === "fulfilled" ? [{ annotator: requests[i]!.annotator, summary: one.value }] : [],
  );
}

/** @throws JudgeWrong where two judges have one name, or one cannot judge */
export async function assertJury(
  context: Context,
  { requests, limits }: Pick<JuryWanted, "requests" | "limits">,
): Promise<void> {
  const names = requests.map(({ annotator }) => annotator);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new JudgeWrong(`Two judges are named ${twice}: give each another name with “annotator”.`);
  const unpriced = requests.find(({ price }) => limits.dollars !== null && price === null);
  if (unpriced)
    throw new JudgeWrong(
      `A limit in dollars needs the price of every model, and that of ${unpriced.settings.model} is not known.`,
    );
  for (const request of requests) await requirePossible(context, request);
}
