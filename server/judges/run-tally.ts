import type { Question } from "./ask.ts";
import { readsTooLittle, saidReadTooLittle } from "../model-servers/read-too-little.ts";
import type { CallResult } from "./finish-call.ts";

/** What the calls of one run came to, summed up, and what is odd about them. */
export class RunTally {
  readonly sum = {
    ...{ judged: 0, failed: 0, prompt: 0, completion: 0 },
    /** Calls that came back without a word of their tokens. */
    notTold: 0,
    /** Calls that are counted at the most that they may have cost. */
    atMost: 0,
    /** Whether any cost is known. */
    isPriced: false,
  };
  readonly #models = new Set<string>();
  #readTooLittle = 0;
  #cut = 0;
  #onlyThought = 0;

  /** @param isVerdict whether the reply makes a judgment: where several make one, only the last does */
  add(result: CallResult, question: Question, isVerdict: boolean): void {
    const { sum } = this;
    const { usage, charge, reply } = result;
    if (isVerdict) sum.judged++;
    if (!("choice" in result)) sum.failed++;
    sum.prompt += usage?.promptTokens ?? 0;
    sum.completion += usage?.completionTokens ?? 0;
    if (reply?.mayBeBilled && (reply.promptTokens === null || reply.completionTokens === null)) sum.notTold++;
    if (charge.isAtMost) sum.atMost++;
    sum.isPriced ||= charge.nanodollars !== null;
    if (reply?.reportedModel != null) this.#models.add(reply.reportedModel);
    if (readsTooLittle(usage?.promptTokens ?? null, question.request)) this.#readTooLittle++;
    if (!("failure" in result)) return;
    if (result.failure === "truncated") this.#cut++;
    if (result.failure === "only reasoning") this.#onlyThought++;
  }

  /** @param limit the most tokens of a reply, as they were wanted and as they were in the end */
  remarks({ from, to }: { from: number; to: number }): string[] {
    const models = [...this.#models].sort();
    return [
      ...(to > from
        ? [`Replies were cut off at ${from} tokens, and retried with ${to}: --max-tokens ${to} saves that.`]
        : this.#cut > 0
          ? [`${this.#cut} replies were cut off at their limit: --max-tokens raises it.`]
          : []),
      ...(this.#onlyThought > 0
        ? [
            `${this.#onlyThought} replies were nothing but reasoning: a higher --max-tokens may help, or less reasoning (--reasoning-effort low).`,
          ]
        : []),
      ...saidReadTooLittle(this.#readTooLittle),
      ...(models.length > 1
        ? [
            `The server answered as different models: ${models.join(", ")}. Verdicts of each count as one judge’s.`,
          ]
        : []),
    ];
  }
}
