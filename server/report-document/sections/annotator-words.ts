import type { AnnotatorFigures, AnnotatorRule } from "../../contract/report-annotators.ts";
import { counted, decimal, perCent, pSays, wholeNumber } from "../numbers.ts";

type Told = Required<AnnotatorFigures>;

/** Reports of older versions know no rules. */
const isTold = (one: AnnotatorFigures): one is Told => one.pointedOut !== undefined;

/** Who stands out, and where too little is known to say that somebody does not; empty for reports of older versions. */
export function standingOut(all: readonly AnnotatorFigures[]): string {
  const told = all.filter(isTold);
  if (told.length === 0 || told.length < all.length) return "";
  const out = told.filter(({ pointedOut }) => pointedOut.length > 0).length;
  const unknown = (rule: AnnotatorRule) =>
    told.filter(({ notLookedAt }) => notLookedAt.includes(rule)).length;
  const gaps = GAPS.flatMap(({ rule, says }) => {
    const of = unknown(rule);
    const isAsked = rule !== "checks" || told.some(({ checks }) => checks.of > 0);
    return of > 0 && isAsked ? [says(wholeNumber(of))] : [];
  });
  const nobodyTold = unknown("chance") === told.length ? `${noneToldFrom(told)} ` : "";
  const first =
    out > 0
      ? `${wholeNumber(out)} of ${counted(told.length, "annotator")} ${out === 1 ? "stands" : "stand"} out.`
      : gaps.length === 0
        ? `None of ${counted(told.length, "annotator")} stands out.`
        : `Of ${counted(told.length, "annotator")} nobody is pointed out.`;
  return `${nobodyTold}${first}${gaps.length === 0 ? "" : ` Too little is known to look at ${AND.format(gaps)}.`}`;
}

function noneToldFrom(told: readonly Told[]): string {
  const most = told.reduce((sum, { judgments }) => Math.max(sum, judgments), 0);
  const each = told.length === 1 ? "" : " or fewer each";
  return `With ${counted(most, "judgment")}${each} nobody could be told from chance.`;
}

const AND = new Intl.ListFormat("en", { type: "conjunction" });

const GAPS: readonly { rule: AnnotatorRule; says: (of: string) => string }[] = [
  { rule: "chance", says: (of) => `the agreement of ${of}` },
  { rule: "speed", says: (of) => `the speed of ${of}` },
  { rule: "side", says: (of) => `the sides of ${of}` },
  { rule: "answer", says: (of) => `the answers of ${of}` },
  { rule: "checks", says: (of) => `the checks of ${of}` },
];

/** Why each annotator stands out, a line each. */
export const reasonsOf = (all: readonly AnnotatorFigures[]): string[] =>
  all
    .filter(isTold)
    .filter(({ pointedOut }) => pointedOut.length > 0)
    .map((one) => `${one.annotator}: ${one.pointedOut.map((rule) => REASONS[rule](one)).join("; ")}`);

const share = (of: Told["left"]): string =>
  "rate" in of ? `${perCent(of.rate)}\u00A0% [${perCent(of.low)}, ${perCent(of.high)}]` : "–";

const REASONS: Readonly<Record<AnnotatorRule, (one: Told) => string>> = {
  chance: ({ againstChance: of }) =>
    "p" in of
      ? `not shown to be better than chance, agreement ${decimal(of.agreement)}, by chance ${decimal(of.chance)} (${pSays(of.p)})`
      : "",
  speed: ({ fast, medianActiveSeconds }) =>
    `fast, ${share(fast)} of judgments in less than 2 s, median ${(medianActiveSeconds ?? 0).toFixed(1)} s`,
  side: ({ left }) => `one side, ${share(left)} of decisive judgments on the left`,
  answer: ({ oneAnswer: of }) =>
    "answer" in of
      ? `one answer, a ${of.answer} in ${share(of)} of judgments, the others ${perCent(of.others)}\u00A0%`
      : "",
  checks: ({ checks }) => `checks failed, ${checks.passed} of ${checks.of} passed`,
};
