import { ALL_PEOPLE } from "../../../server/report-document/words.ts";
import { counted } from "./counted.ts";

/** The words about the protocol, on the dashboard. */
export const protocol = {
  frozen: "Frozen when the study opened.",
  rest: "Wording, assignment and conclusion",
  draft: "Draft: it can be changed until the study opens.",
  hash: "Hash",
  pairs: "Compared",
  allPairs: "every pair of systems",
  against: "against",
  question: "Question",
  options: "Choices",
  title: "Title",
  guidelines: "Guidelines",
  language: (code: string) => new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code,
  contact: "Contact",
  erased: "Erased people’s judgments",
  erasedJudgments: {
    excluded: "They count in no figure.",
    kept: "They stay in the figures, without a tie to the person.",
  },
  groups: "Groups",
  group: "Group",
  kind: "Kind",
  kinds: { crowd: "crowd", author: "authors", model: "model" },
  each: "Judgments per comparison",
  eachShared: "In the shared set",
  perAnnotator: "Maximum per annotator",
  headline: `Counted in “${ALL_PEOPLE}”`,
  unlimited: "no limit",
  yes: "yes",
  no: "no",
  allotment: "Assignment",
  shared: (count: number) =>
    count === 0
      ? "No shared set."
      : `A shared set of ${counted(count, "prompt")} that every group judges first.`,
  checks: (every: number | null) =>
    every === null
      ? "No checks (gold-standard pairs)."
      : `People get one check (a gold-standard pair, whose answer is known) per ${every} pairs.`,
  repeats: {
    avoid: "An annotator gets a prompt a second time only when no new ones are left.",
    forbid: "An annotator never gets a prompt twice.",
    allow: "An annotator may get a prompt more than once.",
  },
  turns: {
    last: "In conversations, the last turn is judged.",
    each: "In conversations, each turn is judged.",
  },
  identical: {
    true: "Pairs with identical outputs are shown.",
    false: "Pairs with identical outputs are not assigned.",
  },
  lease: (minutes: number) =>
    `A pair is reassigned ${counted(minutes, "minute")} after its annotator leaves the page.`,
  seed: "Seed",
};
