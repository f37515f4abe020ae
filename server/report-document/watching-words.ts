import { LEAST } from "../contract/least-judgments.ts";
import type { AnnotatorRule } from "../contract/report-annotators.ts";
import type {
  ExclusionRule,
  Finding,
  FindingOfToday,
  LookReason,
  PaceLine,
  WatchedAnnotator,
} from "../contract/watching.ts";
import { counted, decimal, percent, seconds } from "./numbers.ts";
import { RULE_NAMES } from "./stands-out.ts";

/** Why an annotator needs a look, in words; figures stand with the rules of the report. */
export const LOOK_WORDS: Readonly<Record<LookReason, (one: WatchedAnnotator) => string>> = {
  review: () => "paused by a rule, waits for your decision",
  message: () => "wrote to you, no answer yet",
  chance: ({ agreement }) =>
    agreement === null
      ? "agreement not shown to be better than chance"
      : `agreement ${decimal(agreement.rate)} ${AGREEMENT_WORDS[agreement.found === "below" ? "below" : "not shown"]} (by chance ${decimal(agreement.chance)})`,
  speed: ({ fast }) => `${shareOf(fast)} of judgments in less than 2 s`,
  side: ({ left }) => `${shareOf(left)} of decisive judgments on the left`,
  answer: () => "gives one answer far more often than others",
  checks: ({ checks }) => `${checks.count} of ${counted(checks.of, "check")} passed`,
  results: () => "judged after seeing the results",
};

/** A share in per cent; a dash where there is nothing to take it of. */
export const shareOf = ({ count, of }: { count: number; of: number }): string =>
  of === 0 ? "–" : percent(count / of);

const AGREEMENT_WORDS = {
  better: "better than chance",
  "not shown": "not shown to be better than chance",
  below: "far below that of the others",
};

/** Agreement with others, and what can be told of it. */
export function agreementSays(agreement: WatchedAnnotator["agreement"]): string {
  if (agreement === null) return "–";
  const { rate, found, power } = agreement;
  if (found === "cannot tell") return `${decimal(rate)}, too early to tell (power ${percent(power)})`;
  return `${decimal(rate)}, ${AGREEMENT_WORDS[found]}`;
}

/** The median time for a judgment; a dash where none is recorded. */
export const medianSays = (value: number | null): string => (value === null ? "–" : seconds(value));

/** A rule of exclusion in words, as it is recorded with the exclusions and as the report shows it. */
export function exclusionRuleSays(rule: ExclusionRule): string {
  switch (rule.kind) {
    case "checks":
      return `failed ${rule.failed} or more ${rule.of === undefined ? "" : `of at least ${rule.of} `}checks`;
    case "speed":
      return `median below ${rule.seconds} s per pair, over ${LEAST.timed} or more judgments`;
    case "side":
      return `${rule.percent}\u00A0% or more on one side, of ${LEAST.decisive} or more decisive judgments`;
    case "report":
      return `pointed out by the report${rule.rules === undefined ? "" : `: ${rule.rules.map((one) => RULE_NAMES[one]).join(" or ")}`}`;
  }
}

/** What an annotator whom a rule meets did, in the terms of the rule. */
export function metSays(rule: ExclusionRule, one: WatchedAnnotator): string {
  switch (rule.kind) {
    case "checks":
      return `${one.checks.of - one.checks.count} of ${counted(one.checks.of, "check")} failed`;
    case "speed":
      return `median ${medianSays(one.medianSeconds)}`;
    case "side":
      return LOOK_WORDS.side(one);
    case "report":
      return reportedOf(one)
        .map((reason) => LOOK_WORDS[reason](one))
        .join("; ");
  }
}

/** The rules by which the report points an annotator out. */
export const reportedOf = ({ look }: WatchedAnnotator): AnnotatorRule[] =>
  look.filter((reason): reason is AnnotatorRule => reason in RULE_NAMES);

/** What is wrong, and what can be done about it. */
export const FINDING_WORDS: Readonly<
  Record<FindingOfToday, { says: (of: Finding) => string; next: string }>
> = {
  disk: {
    says: ({ count }) =>
      `Less than ${counted(count + 1, "gigabyte")} of space is left where the database stands.`,
    next: "Free some space, or move the database.",
  },
  stuck: {
    says: ({ count, group }) =>
      `Nobody in ${String(group)} has judged for a day or longer, and ${counted(count, "judgment")} ${are(count)} left.`,
    next: "Invite more people, or remind those who have links.",
  },
  nobody: {
    says: ({ count, group }) =>
      `${counted(count, "judgment")} of ${String(group)} ${are(count)} left that nobody invited can be given.`,
    next: "Invite more people.",
  },
  full: {
    says: ({ group }) => `As many people have joined ${String(group)} as may, and others are turned away.`,
    next: "Let more people join, or wait for those who did.",
  },
  review: {
    says: ({ count }) => `${counted(count, "annotator")} ${waits(count)} for your decision.`,
    next: "Look at their work and decide.",
  },
  message: {
    says: ({ count }) => `${counted(count, "annotator")} ${waits(count)} for an answer.`,
    next: "Read and answer.",
  },
  departure: {
    says: ({ count }) => `${counted(count, "annotator")} left, and there is something to do about it.`,
    next: "See what is left to do.",
  },
  payment: {
    says: ({ count }) => `${counted(count, "submission")} ${waits(count)} for approval at the platform.`,
    next: "Export the payments and approve them there, before the platform does it by itself.",
  },
  check: {
    says: ({ count }) => `Most annotators fail ${counted(count, "check")}.`,
    next: "See whether the known answers are right.",
  },
  skipped: {
    says: ({ count }) => `Two or more annotators could not judge ${counted(count, "pair")}.`,
    next: "Look at their texts.",
  },
  annotator: {
    says: ({ count }) => `The work of ${counted(count, "annotator")} stands out.`,
    next: "Look at it; nobody is excluded by it.",
  },
  run: {
    says: ({ group, count }) =>
      `${counted(count, "model")} in ${String(group)} stopped before all was judged.`,
    next: "See why, and start again.",
  },
  blinding: {
    says: ({ count }) =>
      `${counted(count, "finding")} of the blinding audit ${count === 1 ? "has" : "have"} no decision.`,
    next: "Keep, mask or leave out what was found.",
  },
};

const are = (count: number): string => (count === 1 ? "is" : "are");
const waits = (count: number): string => (count === 1 ? "waits" : "wait");

/** The section of a study's page where each is mended; null: on none. */
export const FINDING_SECTIONS: Readonly<Record<FindingOfToday, string | null>> = {
  disk: null,
  ...{ stuck: "people", nobody: "people", full: "people", departure: "people", payment: "people" },
  ...{ review: "quality", message: "annotators", annotator: "annotators" },
  ...{ check: "material", skipped: "progress", run: "judges", blinding: "blinding" },
};

/** Why there is no projected end. */
export const PACE_WHY: Readonly<Record<NonNullable<PaceLine["why"]>, string>> = {
  done: "done",
  few: "cannot be projected: fewer than 20 judgments in the last 7 days",
  short: "cannot be projected: less than an hour of work",
  "not open": "the study is not open",
};
