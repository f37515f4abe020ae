import type { GenerationEstimate } from "../generation/estimate.ts";
import type { GenerationRequest } from "../generation/generate.ts";
import type { GenerationProgress, GenerationSummary } from "../generation/run.ts";
import { someOf } from "../loading/remarks.ts";
import { dollars, number } from "./judge-text.ts";

/** What a dry run found, for somebody who is about to pay for it. */
export function estimateText(
  estimate: GenerationEstimate,
  { study, system, settings }: GenerationRequest,
): string {
  const { missing, calls, promptTokens, completionTokens, dollarsAtMost } = estimate;
  if (missing === 0) return `No response of ${system} is missing in ${study}. Nothing was sent.`;
  const cost =
    estimate.dollars === null || dollarsAtMost === null
      ? "What it would cost is not known: give the model’s price with --prices FILE."
      : `About ${dollars(estimate.dollars)}; at most about ${dollars(dollarsAtMost)}, with ${number(settings.maxTokens)} tokens in each turn.`;
  return [
    `${number(missing)} responses of ${system} are missing: ${number(calls)} calls to ${settings.baseUrl}`,
    `About ${number(promptTokens)} tokens to send and ${number(completionTokens)} to receive.`,
    cost,
    "Nothing was sent. Tokens are estimated from the lengths of the prompts and of other responses.",
  ].join("\n");
}

/** How far a run is, in one line. */
export function progressText(progress: GenerationProgress): string {
  const { stored, of, calls, failed, endsAt } = progress;
  return [
    `${number(stored)} of ${number(of)} responses`,
    `${number(calls)} ${calls === 1 ? "call" : "calls"}${failed > 0 ? `, ${number(failed)} prompts without a response` : ""}`,
    `${number(progress.promptTokens + progress.completionTokens)} tokens`,
    ...(progress.dollars === null ? [] : [dollars(progress.dollars)]),
    ...(endsAt === null ? [] : [`until about ${endsAt.slice(11, 16)} UTC`]),
  ].join(" · ");
}

/** What a run came to, and what somebody should look at. */
export function endText(summary: GenerationSummary, maxTokens: number): string {
  const { progress, said, truncated } = summary;
  const lines = [...(progress.calls === 0 ? [] : [progressText({ ...progress, endsAt: null })]), said];
  if (truncated.count > 0) {
    const which = someOf(truncated.prompts, truncated.count);
    lines.push(
      `Cut off at ${number(maxTokens)} tokens, stored and marked: ${number(truncated.count)} (${which})`,
    );
  }
  const others = summary.unanswered.filter(({ message }) => !said.includes(message));
  for (const { kind, prompts, message } of byKind(others))
    lines.push(`Without a response, ${kind}: ${number(prompts.length)} (${someOf(prompts)}) — ${message}`);
  return lines.map(plain).join("\n");
}

function byKind(unanswered: GenerationSummary["unanswered"]) {
  const kinds = new Map<string, { kind: string; prompts: string[]; message: string }>();
  for (const { kind, prompt, message } of unanswered) {
    const same = kinds.get(kind);
    if (same) same.prompts.push(prompt);
    else kinds.set(kind, { kind, prompts: [prompt], message });
  }
  return kinds.values();
}

/** What servers and files say, without what would steer a terminal. */
const plain = (line: string): string => line.replace(/\p{Cc}+/gu, " ");
