import {
  agreementSays,
  LOOK_WORDS,
  medianSays,
  shareOf,
} from "../../../server/report-document/watching-words.ts";
import { counted } from "./counted.ts";

/** Of the dashboard: how annotators work, and what is wrong. */
export const watching = {
  empty: "Nobody has judged or been invited yet.",
  extent: (total: number, looks: number) =>
    `${counted(total, "annotator")}, ${looks === 0 ? "none needs" : looks === 1 ? "1 needs" : `${String(looks)} need`} a look.`,
  means:
    "Annotators are listed first whose work stands out by the rules of the report, who wrote to you, or who wait for your decision. Nobody is excluded by it.",
  needLook: "Need a look",
  looks: LOOK_WORDS,
  table: "Annotators and their work",
  columns: {
    annotator: "Annotator",
    judged: "Judged",
    seen: "Last seen",
    median: "Median",
    fast: "Under 2 s",
    left: "Left",
    ties: "Ties",
    checks: "Checks",
    agreement: "Agreement",
    more: "Besides",
  },
  share: shareOf,
  median: medianSays,
  agreement: agreementSays,
  open: (pairs: number) => `${counted(pairs, "pair")} open`,
  never: "never",
  checks: (passed: number, of: number) => (of === 0 ? "–" : `${String(passed)} of ${String(of)}`),
  besides: ({ skipped, flagged }: { skipped: number; flagged: number }) =>
    [
      ...(skipped > 0 ? [`${String(skipped)} skipped`] : []),
      ...(flagged > 0 ? [`${String(flagged)} flagged`] : []),
    ].join(", "),
  excluded: (rule: string) => `excluded: ${rule}`,
  ended: "part ended",
  answer: "Read and answer",
  decide: "Decide",
  more: (shown: number, total: number) => `Show more (${String(shown)} of ${String(total)} shown)`,
};
