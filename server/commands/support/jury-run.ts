import path from "node:path";
import { z } from "zod";
import type { Context } from "../../context.ts";
import type { JudgeLimits, JudgeProgress } from "../../contract/judges.ts";
import { type Juror, type JuryFile, juryFileSchema } from "../../contract/jury-file.ts";
import { JudgeWrong } from "../../judges/errors.ts";
import { headerMarks } from "../../judges/header-marks.ts";
import { estimateJudge, firstLanguage, type JudgeRequest, previewJudge } from "../../judges/judge-study.ts";
import { assertJury, judgeWithJury } from "../../judges/jury.ts";
import { resolved } from "../../judges/method/presets.ts";
import { dataIn } from "../../loading/reading/yaml-faults.ts";
import { adapters } from "../../model-servers/adapters/index.ts";
import type { CostEstimate } from "../../model-servers/cost.ts";
import type { ModelMessage } from "../../model-servers/model-call.ts";
import { readText } from "./files.ts";
import { endText, juryEstimateText, progressText } from "./judge-text.ts";
import { previewText } from "./method-flags.ts";
import {
  addressShown,
  bodyOf,
  limitsOf,
  type ModelFlags,
  pricesIn,
  whyNoHeader,
  whyNoMember,
} from "./model-flags.ts";
import { endTelling, serverOf, teller } from "./model-run.ts";
import { print, say } from "./run.ts";
import { thisProcess } from "./this-process.ts";
import { twoStops } from "./two-stops.ts";

interface JuryFlags extends ModelFlags {
  readonly attempts: number;
  readonly preview?: boolean;
}

interface Member {
  readonly request: JudgeRequest;
  /** As if it had been named by flags. */
  readonly flags: ModelFlags;
}

/** The JSON Schema of a jury's file, for editors. */
export const juryFileJsonSchema = (): object => z.toJSONSchema(juryFileSchema, { io: "input" });

/** Lets the judges of a file judge, or prints what that would come to. @throws JudgeWrong, with a line for each fault */
export async function juryJudges(
  context: Context,
  study: string,
  file: string,
  flags: JuryFlags,
): Promise<void> {
  assertForAll(flags, file);
  const jury = parseJuryFile(readText(file), file);
  const given = limitsOf(flags);
  const limits = {
    calls: given.calls ?? jury.maxCalls ?? null,
    dollars: given.dollars ?? jury.maxCost ?? null,
    minutes: given.minutes ?? jury.maxMinutes ?? null,
  };
  const members: Member[] = [];
  for (const juror of jury.judges) members.push(await memberOf(context, { study, file, jury, juror, flags }));
  if (flags.preview) return preview(context, members, flags);
  if (flags.dryRun) return estimate(context, members, { limits, flags });
  return run(context, members, { limits, flags });
}

/** Flags about one judge, which the file has for each. */
const OF_ONE = [
  ...["group", "model", "annotator", "baseUrl", "orders", "repeats", "temperature", "seed", "maxTokens"],
  ...[
    "preset",
    "method",
    "scale",
    "verdictFrom",
    "samples",
    "freeText",
    "keepThinking",
    "language",
    "keyEnv",
    "keyFile",
  ],
  ...["header", "body", "reasoningEffort", "batchOut"],
];

/** @throws JudgeWrong where a flag is about one judge: for which, nobody knows */
function assertForAll(flags: JuryFlags, file: string): void {
  const given = new Map(Object.entries(flags));
  const name = flags.adapter === "openai" ? OF_ONE.find((one) => given.has(one)) : "adapter";
  if (name === undefined) return;
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new JudgeWrong(`--${flag} is about one judge: put it into ${file}, or omit --jury.`);
}

/** Reads a jury's file. @param what it is called @throws JudgeWrong, with a line for each fault */
function parseJuryFile(text: string, what: string): JuryFile {
  try {
    return dataIn(juryFileSchema, text, what);
  } catch (error) {
    throw new JudgeWrong((error as Error).message);
  }
}

interface Given {
  readonly study: string;
  readonly file: string;
  readonly jury: JuryFile;
  readonly juror: Juror;
  readonly flags: JuryFlags;
}

async function memberOf(context: Context, { study, file, jury, juror, flags }: Given): Promise<Member> {
  const beside = (name: string) => path.resolve(path.dirname(file), name);
  const own = flagsOf(juror, { flags, beside });
  const body = bodyOf(own);
  const { model, annotator = model, language = await firstLanguage(context, study) } = juror;
  const prices = flags.prices ?? (jury.prices === undefined ? undefined : beside(jury.prices));
  const settings = {
    ...{ adapter: own.adapter, model, baseUrl: addressShown(own), seed: juror.seed ?? null, language },
    ...resolved({ ...juror, structured: juror.freeText !== true }),
    headers: await headerMarks(context, study, own.header ?? []),
    ...(juror.keepThinking && { keepThinking: true }),
    ...(body && { body }),
  };
  const limits = { calls: null, dollars: null, minutes: null, concurrency: own.concurrency };
  const request = {
    ...{ study, group: jury.group, annotator, settings, by: "command line" },
    ...{ limits: { ...limits, attempts: Math.max(1, flags.attempts) }, price: pricesIn(prices)(model) },
  };
  return { request, flags: own };
}

