import type { Choice } from "../../../contract/words.ts";
import { type Fields, restOf } from "../field-map.ts";
import { type FileOptions, systemOfFile } from "../options.ts";
import { type LoadRecord, RowFault } from "../records.ts";
import { idIn, nameIn, optionalText, shown, textIn } from "../values.ts";
import { judgedBy, judgmentFields } from "./judged.ts";

const OUTPUT_FIELDS = new Set(["instruction", "input", "output", "generator", "system", "prompt_id"]);
const ANNOTATION_FIELDS = judgmentFields([
  ...["instruction", "input", "output_1", "output_2"],
  ...["generator_1", "generator_2", "preference"],
]);

/** AlpacaEval's model outputs: instruction, output, generator. */
export function readAlpacaOutputs(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  return [
    {
      kind: "response",
      row: at,
      promptId: idIn(row, "prompt_id"),
      promptTurns: [taskIn(row)],
      system: idIn(row, "system") ?? idIn(row, "generator") ?? systemOfFile(options),
      turns: [oneOutput(row)],
      metadata: restOf(row, OUTPUT_FIELDS),
    },
  ];
}

/** What the model was given: the instruction, and below a blank line its input, where there is one. */
function taskIn(row: Fields): string {
  const instruction = textIn(row, "instruction");
  const input = optionalText(row, "input");
  return input === null ? instruction : `${instruction}\n\n${input}`;
}

/** An output is one text: a list holds samples of the same prompt, of which nobody has said which is meant. */
function oneOutput(row: Fields): string {
  if (!Array.isArray(row.output)) return textIn(row, "output");
  const ways = "FILE:output=output.0 takes the first of each row, output.1 the second";
  const each = "to make each sample a system of its own, load the file once per sample with --system NAME";
  const what = "output is a list of samples of one prompt: choose one.";
  throw new RowFault("TextNotText", `${what} ${ways}; ${each}.`, "output");
}

/** AlpacaEval's annotations: two outputs and a preference. They do not say which one was shown left. */
export function readAlpacaAnnotations(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  requireFields(row, options);
  const { choice, probability } = preferenceIn(row, options);
  const judged = judgedBy(row, options, ANNOTATION_FIELDS);
  const rounded =
    probability === null ? {} : { rounded: true, metadata: { ...judged.metadata, preference: probability } };
  return [
    {
      kind: "judgment",
      row: at,
      promptId: idIn(row, "prompt_id"),
      promptTurns: [taskIn(row)],
      leftSystem: nameIn(row, "generator_1"),
      rightSystem: nameIn(row, "generator_2"),
      sideKnown: false,
      choice,
      ...judged,
      ...rounded,
      leftTurns: [textIn(row, "output_1")],
      rightTurns: [textIn(row, "output_2")],
    },
  ];
}

const REQUIRED = ["instruction", "output_1", "output_2", "generator_1", "generator_2", "preference"];

/** Says all at once what a row lacks, so that one mapping mends it. */
function requireFields(row: Fields, { fileName }: FileOptions): void {
  const missing = REQUIRED.filter((field) => row[field] === undefined);
  if (missing.length < 2) return;
  const there = Object.keys(row).join(", ") || "none";
  const constants = ["generator_1", "generator_2"];
  const map = missing.map((field) => (constants.includes(field) ? `${field}:=NAME` : `${field}=THEIRS`));
  const advice = `Map what is missing ('${fileName}:${map.join(",")}'; values are translated as in THEIRS{a:1|b:2}).`;
  throw new RowFault("FieldMissing", `There is no ${missing.join(", ")}. The fields are ${there}. ${advice}`);
}

const PREFERENCES: ReadonlyMap<number, Choice> = new Map<number, Choice>([
  [1, "left"],
  [2, "right"],
  [1.5, "tie"],
  [0, "tie"],
]);

/**
 * A preference as a choice: 1, 2, 1.5 or 0, or 1 + the probability of output_2, which is above or below 1.5. A column that
 * was mapped here has numbers of its own: there 0 is no tie, or the losses of a 0/1 column would be ties.
 */
function preferenceIn(row: Fields, { map }: FileOptions): { choice: Choice; probability: number | null } {
  const value = row.preference;
  const number = typeof value === "string" && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof number === "number" && (number !== 0 || !map.has("preference"))) {
    const choice = PREFERENCES.get(number);
    if (choice) return { choice, probability: null };
    if (number > 1 && number < 2) return { choice: number > 1.5 ? "right" : "left", probability: number };
  }
  throw new RowFault("PreferenceNotAChoice", whyNoChoice(value, number, map.has("preference")), "preference");
}

function whyNoChoice(value: unknown, number: unknown, isMapped: boolean): string {
  if (value === undefined) return "There is no preference.";
  if (value === null || value === "")
    return "There is no preference: the annotation failed. Leave the row out, or load with --skip-bad.";
  const what = `The preference ${shown(value)} is not 1 (output_1), 2 (output_2), 1.5 (a tie) or a number between.`;
  if (number !== 0 || !isMapped) return what;
  return `${what} If the column's numbers mean something else, translate them: FILE:preference=THEIRS{1:1|0:2}.`;
}
