import type { Choice } from "../../../contract/words.ts";
import { type Fields, restOf } from "../field-map.ts";
import { type FileOptions, systemFromName } from "../options.ts";
import { type LoadRecord, RowFault } from "../records.ts";
import { idIn, nameIn, shown, textIn } from "../values.ts";
import { judgedBy, judgmentFields } from "./judged.ts";

const OUTPUT_FIELDS = new Set(["instruction", "output", "generator", "system", "prompt_id"]);
const ANNOTATION_FIELDS = judgmentFields([
  ...["instruction", "output_1", "output_2"],
  ...["generator_1", "generator_2", "preference"],
]);

/** AlpacaEval's model outputs: instruction, output, generator. */
export function readAlpacaOutputs(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  return [
    {
      kind: "response",
      row: at,
      promptId: idIn(row, "prompt_id"),
      promptTurns: [textIn(row, "instruction")],
      system:
        idIn(row, "system") ?? idIn(row, "generator") ?? options.system ?? systemFromName(options.fileName),
      turns: [textIn(row, "output")],
      metadata: restOf(row, OUTPUT_FIELDS),
    },
  ];
}

/** AlpacaEval's annotations: two outputs and a preference. They do not say which one was shown left. */
export function readAlpacaAnnotations(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  return [
    {
      kind: "judgment",
      row: at,
      promptId: idIn(row, "prompt_id"),
      promptTurns: [textIn(row, "instruction")],
      leftSystem: nameIn(row, "generator_1"),
      rightSystem: nameIn(row, "generator_2"),
      sideKnown: false,
      choice: preferenceIn(row),
      ...judgedBy(row, options, ANNOTATION_FIELDS),
      leftTurns: [textIn(row, "output_1")],
      rightTurns: [textIn(row, "output_2")],
    },
  ];
}

const PREFERENCES: ReadonlyMap<number, Choice> = new Map<number, Choice>([
  [1, "left"],
  [2, "right"],
  [1.5, "tie"],
  [0, "tie"],
]);

function preferenceIn(row: Fields): Choice {
  const value = row.preference;
  const number = typeof value === "string" && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  const choice = typeof number === "number" ? PREFERENCES.get(number) : undefined;
  if (choice) return choice;
  const advice = "Leave the row out, or load with --skip-bad.";
  throw new RowFault("PreferenceNotAChoice", `${whyNoChoice(value, number)} ${advice}`, "preference");
}

function whyNoChoice(value: unknown, number: unknown): string {
  if (value === null || value === undefined || value === "")
    return "There is no preference: the annotation failed.";
  return typeof number === "number" && number > 1 && number < 2
    ? `The preference ${number} is a probability, not a choice of 1, 2 or 1.5.`
    : `The preference ${shown(value)} is not 1, 2, 1.5 or 0.`;
}
