import type { EntryStage } from "../../../server/contract/words.ts";
import { asWord } from "../../../server/report-document/as-word.ts";
import { counted } from "./counted.ts";

/** The words about what comes before the first pair, on the dashboard. */
export const entry = {
  title: "Before the first pair",
  none: "Nothing comes before the first pair. To ask for consent, practice or a qualification first:",
  never: "Nothing came before the first pair.",
  again: "To change it, edit the file and run this command again:",
  print: "To print all that is set:",
  command: (study: string) => `npx tiebreak entry set ${asWord(study)} entry.yaml`,
  show: (study: string) => `npx tiebreak entry show ${asWord(study)}`,
  arrived: (count: number) => `${counted(count, "annotator")} opened their link.`,
  version: (version: string) => `Consent in force: version ${version}.`,
  table: "Stages, and how many people passed each",
  stage: "Stage",
  passed: "Passed",
  out: "Ended there",
  stages: {
    information: "Information",
    consent: "Consent",
    questions: "Questions about the person",
    practice: "Practice",
    qualification: "Qualification",
  } satisfies Record<EntryStage, string>,
};
