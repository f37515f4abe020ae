import type { Quality, Review, SignsOfAnnotator, Trigger } from "../../contract/quality.ts";
import type { Protocol } from "../../contract/studies.ts";
import { asWord } from "../../report-document/as-word.ts";
import { counted } from "../../report-document/numbers.ts";
import {
  minimumTimeSays,
  repeatsSay,
  ruleSays,
  seenSays,
  SIGNAL_WORDS,
  SIGNS_SAY,
  signsSay,
  thenSays,
} from "../../report-document/rule-words.ts";
import { longestRunTail } from "../../statistics/tests/longest-run.ts";

/** Odds of left, neither and right where systems differ little, and pairs of one annotator where the protocol has no number. */
const [ODDS, PAIRS] = [[0.39, 0.22, 0.39], 40] as const;

/** The rules of a protocol for a terminal. */
export function ruleLines({ rules = [], repeats, minimumTime, signs, groups }: Protocol): string {
  const each = groups.find(({ kind }) => kind !== "model")?.judgmentsPerAnnotator ?? PAIRS;
  const lines = rules.flatMap((rule) => [
    `${ruleSays(rule)}: ${thenSays(rule)}`,
    ...(rule.signal === "straight" ? [`  ${byChance(rule.threshold, each)}`] : []),
  ]);
  if (repeats) lines.push(repeatsSay(repeats));
  if (minimumTime) lines.push(minimumTimeSays(minimumTime));
  if (signs) lines.push(SIGNS_SAY);
  return lines.length === 0 ? "No rules." : lines.join("\n");
}

function byChance(length: number, pairs: number): string {
  const chance = longestRunTail(ODDS, length, pairs);
  const thousand = chance * 1000;
  const often = thousand < 1 ? "fewer than 1" : String(Math.round(thousand));
  return `by chance: ${often} of 1,000 annotators who choose left, neither and right in 39, 22 and 39 % of ${pairs} pairs`;
}

/** What rules found and what was decided, for a terminal. */
export function qualityLines({ triggers, reviews, capped }: Quality): string {
  const waiting = reviews.filter(({ decision }) => decision === null);
  return [
    ...(waiting.length > 0
      ? ["Waiting for you:", ...waiting.flatMap(reviewLines)]
      : ["Nobody is waiting for you."]),
    ...titled("Decided:", reviews.filter(({ decision }) => decision !== null).flatMap(reviewLines)),
    ...titled("Found by rules:", triggers.map(triggerLine)),
    ...capped.map((rule) => `Cap reached, so this rule only notes: ${ruleSays(rule)}`),
  ].join("\n");
}

const titled = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", title, ...lines];

function reviewLines({
  annotator,
  signal,
  proposesEnd,
  openedAt,
  answer,
  decision,
  reason,
}: Review): string[] {
  const why = signal === null ? "decided by you" : SIGNAL_WORDS[signal];
  const state =
    decision === null
      ? proposesEnd
        ? ", an end is proposed"
        : ""
      : decision === "end"
        ? ", ended"
        : ", goes on";
  return [
    `  ${annotator}  ${openedAt}  ${why}${state}${reason === null ? "" : `: ${reason}`}`,
    ...(answer === null ? [] : [`    wrote: ${answer.replaceAll("\n", "\n    ")}`]),
  ];
}

const DID: Readonly<Record<Trigger["took"], string>> = {
  note: "noted",
  warn: "warned",
  pause: "paused",
  end: "paused, an end is proposed",
};

const triggerLine = ({ annotator, at, rule, seen, took }: Trigger): string =>
  `  ${annotator}  ${at}  ${seenSays(rule, seen)}: ${DID[took]}`;

/** Signs of a chatbot for a terminal; empty where none are noted. */
export function signLines(signs: readonly SignsOfAnnotator[]): string[] {
  if (signs.length === 0) return [];
  return [
    "",
    "Signs of a chatbot, which prove nothing:",
    ...signs.map((one) => `  ${one.annotator}  ${signsSay(one)}`),
  ];
}

/** How many annotators wait for a decision, and the command that shows them; empty if none. */
export function waitingLines(study: string, { reviews }: Quality): string[] {
  const waiting = reviews.filter(({ decision }) => decision === null).length;
  const who = `${counted(waiting, "annotator")} ${waiting === 1 ? "waits" : "wait"}`;
  return waiting === 0 ? [] : ["", `${who} for you: npx tiebreak review ${asWord(study)}`];
}
