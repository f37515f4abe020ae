import { estimateText } from "../../../server/report-document/numbers.ts";
import type { ExclusionPreview, PaceLine } from "../../../server/contract/watching.ts";
import {
  agreementSays,
  FINDING_SECTIONS,
  FINDING_WORDS,
  LOOK_WORDS,
  medianSays,
  metSays,
  PACE_WHY,
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

  exclude: {
    title: "Exclude by a rule",
    means:
      "You see whom a rule meets and what would follow before anybody is excluded. Nothing is deleted, and an exclusion can be undone.",
    rule: "Rule",
    kinds: {
      checks: "failed checks",
      speed: "too fast",
      side: "always one side",
      report: "pointed out by the report",
    },
    failed: "Failed checks, or more",
    of: "Of at least (optional)",
    seconds: "Median below, in seconds",
    percent: "On one side, in per cent or more",
    show: "Show whom it meets",
    nobody: "The rule meets nobody whose judgments count.",
    meets: (annotators: number) => `The rule meets ${counted(annotators, "annotator")}.`,
    met: metSays,
    effect: ({ judgments, freed, held, state }: ExclusionPreview) =>
      `${counted(judgments, "judgment")} would be in no figure any more. ${
        state === "closed"
          ? "The study is closed, so nothing is assigned again."
          : `${counted(freed, "judgment")} would be wanted again, and ${counted(held, "open pair")} free for others.`
      }`,
    headline: "The headline now and without them",
    pair: "Half-tie rate, mean over prompts",
    now: "Now",
    without: "Without them",
    figure: (figures: NonNullable<ExclusionPreview["headline"]>[number]["before"]) =>
      `${estimateText(figures.halfTieRateByPrompt)} (${counted(figures.judgments, "judgment")})`,
    reason: "Reason",
    reasonMeans: "It is recorded, and the report shows it with the effect of the exclusion.",
    exclude: (annotators: number) => `Exclude ${counted(annotators, "annotator")}`,
    done: (annotators: number) => `${counted(annotators, "annotator")} excluded.`,
    undo: "Undo",
  },

  today: {
    title: "Today",
    nothing: "Nothing is wrong today.",
    findings: FINDING_WORDS,
    sections: FINDING_SECTIONS,
    since: (time: string) => `since ${time}`,
  },

  pace: {
    title: "Pace and projected end",
    columns: { group: "Group", left: "Left", perDay: "Per day", end: "Projected end" },
    means:
      "At the pace of the last 7 days, or of the time since the first judgment where that is less, with a 90 % interval. Nights and weekends count as they fell.",
    why: PACE_WHY,
    end: ({ low, value, high }: NonNullable<PaceLine["end"]>) =>
      high === null
        ? `${day(value)}, ${day(low)} or later`
        : `${day(value)}, between ${day(low)} and ${day(high)}`,
  },
};

const day = (iso: string): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
