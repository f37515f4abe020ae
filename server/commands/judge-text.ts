import type { JudgeProgress, JudgeRun } from "../contract/judges.ts";
import type { Estimate } from "../judges/cost.ts";
import type { JudgeRequest } from "../judges/judge-study.ts";

export const number = (value: number): string => value.toLocaleString("en");

export const dollars = (value: number): string => `$${value < 0.995 ? value.toFixed(4) : value.toFixed(2)}`;

/** What a dry run found, for somebody who is about to pay for it. */
export function estimateText(
  estimate: Estimate,
  { settings, group, annotator, price }: JudgeRequest,
): string {
  const { calls, promptTokens, completionTokens, nanodollars } = estimate;
  const asked = settings.orders === "both" ? "both orders" : "one order";
  const again = settings.repeats > 0 ? `, ${settings.repeats} repeats` : "";
  const cost =
    price === null || nanodollars === null
      ? "What it would cost is not known: give the model’s price with --prices FILE."
      : `About ${dollars(nanodollars / 1e9)}.`;
  return [
    `${annotator} in group ${group}, ${asked}${again}: ${number(calls)} calls to ${settings.baseUrl}`,
    `About ${number(promptTokens)} tokens to send and ${number(completionTokens)} to receive.`,
    cost,
    "Nothing was sent. Tokens are estimated from the texts’ lengths.",
  ].join("\n");
}

/** How far a run is, in one line. */
export function progressText(progress: JudgeProgress): string {
  const { judged, of, calls, failed, endsAt } = progress;
  return [
    `${number(judged)} of ${number(of)} judged`,
    `${number(calls)} calls${failed > 0 ? `, ${number(failed)} without a verdict` : ""}`,
    `${number(progress.promptTokens + progress.completionTokens)} tokens`,
    ...(progress.dollars === null ? [] : [dollars(progress.dollars)]),
    ...(endsAt === null ? [] : [`until about ${endsAt.slice(11, 16)} UTC`]),
  ].join(" · ");
}

/** One run, in a few lines. */
export function runText(run: JudgeRun): string {
  const { settings, failures } = run;
  const failed = failures.map(({ kind, count }) => `${kind} ${number(count)}`).join(", ");
  return [
    `${run.startedAt}  ${run.annotator} in ${run.group}: ${settings.model} at ${settings.baseUrl}`,
    `  ${run.ending ?? "running"}${run.said === null ? "" : ` — ${run.said}`}`,
    `  ${number(run.calls)} calls, ${number(run.answered)} verdicts${failed === "" ? "" : `; without one: ${failed}`}`,
    `  ${number(run.promptTokens)} tokens sent, ${number(run.completionTokens)} received${run.dollars === null ? "" : `, ${dollars(run.dollars)}`}`,
  ].join("\n");
}
