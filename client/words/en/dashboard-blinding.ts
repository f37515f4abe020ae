import {
  decisionText,
  foundText,
  SIGN_WORDS,
  STALE_TEXT,
  toldApartText,
  whatText,
} from "../../../server/report-document/blinding-words.ts";
import { asWord } from "../../../server/report-document/as-word.ts";
import { capital } from "../../../server/report-document/words.ts";
import { counted } from "./counted.ts";

/** The words about the blinding audit, on the dashboard. */
export const blinding = {
  means:
    "Annotators are not shown which system wrote which answer, but the texts may give it away. Audit them, best before the study opens.",
  start: "Audit the texts",
  again: "Audit again",
  command: (study: string) => `npx tiebreak blinding ${asWord(study)}`,
  running: (done: number, of: number) =>
    of === 0
      ? "Auditing…"
      : done >= of
        ? "Comparing styles…"
        : `Auditing: ${done.toLocaleString("en-US")} of ${counted(of, "prompt")}…`,
  found: foundText,
  stale: STALE_TEXT,
  made: (time: string) => `Audited ${time}.`,
  sign: (kind: keyof typeof SIGN_WORDS) => capital(SIGN_WORDS[kind]),
  what: whatText,
  decided: decisionText,
  extent: (responses: number, of: number, label: string) =>
    `${responses.toLocaleString("en-US")} of ${counted(of, "response")} of ${label}`,
  examples: "Examples",
  decide: "Decide",
  decideOn: (finding: string) => `Decide about ${finding}`,
  choice: "What to do",
  choices: {
    keep: "Keep the texts as they are",
    mask: "Mask what was found",
    "leave out": "Leave these comparisons out",
  },
  choiceMeans: {
    keep: "Nothing changes; the report shows the finding.",
    mask: "Names become “[…]”; reasoning and special tokens are removed. Possible until the study opens.",
    "leave out":
      "They are not assigned any more, and judgments of them are in no figure. Another decision brings them back.",
  },
  reason: "Reason, shown in the report",
  save: "Save the decision",
  notNow: "Not now",
  style: "Telling systems apart by style",
  toldApart: toldApartText,
  styleMeans:
    "A classifier looks at form alone: length, lists, punctuation, frequent words, openings. People who know the systems may see more, others less.",
  lengths: "Length",
  system: "System",
  responses: "Responses",
  median: "Median characters",
  unknown: "unknown",
};
