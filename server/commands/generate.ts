import { type Command, InvalidArgumentError } from "commander";
import type { Context } from "../context.ts";
import { checkResponses } from "../generation/check.ts";
import { GenerationWrong } from "../generation/errors.ts";
import { estimateGeneration } from "../generation/estimate.ts";
import {
  againIn,
  generateResponses,
  type GenerationRequest,
  noticesAbout,
  requirePossible,
} from "../generation/generate.ts";
import type { GenerationSummary } from "../generation/run.ts";
import { type GenerationSettings, LIMA_SAMPLING, REPETITION_PENALTY_NAMES } from "../generation/settings.ts";
import { checkText, endText, estimateText, progressText } from "./support/generate-text.ts";
import {
  addCallOptions,
  addLimitOptions,
  addressShown,
  addServerOptions,
  bodyOf,
  limitsOf,
  type ModelFlags,
  numberOrNone,
  pricesIn,
  temperatureIn,
  whole,
} from "./support/model-flags.ts";
import { endTelling, UNFINISHED, withModelServer } from "./support/model-run.ts";
import { print, say, withDatabase } from "./support/run.ts";

interface GenerateFlags extends ModelFlags {
  readonly system?: string;
  readonly model?: string;
  readonly check?: boolean;
  /** true: those with a fault. */
  readonly again?: true | string[];
  readonly systemPrompt?: string;
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly repetitionPenalty: number | null;
  readonly maxTokens: number;
  readonly seed?: number;
  readonly reason?: string;
}

/** In seconds: what 2,048 tokens of a large model can take on a small machine. */
const TIMEOUT = 30 * 60;

export function generateCommand(program: Command): void {
  const { temperature, topP, repetitionPenalty, maxTokens } = LIMA_SAMPLING;
  const command = program
    .command("generate <study>")
    .description("generate a system's missing responses with a model server")
    .option("--system <name>", "system to generate responses for; created if it is new")
    .option("--model <name>", "name of the model on its server");
  addServerOptions(command)
    .option("--system-prompt <text>", "system prompt to send before each prompt (default: none)")
    .option(
      "--temperature <t>",
      "sampling temperature, 0 to 2; none: the server's default",
      temperatureIn,
      temperature,
    )
    .option("--top-p <p>", "nucleus sampling threshold; none: the server's default", topPIn, topP)
    .option(
      "--repetition-penalty <r>",
      "repetition penalty, if the server supports one; none or 0: not sent",
      penaltyIn,
      repetitionPenalty,
    )
    .option("--max-tokens <n>", "maximum tokens per turn", atLeastOne, maxTokens)
    .option("--seed <n>", "sampling seed, if the server supports it", whole)
    .option(
      "--reason <text>",
      "why an opened study gets more to judge; the report shows it with the revision",
    )
    .option("--concurrency <n>", "calls to run at once", atLeastOne, 8);
  addCallOptions(addLimitOptions(command), TIMEOUT)
    .option("--dry-run", "estimate the cost without sending anything")
    .option(
      "--again [prompts...]",
      "replace stored responses of --system that nobody was shown: to these prompts, or those that --check lists",
    )
    .option(
      "--check",
      "list stored responses, of --system or of all, that contain reasoning or may be cut off; generates nothing",
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
  "The defaults are LIMA’s settings. Each response is stored as soon as it arrives, with the settings used. After",
  "Ctrl-C, a limit or a crash, run the same command again: completed calls are not repeated. Reasoning in a response",
  "is stored apart from it. --check exits with 3 if it finds something, and with 0 if all is well.",
  "",
  "Examples:",
  "  npx tiebreak generate haiku --system ours --model qwen3 --base-url http://127.0.0.1:8081/v1 --dry-run",
  "  npx tiebreak generate haiku --system gpt-4o --model gpt-4o --prices prices.yaml --max-cost 5",
  "  npx tiebreak generate haiku --system claude --model claude-sonnet-4 --adapter anthropic --key-file key.txt",
  "  npx tiebreak generate haiku --check",
  "  npx tiebreak generate haiku --system ours --model qwen3 --base-url http://127.0.0.1:8081/v1 --again",
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
    const again = (await againIn(context, request))?.jobs ?? null;
    const estimate = await estimateGeneration(context, { ...request, again });
    return print(flags.json ? JSON.stringify(estimate) : estimateText(estimate, request));
  }
  const kind = { what: "responses", textOf: progressText, repetitionPenaltyAs: REPETITION_PENALTY_NAMES };
  tellEnd(
    await withModelServer(context, flags, kind, (means) => generateResponses(context, request, means)),
    flags,
  );
}

function requestOf(study: string, flags: GenerateFlags): GenerationRequest {
  const { system, model, adapter, temperature, topP, repetitionPenalty, maxTokens } = flags;
  if (system === undefined || model === undefined)
    throw new GenerationWrong("Name the system and the model: --system NAME --model NAME.");
  const body = bodyOf(flags);
  const settings: GenerationSettings = {
    ...{ adapter, model, baseUrl: addressShown(flags), systemPrompt: flags.systemPrompt ?? null },
    ...{ temperature, topP, repetitionPenalty, maxTokens, seed: flags.seed ?? null },
    ...(body === undefined ? {} : { body }),
  };
  const price = pricesIn(flags.prices)(model);
  const again = flags.again === undefined ? {} : { again: flags.again === true ? [] : flags.again };
  const how = { limits: limitsOf(flags), price, by: "command line", reason: flags.reason };
  return { study, system, settings, ...again, ...how };
}

function tellEnd(summary: GenerationSummary, { json }: GenerateFlags): void {
  const { ending, progress } = summary;
  endTelling(ending, { done: progress.stored, of: progress.of });
  print(json ? JSON.stringify(summary) : endText(summary));
}

function topPIn(text: string): number | null {
  const isRight = (value: number) => value > 0 && value <= 1;
  return numberOrNone(text, { isRight, said: "Give a number above 0, at most 1, or none." });
}

function penaltyIn(text: string): number | null {
  const value = numberOrNone(text, {
    isRight: (value) => value <= 10,
    said: "Give a number up to 10, or none.",
  });
  return value === 0 ? null : value;
}

function atLeastOne(text: string): number {
  const value = whole(text);
  if (value >= 1) return value;
  throw new InvalidArgumentError("Give 1 or more.");
}
