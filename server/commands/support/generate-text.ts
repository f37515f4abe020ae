import type { GenerationEstimate } from "../../generation/estimate.ts";
import type { GenerationRequest } from "../../generation/generate.ts";
import type { GenerationProgress, GenerationSummary } from "../../generation/run.ts";
import { someOf } from "../../loading/remarks.ts";
import type { CheckedResponses, StoredFault } from "../../generation/check.ts";
import { asWord } from "../../report-document/as-word.ts";
import { dollars } from "../../report-document/numbers.ts";
import { grouped } from "./grouped.ts";
import { dollarsText, number } from "./judge-text.ts";
import { tokensText } from "./model-flags.ts";

/** The estimate of a dry run: calls, tokens and cost. */
export function estimateText(
  estimate: GenerationEstimate,
  { study, system, settings, again }: GenerationRequest,
): string {
  const { missing, calls, promptTokens, completionTokens, dollarsAtMost } = estimate;
  if (missing === 0)
    return again === undefined
      ? `No response of ${system} is missing in ${study}. Nothing was sent.`
      : `No response of ${system} in ${study} can be replaced. Nothing was sent.`;
  const cost =
    estimate.dollars === null || dollarsAtMost === null
      ? "The cost is unknown: give the model’s price with --prices FILE."
      : `About ${dollars(estimate.dollars)}; at most about ${dollars(dollarsAtMost)}, with ${number(settings.maxTokens)} tokens in each turn.`;
  return [
    `${number(missing)} responses of ${system} are ${again === undefined ? "missing" : "to be replaced"}: ${number(calls)} calls to ${settings.baseUrl}`,
    `About ${number(promptTokens)} tokens to send and ${number(completionTokens)} to receive.`,
    cost,
    "Nothing was sent. Tokens are estimated from the lengths of the prompts and of other responses.",
  ].join("\n");
}

/** The progress of a run, in one line. */
export function progressText(progress: GenerationProgress): string {
  const { stored, of, calls, failed, endsAt } = progress;
  return [
    `${number(stored)} of ${number(of)} responses`,
    `${number(calls)} ${calls === 1 ? "call" : "calls"}${failed > 0 ? `, ${number(failed)} ${failed === 1 ? "prompt" : "prompts"} without a response` : ""}`,
    tokensText(progress),
    ...(progress.dollars === null ? [] : [dollarsText(progress.dollars, progress.atMost)]),
    ...(endsAt === null ? [] : [`until about ${endsAt.slice(11, 16)} UTC`]),
  ].join(" · ");
}

/** The result of a run, and what needs attention. */
export function endText(summary: GenerationSummary): string {
  const { progress, said, truncated } = summary;
  const lines = [...(progress.calls === 0 ? [] : [progressText({ ...progress, endsAt: null })]), said];
  if (truncated.count > 0) {
    const which = someOf(truncated.prompts, truncated.count);
    lines.push(`Stored and marked as cut off, or as possibly cut off: ${number(truncated.count)} (${which})`);
  }
  if (summary.withThinking > 0)
    lines.push(
      `With reasoning, which is stored apart and shown to no annotator: ${number(summary.withThinking)}`,
    );
  const others = summary.unanswered.filter(({ message }) => !said.includes(message));
  for (const [kind, some] of grouped(others, ({ kind }) => kind)) {
    const prompts = some.map(({ prompt }) => prompt);
    lines.push(`Not generated, ${kind}: ${number(some.length)} (${someOf(prompts)}) — ${some[0]!.message}`);
  }
  return lines.map(plain).join("\n");
}

/** What a check of the stored responses found, by system, and what to do. */
export function checkText({ study, checked, found }: CheckedResponses): string {
  if (found.length === 0)
    return `Checked ${number(checked)} responses of ${study}: none contains reasoning, and none may be cut off.`;
  const systems = [...grouped(found, ({ system }) => system)];
  const lines = systems.flatMap(([system, ofSystem]) =>
    [...grouped(ofSystem, ({ fault }) => fault)].map(([fault, some]) => {
      const prompts = some.map(({ prompt }) => prompt);
      const judged = some.filter(({ isJudged }) => isJudged).length;
      return `${system}, ${FAULTS[fault]}: ${number(some.length)}, ${number(judged)} of them judged (${someOf(prompts, prompts.length, 20)})`;
    }),
  );
  const [first] = systems[0]!;
  return [
    `${number(found.length)} of ${number(checked)} responses of ${study} contain more than the answer, or may be cut off:`,
    ...lines,
    "They and their judgments stay as they are. What nobody was shown can be generated again:",
    `  npx tiebreak generate ${asWord(study)} --system ${asWord(first)} --model NAME --again`,
    "The others can be generated, or loaded, as a system of another name, which is then compared:",
    `  npx tiebreak generate ${asWord(study)} --system ${asWord(`${first}-2`)} --model NAME`,
    "When you publish, state that annotators may have seen which system reasons.",
  ]
    .map(plain)
    .join("\n");
}

const FAULTS: Readonly<Record<StoredFault, string>> = {
  reasoning: "with reasoning in the text",
  "nothing but reasoning": "nothing but reasoning",
  "unknown end": "stored as complete, but possibly cut off",
};

/** Text from servers and files without control characters. */
const plain = (line: string): string => line.replace(/\p{Cc}+/gu, " ");
