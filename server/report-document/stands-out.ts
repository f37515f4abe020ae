import type { AnnotatorFigures, AnnotatorRule } from "../contract/report-annotators.ts";
import { SECTION_TITLES } from "./document.ts";
import { listed, wholeNumber } from "./numbers.ts";
import { type GroupKind, whoJudged } from "./people-and-models.ts";

/** More are counted and not named, so that the note stays a line. */
const NAMED_MOST = 5;

const NOT_BETTER = "not shown to be better than chance";
const FAR_BELOW = "agreement far below that of the others";

/** What is said of somebody whose agreement is far below that of the others. */
export const belowText = ({ againstChance: of }: Pick<AnnotatorFigures, "againstChance">): string =>
  of !== undefined && "found" in of && of.found === "below" ? FAR_BELOW : NOT_BETTER;

/** The rules that point annotators out, in short. */
export const RULE_NAMES: Readonly<Record<AnnotatorRule, string>> = {
  chance: NOT_BETTER,
  speed: "fast",
  side: "one side",
  answer: "one answer",
  checks: "checks failed",
};

const ruleText = (rule: AnnotatorRule, one: Pick<AnnotatorFigures, "againstChance">): string =>
  rule === "chance" ? belowText(one) : RULE_NAMES[rule];

/** Leads from “Read this first” to the reasons. */
export const SEE_WEAKNESSES = `See “${SECTION_TITLES.weaknesses}”.`;

/** One line for “Read this first” that names who stands out; `SEE_WEAKNESSES` follows it. Null where `standsOutNote` is. */
export function standsOutLine(all: readonly AnnotatorFigures[], groups: readonly GroupKind[]): string | null {
  const { counting, out } = standingOut(all);
  return out.length === 0
    ? null
    : `${howMany(out.length, whoJudged(counting, groups))}: ${named(out.map(({ annotator }) => annotator))}.`;
}

/**
 * Names the annotators who stand out among those whose judgments count: what a reader should hold against the figures.
 * @returns null where nobody stands out, and for reports of older versions, which know no rules
 */
export function standsOutNote(all: readonly AnnotatorFigures[], groups: readonly GroupKind[]): string | null {
  const { counting, out } = standingOut(all);
  if (out.length === 0) return null;
  const reasons = out.map(
    ({ pointedOut = [], ...one }) =>
      `${one.annotator} (${pointedOut.map((rule) => ruleText(rule, one)).join(", ")})`,
  );
  return `${howMany(out.length, whoJudged(counting, groups))}: ${named(reasons)}. Their judgments count; “Annotators” has the reasons.`;
}

function standingOut(all: readonly AnnotatorFigures[]) {
  const counting = all.filter(({ excluded }) => excluded === null);
  return { counting, out: counting.filter(({ pointedOut = [] }) => pointedOut.length > 0) };
}

/** @param who all of whom it was looked at, such as “9 annotators and 1 model” */
export const howMany = (out: number, who: string): string =>
  `Of ${who}, ${wholeNumber(out)} ${out === 1 ? "stands" : "stand"} out`;

function named(all: readonly string[]): string {
  const more = all.length - NAMED_MOST;
  return listed(more > 0 ? [...all.slice(0, NAMED_MOST), `${wholeNumber(more)} more`] : all);
}
