import type { ModelReply, TokenChoice } from "../../model-servers/model-call.ts";
import type { VerdictChoice } from "../verdict-labels.ts";

type Preference =
  | { readonly choice: VerdictChoice; readonly preference: number; readonly rationale: "" }
  | { readonly failure: string; readonly message: string };

/**
 * A judge's preference for A, from the probabilities of its first word: P(A) / (P(A) + P(B)), as AlpacaEval 2 weighs its
 * win rates. A label that is not among the likeliest words that the server reports counts as 0. The verdict is A above
 * ½, B below, and a tie at ½ exactly.
 */
export function readPreference(reply: Pick<ModelReply, "words" | "finish" | "text">): Preference {
  const { words, finish, text } = reply;
  if (finish === "refused") return failed("refused", "The server reports that the model declined.");
  if (finish === "length" && text === "" && !words?.length)
    return failed("truncated", "The reply ends at the limit of tokens, before its first word.");
  if (!words || words.length === 0)
    return failed(
      "no probabilities",
      "The server reported no log probabilities: take the verdict from the reply.",
    );
  const first = words.find(({ token }) => token.trim() !== "");
  const [a, b] = (["A", "B"] as const).map((label) => probabilityOf(label, first));
  if (first === undefined || a! + b! === 0)
    return failed("unreadable", "Neither A nor B is among the likeliest first words.");
  const preference = a! / (a! + b!);
  const choice = preference > 0.5 ? "left" : preference < 0.5 ? "right" : "tie";
  return { choice, preference, rationale: "" };
}

const failed = (failure: string, message: string) => ({ failure, message });

/** Forms of one label, such as “A” and “ A”, count together. */
function probabilityOf(label: string, first: TokenChoice | undefined): number {
  const likeliest = first?.likeliest ?? [];
  return likeliest
    .filter(({ token }) => token.trim() === label)
    .reduce((sum, { logprob }) => sum + Math.exp(logprob), 0);
}
