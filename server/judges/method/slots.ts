import type { JudgeMethod } from "../../contract/judge-method.ts";
import { JudgeWrong } from "../errors.ts";

/** What a template can hold: the texts of one comparison, and what is the same for all. */
const WORDING = ["question", "guidelines", "criteria", "options", "reply"] as const;
const TEXTS = ["frame", "examples", "prompt", "reference", "response_a", "response_b"] as const;
type Slot = (typeof WORDING)[number] | (typeof TEXTS)[number];

/** The text of each slot; empty: there is none. */
type SlotTexts = Readonly<Record<Slot, string>>;

const SLOT = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** What a judge gets where its method has no template: what people get, in their order. */
export const STANDARD_TEMPLATE = [
  ...["question", "guidelines", "criteria", "frame", "examples", "prompt", "reference"],
  ...["response_a", "response_b", "options", "reply"],
]
  .map((slot) => `{{${slot}}}`)
  .join("\n\n");

/**
 * The template with its slots filled. A paragraph all of whose slots are empty is left out. The texts are put in once, so
 * that slots inside them stay as they are.
 */
export function filled(template: string, texts: SlotTexts): string {
  return template
    .trim()
    .split(/\n[^\S\n]*\n\s*/)
    .filter((paragraph) => {
      const slots = slotsIn(paragraph);
      return slots.length === 0 || slots.some((slot) => texts[slot as Slot] !== "");
    })
    .map((paragraph) => paragraph.replace(SLOT, (_, slot: Slot) => texts[slot]))
    .join("\n\n");
}

/**
 * Refuses a method that cannot work: a template without a necessary slot or with an unknown one, or settings that
 * contradict one another.
 * @throws JudgeWrong, with the slot or the setting
 */
export function assertUsable(method: JudgeMethod): void {
  const { template, system } = method;
  const known: readonly string[] = [...WORDING, ...TEXTS];
  const unknown = slotsIn(`${template ?? ""} ${system ?? ""}`).find((slot) => !known.includes(slot));
  if (unknown !== undefined)
    throw new JudgeWrong(
      `The template has the slot {{${unknown}}}, which does not exist. Slots: ${listed(known)}.`,
    );
  const misplaced = slotsIn(system ?? "").find((slot) => (TEXTS as readonly string[]).includes(slot));
  if (misplaced !== undefined)
    throw new JudgeWrong(`{{${misplaced}}} cannot be in the system prompt: put it into the template.`);
  const there = slotsIn(`${template ?? STANDARD_TEMPLATE} ${system ?? ""}`);
  const missing = necessary(method).find((slot) => !there.includes(slot));
  if (missing !== undefined)
    throw new JudgeWrong(`The template lacks the slot {{${missing}}}: ${WHY[missing]}.`);
  assertConsistent(method);
}

function assertConsistent({ examples = [], scale, verdictFrom, samples = 1 }: JudgeMethod): void {
  if (verdictFrom === "probabilities" && scale === "five")
    throw new JudgeWrong("Probabilities are those of A and B: they have no five steps. Omit one of the two.");
  if (verdictFrom === "probabilities" && samples > 1)
    throw new JudgeWrong(
      "One reply has all probabilities: omit samples, or take the verdict from the reply.",
    );
  const isOption = (verdict: string) =>
    scale === "five" ? verdict.length > 1 && verdict !== "tie" : ["A", "tie", "B"].includes(verdict);
  const wrong = examples.find(
    ({ verdict }) => !isOption(verdict) || (verdictFrom === "probabilities" && verdict === "tie"),
  );
  if (wrong)
    throw new JudgeWrong(
      `An example has the verdict ${wrong.verdict}, which is not an option of this judge.`,
    );
}

const slotsIn = (template: string): string[] => [...template.matchAll(SLOT)].map((match) => match[1]!);

const listed = (slots: readonly string[]): string => slots.map((slot) => `{{${slot}}}`).join(", ");

function necessary({ examples, criteria, criteriaField, referenceField }: JudgeMethod): Slot[] {
  return [
    ...(["frame", "prompt", "response_a", "response_b", "reply"] as const),
    ...(examples && examples.length > 0 ? (["examples"] as const) : []),
    ...(criteria !== undefined || criteriaField !== undefined ? (["criteria"] as const) : []),
    ...(referenceField === undefined ? [] : (["reference"] as const)),
  ];
}

const WHY: Readonly<Record<Slot, string>> = {
  frame: "it marks the texts as material to be judged, so that no response can give the judge orders",
  prompt: "the judge needs the prompt",
  response_a: "the judge needs both responses",
  response_b: "the judge needs both responses",
  reply: "it has the form of the reply, without which no verdict can be read",
  examples: "the method has examples",
  criteria: "the method has criteria",
  reference: "the method has reference answers",
  question: "the judge needs a question",
  guidelines: "the judge needs the guidelines",
  options: "the judge needs the options",
};
