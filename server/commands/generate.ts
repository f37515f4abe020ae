import { type Command, InvalidArgumentError } from "commander";
import type { Context } from "../context.ts";
import { estimateGeneration } from "../generation/estimate.ts";
import {
  generateResponses,
  type GenerationRequest,
  noticesAbout,
  requirePossible,
} from "../generation/generate.ts";
import type { GenerationSummary } from "../generation/run.ts";
import { type GenerationSettings, LIMA_SAMPLING, REPETITION_PENALTY_NAMES } from "../generation/settings.ts";
import { endText, estimateText, progressText } from "./generate-text.ts";
import { pricesIn } from "./judge-batch.ts";
import {
  addLimitOptions,
  addressShown,
  addServerOptions,
  decimal,
  endTelling,
  limitsOf,
  type ModelFlags,
  serverOf,
  teller,
  whole,
} from "./model-flags.ts";
import { print, say, withDatabase } from "./run.ts";
import { twoStops } from "./two-stops.ts";

interface GenerateFlags extends ModelFlags {
  readonly system: string;
  readonly model: string;
  readonly systemPrompt?: string;
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly repetitionPenalty: number | null;
  readonly maxTokens: number;
  readonly seed?: number;
}

/** 2,048 tokens of a large model on a small machine take this long. */
const TIMEOUT_MS = 30 * 60_000;

export function generateCommand(program: Command): void {
  const { temperature, topP, repetitionPenalty, maxTokens } = LIMA_SAMPLING;
  const command = program
    .command("generate <study>")
    .description("ask a model server for the responses of a system that are missing")
    .requiredOption("--system <name>", "whose responses they are; made where there is none")
    .requiredOption("--model <name>", "the model, as its server calls it");
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
  addLimitOptions(command)
    .option("--dry-run", "tell what it would come to, and send nothing")
    .addHelpText("after", EXAMPLES)
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<GenerateFlags>();
      await withDatabase(flags, ({ context }) => generate(context, study, flags));
    });
}

const EXAMPLES = [
  "",
  "The defaults are LIMA’s settings. Each response is stored when it is there, with the settings that it was asked",
  "for with; after Ctrl-C, a limit or a crash the same command goes on, and asks for nothing twice.",
  "",
  "Examples:",
  "  npx tiebreak generate haiku --system ours --model qwen3 --base-url http://127.0.0.1:8081/v1 --dry-run",
  "  npx tiebreak generate haiku --system gpt-4o --model gpt-4o --prices prices.yaml --max-cost 5",
  "  npx tiebreak generate haiku --system claude --model claude-sonnet-4 --adapter anthropic --key-file key.txt",
].join("\n");

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
    const server = await serverOf(context, flags, {
      timeoutMs: TIMEOUT_MS,
      repetitionPenaltyAs: REPETITION_PENALTY_NAMES,
    });
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
  const settings: GenerationSettings = {
    ...{ adapter, model, baseUrl: addressShown(flags), systemPrompt: flags.systemPrompt ?? null },
    ...{ temperature, topP, repetitionPenalty, maxTokens, seed: flags.seed ?? null },
  };
  const price = pricesIn(flags.prices)(model);
  return { study, system, settings, limits: limitsOf(flags), price, by: "command line" };
}

function tellEnd(summary: GenerationSummary, { json, maxTokens }: GenerateFlags): void {
  const { ending, progress } = summary;
  endTelling(ending, { done: progress.stored, of: progress.of });
  print(json ? JSON.stringify(summary) : endText(summary, maxTokens));
}

function temperatureIn(text: string): number | null {
  return numberOrNone(text, { isRight: (value) => value <= 2, said: "It is a number from 0 to 2, or none." });
}

function topPIn(text: string): number | null {
  const isRight = (value: number) => value > 0 && value <= 1;
  return numberOrNone(text, { isRight, said: "It is a number above 0, at most 1, or none." });
}

function penaltyIn(text: string): number | null {
  const value = numberOrNone(text, { isRight: (value) => value <= 10, said: "It is a number, or none." });
  return value === 0 ? null : value;
}

function numberOrNone(
  text: string,
  { isRight, said }: { isRight: (value: number) => boolean; said: string },
): number | null {
  if (text === "none") return null;
  const value = /^\d/.test(text) ? decimal(text) : NaN;
  if (isRight(value)) return value;
  throw new InvalidArgumentError(said);
}

function atLeastOne(text: string): number {
  const value = whole(text);
  if (value >= 1) return value;
  throw new InvalidArgumentError("It is 1 or more.");
}
