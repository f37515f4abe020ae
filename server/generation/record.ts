import type { Answer } from "./converse.ts";
import type { GenerationSettings } from "./settings.ts";

/**
 * What is kept beside a response: with which settings it was asked for, as they were sent, and what the server said of
 * each turn. Under one name, so that it meets no column of a file.
 */
export function recordOf(
  sent: GenerationSettings,
  answers: readonly Answer[],
  refused: readonly string[],
): { readonly generation: object } {
  const last = answers.at(-1)!;
  return {
    generation: {
      ...sent,
      /** Members of the request that the server does not take: it was asked without. */
      notTaken: refused,
      reportedModel: last.reply.reportedModel,
      fingerprint: last.reply.fingerprint,
      at: last.at,
      truncated: isTruncated(answers),
      turns: answers.map(({ at, latencyMs, reply }) => {
        const { finish, promptTokens, completionTokens } = reply;
        return { at, latencyMs, finish, promptTokens, completionTokens };
      }),
    },
  };
}

/** Whether a turn was cut off at the most tokens. */
export const isTruncated = (answers: readonly Answer[]): boolean =>
  answers.some(({ reply }) => reply.finish === "length");
