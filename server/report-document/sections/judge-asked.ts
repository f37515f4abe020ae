import type { Asked } from "../../contract/model-calls.ts";
import { counted, listed } from "../numbers.ts";

/** How a judge was asked, and how its replies became verdicts, in one clause without a subject. */
export function askedText(asked: Asked): string {
  return [
    `asked ${wayText(asked)}`,
    ...inputsText(asked),
    ...(asked.scale === "five"
      ? ["for one of five steps (A>>B to B>>A), which count as the three options A, tie and B"]
      : []),
    ...(asked.verdictFrom === "probabilities"
      ? ["the verdict being the likelier of A and B as its first word, by their log probabilities"]
      : []),
    ...(asked.samples > 1
      ? [`the verdict being that of most of ${asked.samples} replies, or a tie where no option has most`]
      : []),
  ].join(", ");
}

const PRESETS: Readonly<Record<NonNullable<Asked["preset"]>, string>> = {
  lima: "in LIMA’s condition (what people are asked, once)",
  "alpaca-eval": "in AlpacaEval 2 style",
  "mt-bench": "in MT-Bench style",
  "arena-hard": "in Arena-Hard style",
};

/** What of a published rule is not applied here: a preset has its inputs and options, and not all that is computed of them. */
const RULES: { readonly [Name in keyof typeof PRESETS]?: string } = {
  "alpaca-eval": "not corrected for length",
  "arena-hard": "A>>B counting as one win, not as three",
};

function wayText({ preset, changes, template }: Asked): string {
  if (preset === null) return template === "own" ? "with the study’s own instructions" : "as people are";
  const differs = [
    ...(template === "preset" ? ["its inputs and options in other words"] : []),
    RULES[preset] ?? [],
  ].flat();
  const words = differs.length === 0 ? "" : ` (${differs.join("; ")})`;
  const other = changes.map((name) => CHANGES[name] ?? name);
  return `${PRESETS[preset]}${words}${other.length === 0 ? "" : ` but for ${listed(other)}`}`;
}

/** Settings in which a judge differs from its preset. */
const CHANGES: Readonly<Record<string, string>> = {
  orders: "the orders",
  repeats: "repeats",
  temperature: "the temperature",
  maxTokens: "the length of replies",
  system: "the system prompt",
  template: "the template",
  examples: "examples",
  criteria: "criteria",
  criteriaField: "criteria of each prompt",
  referenceField: "reference answers",
  scale: "the options",
  verdictFrom: "how a verdict is read",
  samples: "the number of replies per verdict",
};

function inputsText({ criteria, criteriaField, referenceField, examples }: Asked): string[] {
  const inputs = [
    ...(criteria ? ["criteria of the study"] : []),
    ...(criteriaField === null ? [] : [`each prompt’s own criteria (“${criteriaField}”)`]),
    ...(referenceField === null ? [] : [`reference answers (“${referenceField}”)`]),
    ...(examples === 0 ? [] : [counted(examples, "judged example")]),
  ];
  return inputs.length === 0 ? [] : [`with ${listed(inputs)}`];
}
