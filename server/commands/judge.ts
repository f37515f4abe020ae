import { type Command, Option } from "commander";
import type { Context } from "../context.ts";
import type { JudgeSettings } from "../contract/judges.ts";
import { giveUpBatches } from "../judges/batch-read.ts";
import { JudgeWrong } from "../judges/errors.ts";
import { headerMarks } from "../judges/header-marks.ts";
import {
  estimateJudge,
  firstLanguage,
  type JudgeRequest,
  judgeStudy,
  previewJudge,
} from "../judges/judge-study.ts";
import { resolved } from "../judges/method/presets.ts";
import { listRuns } from "../judges/run-store.ts";
import type { RunSummary } from "../judges/run.ts";
import { juryJudges } from "./support/jury-run.ts";
import { addMethodOptions, type MethodFlags, methodIn, previewText } from "./support/method-flags.ts";
import { readBatchFiles, writeBatchFile } from "./support/judge-batch.ts";
import { printCall, printCalls } from "./support/judge-calls.ts";
import {
  batchReadText,
  batchWrittenText,
  endText,
  estimateText,
  progressText,
  runText,
} from "./support/judge-text.ts";
import {
  addCallOptions,
  addLimitOptions,
  addressShown,
  addServerOptions,
  bodyOf,
  limitsOf,
  type ModelFlags,
  pricesIn,
  temperatureIn,
  whole,
} from "./support/model-flags.ts";
import { endTelling, withModelServer } from "./support/model-run.ts";
import { print, printSaid, withDatabase } from "./support/run.ts";
import { thisProcess } from "./support/this-process.ts";

interface JudgeFlags extends ModelFlags, MethodFlags {
  readonly group?: string;
  readonly model?: string;
  readonly annotator?: string;
  readonly orders?: JudgeSettings["orders"];
  readonly repeats?: number;
  readonly temperature?: number | null;
  readonly seed?: number;
  readonly maxTokens?: number;
  readonly freeText?: boolean;
  readonly keepThinking?: boolean;
  readonly language?: string;
  readonly attempts: number;
  readonly batchOut?: string;
  readonly batchTry?: boolean;
  readonly batchIn?: string[];
  readonly batchGiveUp?: boolean;
  readonly list?: boolean;
  readonly calls?: boolean;
  readonly show?: number;
  readonly jury?: string;
  readonly preview?: boolean;
}

/** In seconds: models that reason take minutes. */
const TIMEOUT = 600;

export function judgeCommand(program: Command): void {
  const command = program
    .command("judge <study>")
    .description("let a model judge the pairs that people judge, blind and with the same instructions")
    .option("--group <name>", "group of models that it judges in; created if it is new")
    .option("--model <name>", "name of the model on its server");
  addServerOptions(command)
    .option("--annotator <name>", "the judge’s name in the report (default: the model)")
    .addOption(
      new Option(
        "--orders <orders>",
        "one: each pair once, as people see it; both: also with sides swapped (default: both)",
      ).choices(["one", "both"]),
    )
    .option("--repeats <n>", "how often to repeat each call unchanged (default: 0)", whole)
    .option(
      "--temperature <t>",
      "sampling temperature, 0 to 2; none: the server's default (default: 0)",
      temperatureIn,
    )
    .option("--seed <n>", "sampling seed, if the server supports it", whole)
    .option("--max-tokens <n>", "maximum tokens per reply (default: 1024)", whole);
  addMethodOptions(command)
    .option("--free-text", "ask for a final verdict line instead of schema-constrained JSON")
    .option("--keep-thinking", "keep what the model thought with each judgment, apart from its reasons")
    .option("--language <tag>", "language of the instructions (default: the protocol’s first)")
    .option("--concurrency <n>", "calls to run at once", whole, 8)
    .option("--attempts <n>", "tries per pair, over all runs, before giving up", whole, 3);
  addCallOptions(addLimitOptions(command), TIMEOUT)
    .option("--batch-out <file>", "write the calls to a batch file for the server (usually half the price)")
    .option(
      "--batch-try",
      "with --batch-out: first make one call, to learn which parameters the server accepts",
    )
    .option("--batch-in <files...>", "import batch results: output files and error files")
    .option("--batch-give-up", "abandon batch calls that returned no result")
    .option("--jury <file>", "YAML file of several judges that run at once with one budget")
    .option("--preview", "print the messages about the first pair that is left, and send nothing")
    .option("--dry-run", "estimate the cost without sending anything")
    .option("--list", "list the runs so far with calls, tokens and cost")
    .option("--calls", "list every call with its verdict or failure; of one judge with --annotator")
    .option("--show <call>", "show one call: the messages as sent, the parameters, and the reply", whole)
    .addHelpText("after", EXAMPLES)
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<JudgeFlags>();
      await withDatabase(flags, ({ context }) => {
        if (flags.list) return list(context, study, flags);
        if (flags.calls) return printCalls(context, study, flags);
        if (flags.show !== undefined) return printCall(context, study, { ...flags, id: flags.show });
        if (flags.batchIn !== undefined) return readIn(context, study, flags.batchIn, flags);
        if (flags.batchGiveUp) return giveUp(context, study, flags);
        if (flags.jury !== undefined) return juryJudges(context, study, flags.jury, flags);
        if (flags.preview) return preview(context, study, flags);
        return judge(context, study, flags);
      });
    });
}

