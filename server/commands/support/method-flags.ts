import { type Command, Option } from "commander";
import { type JudgeMethodFile, judgeMethodFileSchema, PRESETS } from "../../contract/judge-method.ts";
import { JudgeWrong } from "../../judges/errors.ts";
import { checked, dataIn } from "../../loading/reading/yaml-faults.ts";
import type { ModelMessage } from "../../model-servers/model-call.ts";
import { readText } from "./files.ts";
import { whole } from "./model-flags.ts";

/** The flags that decide how a judge is asked, and how its replies become a verdict. */
export interface MethodFlags {
  readonly preset?: JudgeMethodFile["preset"];
  readonly method?: string;
  readonly scale?: JudgeMethodFile["scale"];
  readonly verdictFrom?: JudgeMethodFile["verdictFrom"];
  readonly samples?: number;
}

export const addMethodOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "--preset <name>",
        "published way of judging: its inputs, options, sampling and rule, in Tiebreak's own words",
      ).choices(PRESETS),
    )
    .option(
      "--method <file>",
      "YAML file with template, system prompt, examples, criteria, reference field …",
    )
    .addOption(
      new Option(
        "--scale <scale>",
        "three: A, tie, B; five: A>>B to B>>A, collapsed to these (default: three)",
      ).choices(["three", "five"]),
    )
    .addOption(
      new Option(
        "--verdict-from <source>",
        "reply: what the model answers; probabilities: those of A and B as first word (default: reply)",
      ).choices(["reply", "probabilities"]),
    )
    .option(
      "--samples <n>",
      "replies per verdict: the option of most of them, or else a tie (default: 1)",
      whole,
    );

/** The method that the flags name: each flag overrides the file. @throws JudgeWrong with a line for each fault */
export function methodIn(flags: MethodFlags): JudgeMethodFile {
  const { method, preset, scale, verdictFrom, samples } = flags;
  const given = Object.entries({ preset, scale, verdictFrom, samples }).filter(
    ([, value]) => value !== undefined,
  );
  const text = method === undefined ? null : readText(method);
  try {
    const file = text === null ? {} : dataIn(judgeMethodFileSchema, text, method!);
    return checked(judgeMethodFileSchema, { ...file, ...Object.fromEntries(given) }, "The flags");
  } catch (error) {
    throw new JudgeWrong((error as Error).message);
  }
}

/** Messages as they would be sent, each under its role. */
export const previewText = (messages: readonly ModelMessage[]): string =>
  [
    ...messages.map(({ role, content }) => `--- ${role} ---\n${content}`),
    "---",
    "Nothing was sent. A run has another code in the double square brackets, and may swap the two responses.",
  ].join("\n");
