import type { AnnotatorFigures, AnnotatorRule } from "../contract/report-annotators.ts";
import { counted, listed, wholeNumber } from "./numbers.ts";

/** More are counted and not named, so that the note stays a line. */
const NAMED_MOST = 5;

const RULES: Readonly<Record<AnnotatorRule, string>> = {
  chance: "not shown to be better than chance",
  speed: "fast",
  side: "one side",
  answer: "one answer",
  checks: "checks failed",
};

/**
 * Names the annotators who stand out among those whose judgments count: what a reader should hold against the figures.
 * @returns null where nobody stands out, and for reports of older versions, which know no rules
 */
export function standsOutNote(all: readonly AnnotatorFigures[]): string | null {
  const counting = all.filter(({ excluded }) => excluded === null);
  const out = counting.flatMap(({ annotator, pointedOut = [] }) =>
    pointedOut.length === 0 ? [] : [`${annotator} (${pointedOut.map((rule) => RULES[rule]).join(", ")})`],
  );
  if (out.length === 0) return null;
  const more = out.length - NAMED_MOST;
  const named = more > 0 ? [...out.slice(0, NAMED_MOST), `${wholeNumber(more)} more`] : out;
  return (
    `${wholeNumber(out.length)} of ${counted(counting.length, "annotator")} ${out.length === 1 ? "stands" : "stand"} out: ` +
    `${listed(named)}. Their judgments count; “Annotators” has the reasons.`
  );
}
