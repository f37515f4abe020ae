import { counted } from "./results-numbers.ts";

const KINDS = { crowd: "crowd", author: "authors", model: "a language model" };

/** The box that says what the figures rest on. */
export const about = {
  title: "About this study",
  judged: "Judged",
  /** What was judged, in one line. */
  counts: (has: { judgments: number; comparisons: number; prompts: number }) =>
    `${counted(has.judgments, "judgment")} of ${counted(has.comparisons, "comparison")} on ${counted(has.prompts, "prompt")}`,
  by: "By",
  group: ({
    kind,
    annotators,
    judgments,
  }: {
    kind: keyof typeof KINDS;
    annotators: number;
    judgments: number;
  }) => `(${KINDS[kind]}): ${counted(annotators, "annotator")}, ${counted(judgments, "judgment")}`,
  apart: "; outside the figures of all people",
  recruitment: "Recruitment",
  notSaid: "Not said.",
  question: "Asked",
  options: "Answers offered",
  guidelines: "Guidelines that annotators read",
  exclusions: "Declared rule for exclusions",
  inFact: "Whose judgments are left out in fact stands below, under “Exclusions”.",
  planned: "Planned",
  slots: ({ judged, wanted }: { judged: number; wanted: number }) =>
    wanted === 0
      ? "None for the groups of the headline: their judgments were loaded from files."
      : `${judged.toLocaleString("en-US")} of ${counted(wanted, "planned judgment")} are there. Judgments loaded from files are not among them.`,
  declared: "Declared beforehand",
  declaration: ({ estimate, test }: { estimate: string; test: string }) =>
    `${ESTIMATES[estimate] ?? estimate}, tested by ${TESTS[test] ?? test}, corrected for the number of pairs within a group (Holm).`,
  readGuidelines: "Read them",
  marks: "To check by",
  protocol: "protocol",
  nothingDeclared: "Nothing: the study was never opened, so no analysis was fixed before the judgments.",
  status: "Status",
  statuses: {
    confirmatory:
      "Confirmatory: declared beforehand, and every planned judgment is there or the study is closed.",
    interim: "Interim: declared beforehand, not complete yet.",
    exploratory: "Exploratory: not declared beforehand.",
  },
  snapshot: "Snapshot",
  snapshotIs: (number: number, when: string, reason: string) =>
    `Number ${String(number)} of ${when}, kept because ${reason}. This page is frozen: it does not change any more.`,
};

const ESTIMATES: Record<string, string> = {
  halfTieRateByPrompt: "The half-tie rate, as the mean over prompts",
  halfTieRate: "The half-tie rate, per judgment",
};
const TESTS: Record<string, string> = {
  permutationTest: "a permutation test (the signs of whole prompts flipped)",
  signTest: "a sign test on the majority of each prompt",
};
