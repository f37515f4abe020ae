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
      truncated: !isWhole(answers),
      turns: answers.map(({ at, latencyMs, reply }) => {
        const { finish, finishWord, promptTokens, completionTokens, thinking } = reply;
        const told = { at, latencyMs, finish, promptTokens, completionTokens };
        const word = finish === "complete" ? {} : { finishWord };
        return { ...told, ...word, ...(thinking === null ? {} : { thinking }) };
      }),
    },
  };
}

/** Whether the server said of every turn that it came to its end, in a word that is known. */
export const isWhole = (answers: readonly Answer[]): boolean =>
  answers.every(({ reply }) => reply.finish === "complete");

/** Why a response is not known to be whole, by the first turn that is not. */
export function whyCutOff(answers: readonly Answer[]): string {
  const reply = answers.find(({ reply }) => reply.finish !== "complete")?.reply;
  if (reply?.finish === "length") return `was cut off at ${reply.sent.maxTokens ?? "the most"} tokens`;
  const word = reply?.finishWord;
  return word == null
    ? "may be cut off: the server did not report how it ended"
    : `may be cut off: the server reported that it ended with “${word}”`;
}
