import type { AnnotatorFigures, AnnotatorRule } from "../../contract/report-annotators.ts";
import type { Item } from "../document.ts";
import { type GroupKind, whoJudged } from "../people-and-models.ts";
import { belowText, howMany } from "../stands-out.ts";
import {
  counted,
  decimal,
  DASH,
  listed,
  percent,
  pText,
  seconds,
  shareText,
  wholeNumber,
} from "../numbers.ts";

type Known = Required<AnnotatorFigures>;

/** Reports of older versions know no rules. */
export const isKnown = (one: AnnotatorFigures): one is Known => one.pointedOut !== undefined;

/** Who stands out, and where too little is known to say that somebody does not; empty for reports of older versions. */
export function standingOut(all: readonly AnnotatorFigures[], groups: readonly GroupKind[]): string {
  const known = all.filter(isKnown);
  if (known.length === 0 || known.length < all.length) return "";
  const out = known.filter(({ pointedOut }) => pointedOut.length > 0).length;
  const who = whoJudged(known, groups);
  const unknown = (rule: AnnotatorRule) =>
    known.filter(({ notLookedAt }) => notLookedAt.includes(rule)).length;
  const gaps = GAPS.flatMap(({ rule, text }) => {
    const of = unknown(rule);
    const isAsked = rule !== "checks" || known.some(({ checks }) => checks.of > 0);
    return of > 0 && isAsked ? [text(wholeNumber(of))] : [];
  });
  const nobodyShown = unknown("chance") === known.length ? `${noneShown(known)} ` : "";
  const first =
    out > 0
      ? `${howMany(out, who)}.`
      : gaps.length === 0
        ? `Of ${who}, nobody stands out.`
        : `Of ${who}, nobody is pointed out.`;
  return `${nobodyShown}${first}${gaps.length === 0 ? "" : ` Too little is known to look at ${listed(gaps)}.`}`;
}

function noneShown(known: readonly Known[]): string {
  const reasons = known.map(({ againstChance: of }) => ("notEstimable" in of ? of.notEstimable : ""));
  const [reason] = reasons;
  if (reason && reasons.every((one) => one === reason))
    return `Whether anybody is better than chance cannot be tested: ${reason}.`;
  const most = known.reduce((sum, { judgments }) => Math.max(sum, judgments), 0);
  const each = known.length === 1 ? "" : " or fewer each";
  return `With ${counted(most, "judgment")}${each} nobody could be shown to be better than chance.`;
}

const GAPS: readonly { rule: AnnotatorRule; text: (of: string) => string }[] = [
  { rule: "chance", text: (of) => `the agreement of ${of}` },
  { rule: "speed", text: (of) => `the speed of ${of}` },
  { rule: "side", text: (of) => `the sides of ${of}` },
  { rule: "answer", text: (of) => `the answers of ${of}` },
  { rule: "checks", text: (of) => `the checks of ${of}` },
];

/** Whether somebody stands out by any rule. */
export const isFlagged = ({ pointedOut = [] }: AnnotatorFigures): boolean => pointedOut.length > 0;

/** Why each annotator stands out, a line each. */
export const reasonsOf = (all: readonly AnnotatorFigures[]): Item[] =>
  all
    .filter(isKnown)
    .filter(({ pointedOut }) => pointedOut.length > 0)
    .map((one) => ({
      strong: one.annotator,
      text: `${one.annotator}: ${one.pointedOut.map((rule) => REASONS[rule](one)).join("; ")}`,
    }));

const share = (of: Known["left"]): string => ("rate" in of ? shareText({ ...of, value: of.rate }) : DASH);

const REASONS: Readonly<Record<AnnotatorRule, (one: Known) => string>> = {
  chance: ({ againstChance: of }) =>
    "p" in of
      ? `${belowText({ againstChance: of })}, agreement ${decimal(of.agreement)}, by chance ${decimal(of.chance)}${of.p === null ? "" : ` (${pText(of.p)})`}`
      : "",
  speed: ({ fast, medianActiveSeconds }) =>
    `fast, ${share(fast)} of judgments in less than 2 s, median ${seconds(medianActiveSeconds ?? 0)}`,
  side: ({ left }) => `one side, ${share(left)} of decisive judgments on the left`,
  answer: ({ oneAnswer: of }) =>
    "answer" in of
      ? `one answer, a ${of.answer} in ${share(of)} of judgments, the others ${percent(of.others)}`
      : "",
  checks: ({ checks }) => `checks failed, ${checks.passed} of ${checks.of} passed`,
};
