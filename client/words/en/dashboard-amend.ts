import { changeText, followsLines, revisionLine } from "../../../server/report-document/amendment-words.ts";

/** Amending a study that was opened. */
export const amend = {
  means:
    "Each amendment is a numbered revision with a reason, which the report shows. Judgments given before stay. What follows is listed before anything is done.",
  closed: "The study is closed: any amendment opens it again.",
  revisions: "Revisions",
  title: "Amend the study",
  what: "What changes",
  kinds: {
    judgments: "More judgments",
    baseline: "Another baseline",
    group: "Another group",
    shared: "The shared set",
    wording: "A clearer question",
    response: "A corrected response",
    reopen: "Nothing else",
  },
  group: "Group",
  judgments: "Judgments per comparison",
  shared: "Prompts that every group judges first",
  newGroup: "Name of the group",
  baseline: "Baseline",
  noBaseline: "Every loaded system is compared already. Load the outputs of another one first.",
  question: "Question",
  prompt: "Prompt id",
  system: "System",
  output: "The response as it should be",
  show: "Show what follows",
  reason: "Reason",
  confirm: (name: string) => `Type the study’s name, ${name}, to amend it`,
  act: "Amend",
  planned: (revision: number) => `Revision ${revision}`,
  change: changeText,
  follows: followsLines,
  revision: revisionLine,
};
