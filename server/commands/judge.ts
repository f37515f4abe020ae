import { type Command, Option } from "commander";
import type { Context } from "../context.ts";
import type { JudgeSettings } from "../contract/judges.ts";
import { JudgeWrong } from "../judges/errors.ts";
import { estimateJudge, firstLanguage, type JudgeRequest, judgeStudy } from "../judges/judge-study.ts";
import { listRuns } from "../judges/run-store.ts";
import type { RunSummary } from "../judges/run.ts";
import { giveUp, pricesIn, readBatchFiles, writeBatchFile } from "./support/judge-batch.ts";
import { endText, estimateText, progressText, runText } from "./support/judge-text.ts";
import {
  addCallOptions,
  addLimitOptions,
  addressShown,
  addServerOptions,
  bodyOf,
  endTelling,
  limitsOf,
  type ModelFlags,
  serverOf,
  teller,
  temperatureIn,
  whole,
} from "./support/model-flags.ts";
import { print, say, withDatabase } from "./support/run.ts";
import { thisProcess } from "./support/this-process.ts";
import { twoStops } from "./support/two-stops.ts";

interface JudgeFlags extends ModelFlags {
  readonly group?: string;
  readonly model?: string;
  readonly annotator?: string;
  readonly orders: JudgeSettings["orders"];
  readonly repeats: number;
  readonly temperature: number | null;
  readonly seed?: number;
  readonly maxTokens: number;
  readonly freeText?: boolean;
  readonly language?: string;
  readonly attempts: number;
  readonly batchOut?: string;
  readonly batchIn?: string[];
  readonly batchGiveUp?: boolean;
  readonly list?: boolean;
}

/** Models that reason take minutes. In seconds. */
const TIMEOUT = 600;

export function judgeCommand(program: Command): void {
  const command = program
    .command("judge <study>")
    .description("let a model judge what people judge: the same instructions, without the systems’ names")
    .option("--group <name>", "the group of models that it judges in; made where there is none")
    .option("--model <name>", "the model, as its server calls it");
  addServerOptions(command)
    .option("--annotator <name>", "the judge’s name in the report (the model, if not said)")
    .addOption(
      new Option("--orders <orders>", "one: as people get it; both: again with sides changed")
        .choices(["one", "both"])
        .default("one"),
    )
    .option("--repeats <n>", "how often each comparison is asked again as it was", whole, 0)
    .option("--temperature <t>", "of the model; none leaves it to the server", temperatureIn, 0)
    .option("--seed <n>", "of the model, where its server knows one", whole)
    .option("--max-tokens <n>", "the longest reply", whole, 1024)
    .option("--free-text", "ask for a last line, and not for JSON of a schema")
    .option("--language <tag>", "of the wording (the protocol’s first, if not said)")
    .option("--concurrency <n>", "calls at once", whole, 8)
    .option("--attempts <n>", "calls about one pair, in all runs, before it is left alone", whole, 3);
  addCallOptions(addLimitOptions(command), TIMEOUT)
    .option(
      "--batch-out <file>",
      "write the calls as an OpenAI batch file, for half the price, and send nothing",
    )
    .option("--batch-in <files...>", "read the results of batches back: output files and error files")
    .option("--batch-give-up", "wait no longer for calls of batches that have no result")
    .option("--dry-run", "tell what it would come to, and send nothing")
    .option("--list", "the runs so far, with their calls, tokens and costs")
    .addHelpText("after", EXAMPLES)
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<JudgeFlags>();
      await withDatabase(flags, ({ context }) => {
        if (flags.list) return list(context, study, flags);
        if (flags.batchIn !== undefined)
          return readBatchFiles(context, study, { ...flags, files: flags.batchIn });
        if (flags.batchGiveUp) return giveUp(context, study, flags);
        return judge(context, study, flags);
      });
    });
}

const EXAMPLES = [
  "",
  "Examples:",
  "  npx tiebreak judge haiku --group gpt-4 --model gpt-4o --orders both --dry-run",
  "  npx tiebreak judge haiku --group local --model qwen3 --base-url http://127.0.0.1:8081/v1",
  "  npx tiebreak judge haiku --group gpt-4 --model gpt-4o --batch-out calls.jsonl",
  "  npx tiebreak judge haiku --batch-in output.jsonl errors.jsonl",
  "  npx tiebreak judge haiku --list",
].join("\n");

async function list(context: Context, study: string, { json }: JudgeFlags): Promise<void> {
  const runs = await context.database.read((reader) => listRuns(reader, study));
  if (json) return print(JSON.stringify(runs));
  if (runs.length === 0) return print("No model has judged this study.");
  print(runs.map(runText).join("\n\n"));
}

async function judge(context: Context, study: string, flags: JudgeFlags): Promise<void> {
  const request = await requestOf(context, study, flags);
  if (flags.dryRun) {
    const estimate = await estimateJudge(context, request);
    return print(flags.json ? JSON.stringify(estimate) : estimateText(estimate, request));
  }
  if (flags.batchOut !== undefined)
    return writeBatchFile(context, request, { ...flags, file: flags.batchOut });
  const stops = twoStops(STOPPING);
  try {
    const server = await serverOf(context, flags);
    const means = { server, process: thisProcess(), random: Math.random, ...stops.signals, onNotice: say };
    const summary = await judgeStudy(context, request, {
      ...means,
      onProgress: teller(context, progressText),
    });
    tellEnd(summary, flags);
  } finally {
    stops.end();
  }
}

const STOPPING = {
  first: "Stopping: waiting for the calls under way, which are paid for. (Ctrl-C again gives them up)",
  second: "Giving up the calls under way.",
};

async function requestOf(context: Context, study: string, flags: JudgeFlags): Promise<JudgeRequest> {
  const { group, model, adapter } = flags;
  if (group === undefined || model === undefined)
    throw new JudgeWrong("Say the model and its group: --group NAME --model NAME.");
  const settings: JudgeSettings = {
    ...{ adapter, model, orders: flags.orders, repeats: flags.repeats },
    baseUrl: addressShown(flags),
    ...{ temperature: flags.temperature, seed: flags.seed ?? null, maxTokens: flags.maxTokens },
    structured: flags.freeText !== true,
    language: flags.language ?? (await firstLanguage(context, study)),
    ...(flags.body === undefined ? {} : { body: bodyOf(flags)! }),
  };
  const price = pricesIn(flags.prices)(model);
  return {
    ...{ study, group, settings, price },
    annotator: flags.annotator ?? model,
    limits: { ...limitsOf(flags), attempts: Math.max(1, flags.attempts) },
    by: "command line",
  };
}

function tellEnd(summary: RunSummary, { json }: JudgeFlags): void {
  endTelling(summary.ending, { done: summary.progress.judged, of: summary.progress.of });
  if (json) print(JSON.stringify(summary));
  else print(endText(summary));
}
