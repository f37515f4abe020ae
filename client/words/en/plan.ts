import { assumptions, detects, QUANTITIES, size } from "../../../server/planning/words/en.ts";

/** A quantity as a field: its name, what it means, and what it means to leave it empty. */
function field(name: keyof typeof QUANTITIES, empty = ""): { label: string; help: string } {
  const { label, means } = QUANTITIES[name];
  return { label: capitalised(label), help: `${capitalised(means)}.${empty}` };
}

const capitalised = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** The words of the planning page. */
export const plan = {
  language: "en",
  tabTitle: "Plan a study – Tiebreak",
  title: "How many judgments does it take?",
  intro: "Enter what you expect.",
  fields: {
    rate: field("rate", " Leave empty to compute what your prompts can detect."),
    prompts: field("prompts", " Leave empty to compute how many are needed."),
    judgments: field("judgments"),
    annotators: field("annotators", " Leave empty for 20 or more."),
    ties: field("ties"),
    correlation: field("correlation"),
    power: field("power"),
  },
  answer: { size, detects, assumptions },
  empty: "Enter a rate, a number of prompts, or both.",
  unreachable: "The server cannot be reached. Try again.",
  atTerminal: "The same on the command line:",
};