const EXAMPLES = [
  "",
  "Examples:",
  "  npx tiebreak judge haiku --group gpt-4 --model gpt-4o --dry-run",
  "  npx tiebreak judge haiku --group gpt-4 --model gpt-4o --preset mt-bench --preview",
  "  npx tiebreak judge haiku --jury judges.yaml --max-cost 5 --prices prices.yaml",
  "  npx tiebreak judge haiku --group local --model qwen3 --base-url http://127.0.0.1:8081/v1",
  "  npx tiebreak judge haiku --group gpt-4 --model gpt-4o --batch-out calls.jsonl",
  "  npx tiebreak judge haiku --batch-in output.jsonl errors.jsonl",
  "  npx tiebreak judge haiku --list",
  "  npx tiebreak judge haiku --calls --annotator gpt-4o",
  "  npx tiebreak judge haiku --show 12",
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
  if (flags.batchOut !== undefined) {
    if (request.limits.dollars !== null || request.limits.minutes !== null)
      throw new JudgeWrong(
        "A batch file has no limit in dollars or minutes. Use --max-calls; --dry-run estimates what all calls cost.",
      );
    if (flags.batchTry) await run(context, { ...request, limits: { ...request.limits, calls: 1 } }, flags);
    const written = await writeBatchFile(context, request, flags.batchOut);
    return flags.json ? print(JSON.stringify(written)) : printSaid(batchWrittenText(written, study));
  }
  tellEnd(await run(context, request, flags), flags);
}

const run = (context: Context, request: JudgeRequest, flags: JudgeFlags): Promise<RunSummary> =>
  withModelServer(context, flags, { what: "calls", textOf: progressText }, (means) =>
    judgeStudy(context, request, { ...means, process: thisProcess() }),
  );

async function readIn(context: Context, study: string, files: readonly string[], flags: JudgeFlags) {
  const read = await readBatchFiles(context, { study, files, priceOf: pricesIn(flags.prices) });
  print(flags.json ? JSON.stringify(read) : batchReadText(read));
}

async function giveUp(context: Context, study: string, { json }: JudgeFlags): Promise<void> {
  const calls = await giveUpBatches(context, study);
  print(json ? JSON.stringify({ calls }) : `Abandoned ${calls} calls. They can be made again.`);
}

async function preview(context: Context, study: string, flags: JudgeFlags): Promise<void> {
  const settings = await settingsOf(context, study, flags);
  const annotator = flags.annotator ?? settings.model;
  const shown = await previewJudge(context, { study, annotator, settings });
  print(flags.json ? JSON.stringify(shown) : previewText(shown));
}

async function requestOf(context: Context, study: string, flags: JudgeFlags): Promise<JudgeRequest> {
  const { group, model } = flags;
  if (group === undefined || model === undefined)
    throw new JudgeWrong("Name the model and its group: --group NAME --model NAME.");
  const price = pricesIn(flags.prices)(model);
  return {
    ...{ study, group, price, settings: await settingsOf(context, study, flags) },
    annotator: flags.annotator ?? model,
    limits: { ...limitsOf(flags), attempts: Math.max(1, flags.attempts) },
    by: "command line",
  };
}

async function settingsOf(context: Context, study: string, flags: JudgeFlags): Promise<JudgeSettings> {
  const { adapter, model, orders, repeats, temperature, seed, maxTokens, keepThinking } = flags;
  if (model === undefined) throw new JudgeWrong("Name the model: --model NAME.");
  const body = bodyOf(flags);
  const asked = { orders, repeats, temperature, maxTokens, structured: flags.freeText !== true };
  return {
    ...{ adapter, model, baseUrl: addressShown(flags), seed: seed ?? null },
    ...resolved({ ...asked, method: methodIn(flags) }),
    language: flags.language ?? (await firstLanguage(context, study)),
    headers: await headerMarks(context, study, flags.header ?? []),
    ...(keepThinking && { keepThinking }),
    ...(body === undefined ? {} : { body }),
  };
}

function tellEnd(summary: RunSummary, { json }: JudgeFlags): void {
  endTelling(summary.ending, { done: summary.progress.judged, of: summary.progress.of });
  if (json) print(JSON.stringify(summary));
  else print(endText(summary));
}
