import type { AnnotatorFigures, AnnotatorRule } from "../contract/report-annotators.ts";
import { counted, listed, wholeNumber } from "./numbers.ts";

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

/**
 * Names the annotators who stand out among those whose judgments count: what a reader should hold against the figures.
 * @returns null where nobody stands out, and for reports of older versions, which know no rules
 */
export function standsOutNote(all: readonly AnnotatorFigures[]): string | null {
  const counting = all.filter(({ excluded }) => excluded === null);
  const out = counting.flatMap(({ pointedOut = [], ...one }) =>
    pointedOut.length === 0
      ? []
      : [`${one.annotator} (${pointedOut.map((rule) => ruleText(rule, one)).join(", ")})`],
  );
  if (out.length === 0) return null;
  const more = out.length - NAMED_MOST;
  const named = more > 0 ? [...out.slice(0, NAMED_MOST), `${wholeNumber(more)} more`] : out;
  return (
    `${wholeNumber(out.length)} of ${counted(counting.length, "annotator")} ${out.length === 1 ? "stands" : "stand"} out: ` +
    `${listed(named)}. Their judgments count; “Annotators” has the reasons.`
  );
}
