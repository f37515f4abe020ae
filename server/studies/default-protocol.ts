import type { Analysis, Protocol, ProtocolGroup } from "../contract/studies.ts";
import { DEFAULT_WORDING } from "./default-wordings.ts";

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
