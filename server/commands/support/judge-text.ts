import { samplesOf } from "../../contract/judge-method.ts";
import type { JudgeProgress, JudgeRun } from "../../contract/judges.ts";
import type { CostEstimate } from "../../model-servers/cost.ts";
import type { BatchRead } from "../../judges/batch-read.ts";
import type { BatchWritten } from "./judge-batch.ts";
import type { JudgeRequest } from "../../judges/judge-study.ts";
import type { RunSummary } from "../../judges/run.ts";
import { counted } from "../../report-document/numbers.ts";
import { asWord } from "../../report-document/as-word.ts";
import { someOf } from "../../loading/remarks.ts";
import { dollars } from "../../report-document/numbers.ts";
import { grouped } from "./grouped.ts";
import { tokensText } from "./model-flags.ts";

export const number = (value: number): string => value.toLocaleString("en");

/** @param atMost calls that are counted at the most that they may have cost */
export const dollarsText = (value: number, atMost: number): string =>
  atMost > 0 ? `at most ${dollars(value)}` : dollars(value);

type Estimated = Pick<JudgeRequest, "settings" | "group" | "annotator">;
type Sum = Omit<CostEstimate, "nanodollarsPerCall">;

const UNKNOWN_COST = "The cost is unknown: give the model’s price with --prices FILE.";
const NOTHING_SENT = "Nothing was sent. Tokens are estimated from the texts’ lengths.";

/** The estimate of a dry run: calls, tokens and cost. */
export const estimateText = (estimate: CostEstimate, request: Estimated): string =>
  [...estimateLines(estimate, request), NOTHING_SENT].join("\n");

function estimateLines(estimate: Sum, { settings, group, annotator }: Estimated): string[] {
  const asked = settings.orders === "both" ? "both orders" : "one order";
  const again = settings.repeats > 0 ? `, ${settings.repeats} repeats` : "";
  const { nanodollars } = estimate;
  return [
    `${annotator} in group ${group}, ${asked}${again}: ${number(estimate.calls)} calls to ${settings.baseUrl}`,
    tokensLine(estimate),
    nanodollars === null ? UNKNOWN_COST : about(nanodollars),
  ];
}

const about = (nanodollars: number): string => `About ${dollars(nanodollars / 1e9)}.`;

const tokensLine = ({ promptTokens, completionTokens }: Sum): string =>
  `About ${number(promptTokens)} tokens to send and ${number(completionTokens)} to receive.`;

/** The estimates of a jury's members, and all of them together: the cost as far as prices are known. */
export function juryEstimateText(
  members: readonly { readonly estimate: CostEstimate; readonly request: Estimated }[],
): string {
  const sum = (of: (estimate: CostEstimate) => number) =>
    members.reduce((total, { estimate }) => total + of(estimate), 0);
  const unpriced = members.filter(({ estimate }) => estimate.nanodollars === null);
  const total = {
    ...{ calls: sum(({ calls }) => calls), promptTokens: sum(({ promptTokens }) => promptTokens) },
    completionTokens: sum(({ completionTokens }) => completionTokens),
    nanodollars: sum(({ nanodollars }) => nanodollars ?? 0),
  };
  const without = unpriced.map(({ request }) => request.annotator).join(", ");
  return [
    ...members.map(({ estimate, request }) => estimateLines(estimate, request).join("\n")),
    [
      `All ${members.length} judges: ${number(total.calls)} calls`,
      tokensLine(total),
      ...(unpriced.length === members.length
        ? [UNKNOWN_COST]
        : [
            about(total.nanodollars),
            ...(without === "" ? [] : [`That is without ${without}: no price is known.`]),
          ]),
      NOTHING_SENT,
    ].join("\n"),
  ].join("\n\n");
}

