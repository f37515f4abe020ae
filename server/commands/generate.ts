import { type Command, InvalidArgumentError } from "commander";
import type { Context } from "../context.ts";
import { checkResponses } from "../generation/check.ts";
import { GenerationWrong } from "../generation/errors.ts";
import { estimateGeneration } from "../generation/estimate.ts";
import {
  generateResponses,
  type GenerationRequest,
  noticesAbout,
  requirePossible,
} from "../generation/generate.ts";
import type { GenerationSummary } from "../generation/run.ts";
import { type GenerationSettings, LIMA_SAMPLING, REPETITION_PENALTY_NAMES } from "../generation/settings.ts";
import { checkText, endText, estimateText, progressText } from "./support/generate-text.ts";
import { pricesIn } from "./support/judge-batch.ts";
import {
  addCallOptions,
  addLimitOptions,
  addressShown,
  addServerOptions,
  bodyOf,
  endTelling,
  limitsOf,
  type ModelFlags,
  numberOrNone,
  serverOf,
  teller,
  temperatureIn,
  UNFINISHED,
  whole,
} from "./support/model-flags.ts";
import { print, say, withDatabase } from "./support/run.ts";
import { twoStops } from "./support/two-stops.ts";

interface GenerateFlags extends ModelFlags {
  readonly system?: string;
  readonly model?: string;
  readonly check?: boolean;
  readonly systemPrompt?: string;
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly repetitionPenalty: number | null;
  readonly maxTokens: number;
  readonly seed?: number;
}

/** 2,048 tokens of a large model on a small machine take this long. In seconds. */
const TIMEOUT = 30 * 60;

export function generateCommand(program: Command): void {
  const { temperature, topP, repetitionPenalty, maxTokens } = LIMA_SAMPLING;
  const command = program
    .command("generate <study>")
    .description("ask a model server for the responses of a system that are missing")
    .option("--system <name>", "whose responses they are; made where there is none")
    .option("--model <name>", "the model, as its server calls it");
  addServerOptions(command)
    .option("--system-prompt <text>", "what the model is told before each prompt (nothing, if not said)")
    .option("--temperature <t>", "of the model; none leaves it to the server", temperatureIn, temperature)
    .option("--top-p <p>", "of nucleus sampling; none leaves it to the server", topPIn, topP)
    .option(
      "--repetition-penalty <r>",
      "where the server knows one; none or 0: not sent",
      penaltyIn,
      repetitionPenalty,
    )
    .option("--max-tokens <n>", "the longest turn", atLeastOne, maxTokens)
    .option("--seed <n>", "of the model, where its server knows one", whole)
    .option("--concurrency <n>", "responses asked for at once", atLeastOne, 8);
  addCallOptions(addLimitOptions(command), TIMEOUT)
    .option("--dry-run", "tell what it would come to, and send nothing")
    .option(
      "--check",
      "ask nothing: list stored responses that hold reasoning, or whose end is unknown; of --system, or of all",
    )
    .addHelpText("after", EXAMPLES)
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<GenerateFlags>();
      await withDatabase(flags, ({ context }) =>
        flags.check ? check(context, study, flags) : generate(context, study, flags),
      );
    });
}

const EXAMPLES = [
  "",
  "The defaults are LIMA’s settings. Each response is stored when it is there, with the settings that it was asked",
  "for with; after Ctrl-C, a limit or a crash the same command goes on, and asks for nothing twice. Reasoning that comes",
  "with a response is kept apart from it. --check ends with 3 where it finds something, with 0 where all is well.",
  "",
  "Examples:",
  "  npx tiebreak generate haiku --system ours --model qwen3 --base-url http://127.0.0.1:8081/v1 --dry-run",
  "  npx tiebreak generate haiku --system gpt-4o --model gpt-4o --prices prices.yaml --max-cost 5",
  "  npx tiebreak generate haiku --system claude --model claude-sonnet-4 --adapter anthropic --key-file key.txt",
  "  npx tiebreak generate haiku --check",
].join("\n");

async function check(context: Context, study: string, { system, json }: GenerateFlags): Promise<void> {
  const checked = await checkResponses(context, { study, system });
  print(json ? JSON.stringify(checked) : checkText(checked));
  if (checked.found.length > 0) process.exitCode = UNFINISHED;
}

async function generate(context: Context, study: string, flags: GenerateFlags): Promise<void> {
  const request = requestOf(study, flags);
  requirePossible(request);
  for (const notice of await noticesAbout(context, request)) say(notice);
  if (flags.dryRun) {
    const estimate = await estimateGeneration(context, request);
    return print(flags.json ? JSON.stringify(estimate) : estimateText(estimate, request));
  }
  const stops = twoStops(STOPPING);
  try {
    const server = await serverOf(context, flags, { repetitionPenaltyAs: REPETITION_PENALTY_NAMES });
    const means = { server, random: Math.random, ...stops.signals, onNotice: say };
    const summary = await generateResponses(context, request, {
      ...means,
      onProgress: teller(context, progressText),
    });
    tellEnd(summary, flags);
  } finally {
    stops.end();
  }
}

const STOPPING = {
  first: "Stopping: waiting for the responses under way, which are paid for. (Ctrl-C again gives them up)",
  second: "Giving up the responses under way.",
};

function requestOf(study: string, flags: GenerateFlags): GenerationRequest {
  const { system, model, adapter, temperature, topP, repetitionPenalty, maxTokens } = flags;
  if (system === undefined || model === undefined)
    throw new GenerationWrong("Say the system and the model: --system NAME --model NAME.");
  const settings: GenerationSettings = {
    ...{ adapter, model, baseUrl: addressShown(flags), systemPrompt: flags.systemPrompt ?? null },
    ...{ temperature, topP, repetitionPenalty, maxTokens, seed: flags.seed ?? null },
    ...(flags.body === undefined ? {} : { body: bodyOf(flags)! }),
  };
  const price = pricesIn(flags.prices)(model);
  return { study, system, settings, limits: limitsOf(flags), price, by: "command line" };
}

function tellEnd(summary: GenerationSummary, { json }: GenerateFlags): void {
  const { ending, progress } = summary;
  endTelling(ending, { done: progress.stored, of: progress.of });
  print(json ? JSON.stringify(summary) : endText(summary));
}

function topPIn(text: string): number | null {
  const isRight = (value: number) => value > 0 && value <= 1;
  return numberOrNone(text, { isRight, said: "It is a number above 0, at most 1, or none." });
}

function penaltyIn(text: string): number | null {
  const value = numberOrNone(text, { isRight: (value) => value <= 10, said: "It is a number, or none." });
  return value === 0 ? null : value;
}

function atLeastOne(text: string): number {
  const value = whole(text);
  if (value >= 1) return value;
  throw new InvalidArgumentError("It is 1 or more.");
}
