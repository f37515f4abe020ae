import { estimateTokens } from "./cost.ts";
import type { ModelRequest } from "./model-call.ts";

/** Told tokens below this share of those estimated are far too few: no tokenizer makes so much of so little. */
const FAR_FEWER = 0.6;
/** The same where they are a round number, as the length of a context is. */
const ROUND = 256;
const FEWER = 0.9;

/** Whether a server read so much less than was sent that it may have cut it, without a word. @param told tokens that it says it read */
export function readsTooLittle(told: number | null, { messages }: Pick<ModelRequest, "messages">): boolean {
  if (told === null) return false;
  const sent = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
  return told < sent * FAR_FEWER || (told < sent * FEWER && told % ROUND === 0);
}

/** What a run says of so many such calls; nothing of none. */
export const saidReadTooLittle = (calls: number): string[] =>
  calls === 0
    ? []
    : [
        `In ${calls} calls the server read far fewer tokens than were sent: it may cut long texts. Raise its context length.`,
      ];