/** The progress of a run, in one line. */
export function progressText(progress: JudgeProgress): string {
  const { judged, of, calls, failed, endsAt } = progress;
  return [
    `${number(judged)} of ${number(of)} judged`,
    `${number(calls)} calls${failed > 0 ? `, ${number(failed)} without a verdict` : ""}`,
    tokensText(progress),
    ...(progress.dollars === null ? [] : [dollarsText(progress.dollars, progress.atMost)]),
    ...(endsAt === null ? [] : [`until about ${endsAt.slice(11, 16)} UTC`]),
  ].join(" · ");
}

/** One run, in a few lines. */
export function runText(run: JudgeRun): string {
  const { settings, failures } = run;
  const failed = failures.map(({ kind, count }) => `${kind} ${number(count)}`).join(", ");
  const what = samplesOf(settings) > 1 ? "replies with a choice" : "verdicts";
  return [
    `${run.startedAt}  ${run.annotator} in ${run.group}: ${settings.model} at ${settings.baseUrl}`,
    `  ${run.ending ?? "running"}${run.said === null ? "" : ` — ${run.said}`}`,
    `  ${number(run.calls)} calls, ${number(run.answered)} ${what}${failed === "" ? "" : `; without one: ${failed}`}`,
    `  ${number(run.promptTokens)} tokens sent, ${number(run.completionTokens)} received${run.dollars === null ? "" : `, ${dollars(run.dollars)}`}`,
  ].join("\n");
}

/** The result of a run, and the pairs without a verdict. */
export function endText({ progress, said, unjudged }: RunSummary): string {
  const kinds = grouped(unjudged.pairs, ({ kind }) => kind);
  const named = [...kinds].map(([kind, pairs]) => {
    const prompts = [...new Set(pairs.map(({ prompt }) => prompt))];
    return `Without a verdict, ${kind}: ${number(pairs.length)} (${someOf(prompts, prompts.length, NAMED_MAX)})`;
  });
  const rest = unjudged.count - unjudged.pairs.length;
  return [
    progressText({ ...progress, endsAt: null }),
    said,
    ...named,
    ...(rest > 0 ? [`and ${number(rest)} more without a verdict`] : []),
  ].join("\n");
}

const NAMED_MAX = 40;

/** What to do with a batch file that was written. */
export function batchWrittenText({ file, calls, to, isFull, without }: BatchWritten, study: string): string {
  if (calls === 0) return "There is nothing left to judge. The file is empty.";
  const known =
    without === null
      ? "No reply from this server and model is on record, so it may refuse a parameter: --batch-try makes one call first, to learn that."
      : without.length === 0
        ? "So far, the server has refused nothing that it was sent."
        : `The server does not accept ${without.join(", ")}: the calls are written without.`;
  return [
    `Wrote ${number(calls)} calls to ${file}. ${known}`,
    ...(isFull ? ["The file is full. Run the same command with another file for the rest."] : []),
    `Submit it as ${to}; then import the results:`,
    `  npx tiebreak judge ${asWord(study)} --batch-in OUTPUT.jsonl ERRORS.jsonl`,
  ].join("\n");
}

/** Where several replies make one verdict. */
const ofReplies = ({ replies, verdicts }: BatchRead): string =>
  replies === verdicts ? "" : `, and ${number(replies)} replies with a choice`;

/** What imported result files held. */
export const batchReadText = (read: BatchRead): string =>
  [
    `${counted(read.lines, "line")}: ${counted(read.verdicts, "verdict")}${ofReplies(read)}.`,
    ...read.failures.map(
      ({ kind, count, message }) => `  without a verdict: ${kind} ${count} (the first: ${message})`,
    ),
    ...(read.unreadable > 0
      ? [`  no result that can be read (cut off, or of another kind of server): ${read.unreadable}`]
      : []),
    ...(read.again > 0 ? [`  imported before: ${read.again}`] : []),
    ...(read.unknown > 0 ? [`  not from this study: ${read.unknown}`] : []),
    ...(read.waiting > 0
      ? [`${read.waiting} calls have no result yet. Import the other file, or abandon them: --batch-give-up`]
      : []),
  ].join("\n");
