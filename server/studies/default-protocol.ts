import type { Analysis, Protocol, ProtocolGroup, Wording } from "../contract/studies.ts";

/** The question and its three answers, in the sense of LIMA's, in our own words. */
export const DEFAULT_WORDING: Wording = {
  question:
    "Put yourself in the place of the person who wrote this, wanting help. Which answer would serve you better?",
  left: "A is significantly better",
  tie: "Neither is significantly better",
  right: "B is significantly better",
  guidelines: [
    "Read the question as if you had asked it yourself, then read both answers to the end.",
    "",
    "- Choose **A** or **B** when one would clearly serve you better: it is more correct, more to the point, safer, or easier to use.",
    "- Choose **neither** when you would be about as well served by both, whether both are good or both are bad.",
    "- Which side an answer stands on means nothing. Length alone is no merit.",
    "- You may go back and change an answer at any time.",
  ].join("\n"),
};

export const DEFAULT_GROUP: ProtocolGroup = {
  name: "crowd",
  kind: "crowd",
  judgments: 1,
  sharedJudgments: 1,
  judgmentsPerAnnotator: null,
  headline: true,
};

/** The mean over prompts, for annotators like these; nobody is left out. */
export const DEFAULT_ANALYSIS: Analysis = {
  estimate: "halfTieRateByPrompt",
  test: "tTest",
  majority: "plurality",
  exclusion: "No annotator is excluded.",
  family: "pairs within one group",
  orderRule: "agree",
};

/** The protocol of a new study: one judgment of each comparison by one group called crowd. */
export function defaultProtocol(pairs: Protocol["pairs"]): Protocol {
  return {
    wording: { en: DEFAULT_WORDING },
    pairs,
    turns: "last",
    sharedPrompts: 0,
    promptRepeats: "avoid",
    showIdentical: false,
    groups: [DEFAULT_GROUP],
    analysis: DEFAULT_ANALYSIS,
    recruitment: null,
    buffer: 4,
    leaseMinutes: 60,
  };
}