function flagsOf(
  juror: Juror,
  { flags, beside }: { flags: JuryFlags; beside: (name: string) => string },
): ModelFlags {
  const { adapter = "openai", baseUrl, keyEnv, keyFile, headers = {}, body = {}, reasoningEffort } = juror;
  if (!adapters.some(({ name }) => name === adapter))
    throw new JudgeWrong(
      `The API “${adapter}” is not known: ${adapters.map(({ name }) => name).join(" or ")}.`,
    );
  const wrong = [
    ...Object.entries(headers).map(([name, value]) => whyNoHeader(name, value)),
    ...Object.keys(body).map(whyNoMember),
  ].find((why) => why !== null);
  if (wrong !== undefined) throw new JudgeWrong(`The judge ${juror.model}: ${wrong}`);
  const { timeout = flags.timeout, concurrency = flags.concurrency } = juror;
  const header = Object.entries(headers).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    value,
  ]);
  return {
    ...{ ...flags, adapter, timeout, concurrency, header },
    ...(reasoningEffort !== undefined && { reasoningEffort }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(keyEnv !== undefined && { keyEnv }),
    ...(keyFile !== undefined && { keyFile: beside(keyFile) }),
    ...(juror.body && { body: Object.entries(juror.body) }),
  };
}

interface Wanted {
  readonly limits: Pick<JudgeLimits, "calls" | "dollars" | "minutes">;
  readonly flags: JuryFlags;
}

async function preview(context: Context, members: readonly Member[], { json }: JuryFlags): Promise<void> {
  const shown: { annotator: string; messages: readonly ModelMessage[] }[] = [];
  for (const { request } of members)
    shown.push({ annotator: request.annotator, messages: await previewJudge(context, request) });
  if (json) return print(JSON.stringify(shown));
  print(shown.map(({ annotator, messages }) => `${annotator}\n${previewText(messages)}`).join("\n\n"));
}

async function estimate(
  context: Context,
  members: readonly Member[],
  { limits, flags: { json } }: Wanted,
): Promise<void> {
  await assertJury(context, { requests: members.map(({ request }) => request), limits });
  const estimates: ({ annotator: string } & CostEstimate)[] = [];
  for (const { request } of members)
    estimates.push({ annotator: request.annotator, ...(await estimateJudge(context, request)) });
  if (json) return print(JSON.stringify(estimates));
  print(juryEstimateText(members.map(({ request }, i) => ({ request, estimate: estimates[i]! }))));
}

async function run(
  context: Context,
  members: readonly Member[],
  { limits, flags: { json } }: Wanted,
): Promise<void> {
  const stops = twoStops({
    first:
      "Stopping: waiting for the calls in progress, which are paid for. (Press Ctrl-C again to abandon them)",
    second: "Abandoning the calls in progress.",
  });
  const onProgress = teller(context, progressText);
  const progress = new Map<string, JudgeProgress>();
  const flagsOfRequest = new Map(members.map(({ request, flags }) => [request, flags]));
  try {
    const ended = await judgeWithJury(context, {
      ...{ limits, requests: members.map(({ request }) => request) },
      meansOf: async (request) => ({
        ...{ server: await serverOf(context, flagsOfRequest.get(request)!), process: thisProcess() },
        ...{
          random: Math.random,
          ...stops.signals,
          onNotice: (line) => say(`${request.annotator}: ${line}`),
        },
        onProgress: (own) => onProgress(summed(progress.set(request.annotator, own))),
      }),
    });
    for (const { summary } of ended)
      endTelling(summary.ending, { done: summary.progress.judged, of: summary.progress.of });
    if (json) print(JSON.stringify(ended));
    else print(ended.map(({ annotator, summary }) => `${annotator}: ${endText(summary)}`).join("\n\n"));
  } finally {
    stops.end();
  }
}

/** All judges together; a cost only where every judge has one, and no moment at which all would be done. */
function summed(progress: ReadonlyMap<string, JudgeProgress>): JudgeProgress {
  const all = [...progress.values()];
  const sum = (of: (one: JudgeProgress) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    ...{ judged: sum(({ judged }) => judged), of: sum(({ of }) => of), calls: sum(({ calls }) => calls) },
    ...{ failed: sum(({ failed }) => failed), promptTokens: sum(({ promptTokens }) => promptTokens) },
    completionTokens: sum(({ completionTokens }) => completionTokens),
    ...{ notTold: sum(({ notTold }) => notTold), atMost: sum(({ atMost }) => atMost) },
    dollars: all.some(({ dollars }) => dollars === null) ? null : sum(({ dollars }) => dollars ?? 0),
    ...{ waiting: null, endsAt: null },
  };
}
