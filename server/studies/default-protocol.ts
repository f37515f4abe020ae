import type { Analysis, Protocol, ProtocolGroup, Wording } from "../contract/studies.ts";

/** What our guidelines add for two answers of the same worth. */
const EITHER_WAY = "about as well served by both, whether both are good or both are bad.";

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
    `- Choose **neither** when you would be ${EITHER_WAY}`,
    "- Which side an answer stands on means nothing. Length alone is no merit.",
    "- You may go back and change an answer at any time.",
  ].join("\n"),
};

/** The wordings with a choice for two bad answers: in our own words where a wording in English has none yet. */
export const withBothBad = (wordings: Readonly<Record<string, Wording>>): Record<string, Wording> =>
  Object.fromEntries(
    Object.entries(wordings).map(([language, wording]) => [
      language,
      /^en(-|$)/i.test(language) ? inEnglish(wording) : wording,
    ]),
  );

/** Our guidelines send two bad answers to “neither”, which is no longer right then. */
const inEnglish = (wording: Wording): Wording => ({
  both_bad: "Both are bad",
  ...wording,
  guidelines:
    wording.guidelines?.replace(
      EITHER_WAY,
      "about as well served by both. If there is a choice for two bad answers, use it when neither would help you.",
    ) ?? null,
});

/** The wordings without that choice; our own guidelines as they are without it. */
export const withoutBothBad = (wordings: Readonly<Record<string, Wording>>): Record<string, Wording> =>
  Object.fromEntries(
    Object.entries(wordings).map(([language, { question, left, tie, right, guidelines }]) => {
      const isOurs = guidelines === inEnglish(DEFAULT_WORDING).guidelines;
      const own = isOurs ? DEFAULT_WORDING.guidelines : guidelines;
      return [language, { question, left, tie, right, guidelines: own }];
    }),
  );

export const DEFAULT_GROUP: ProtocolGroup = {
  name: "crowd",
  kind: "crowd",
  judgments: 1,
  sharedJudgments: 1,
  judgmentsPerAnnotator: null,
  headline: true,
};

/** The mean over prompts, tested by signs flipped a prompt at a time; nobody is left out. @internal */
export const DEFAULT_ANALYSIS: Analysis = {
  estimate: "halfTieRateByPrompt",
  test: "permutationTest",
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
