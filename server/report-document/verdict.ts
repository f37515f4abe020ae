import type { FullPair, Pair, Report } from "../contract/report.ts";
import type { Conclusion } from "../contract/report-pair-tests.ts";
import { confidenceText, counted, estimateText, levelText, pText } from "./numbers.ts";
import { marginText } from "./margin-text.ts";
import { MEANS, TEST_NAMES } from "./words.ts";

/** A pair, with its tests where they are known: the page fetches them later, and reports of older versions lack some. */
export type PerhapsTested = Pair & Partial<FullPair>;
type Tests = Pick<FullPair, Conclusion["test"]>;

/**
 * The verdict on one pair as the report concludes it (analysis/pairs/conclusion.ts): of whom, with the interval and the test
 * of that target. Empty where the test is not confirmatory or not known, and in reports that earlier versions kept, whose
 * conclusions did not name one target.
 */
export function verdictText(pair: PerhapsTested, report: Pick<Report, "analysis">): string {
  const difference = differenceText(pair, report);
  const { margin, comparisons = 1 } = pair.conclusion ?? {};
  return difference === "" || margin === undefined
    ? difference
    : difference + marginText(margin, comparisons);
}

/** The verdict on whether there is a difference. */
function differenceText(pair: PerhapsTested, { analysis }: Pick<Report, "analysis">): string {
  const { conclusion, permutationTest, signTest, tTest } = pair;
  if (permutationTest === undefined || signTest === undefined || tTest === undefined) return "";
  if (conclusion?.target === undefined || conclusion.verdict === null || pair.judgments === 0) return "";
  const tests = { permutationTest, signTest, tTest };
  const { test, estimate, verdict, afterCorrection, comparisons } = conclusion;
  const { whom, told } = { whom: ofWhom(conclusion), told: tests[test] };
  if ("notEstimable" in told || verdict === "refused")
    return ` ${whom}, nothing can be concluded: ${whyRefused(conclusion, told)}.`;
  const figure = test === "signTest" ? "share of the decided prompts won" : MEANS[analysis.estimate];
  const { look } = conclusion;
  const made = `${TEST_NAMES[test]}, ${pText(told.p)}${look ? `, held against ${levelText(look.level)}` : ""}`;
  const value = `${figure} ${estimateText(estimate)}${look ? `, a ${confidenceText(look.level)} interval` : ""}`;
  const shown = `(${value}; ${made})`;
  const corrected = look
    ? `${made}, after correction ${levelText(look.levelAfterCorrection)}`
    : `${made}, corrected ${pText(told.pHolm)}`;
  const others = onOthers(conclusion, tests);
  const early = earlyText(analysis.look);
  if (verdict === "neither")
    return ` ${whom}, the difference is not significant${early.at} ${shown}.${early.then}${others}`;
  const family = `after correction for ${counted(comparisons, "comparison")}`;
  if (afterCorrection === "neither")
    return (
      ` ${whom}, the difference is not significant${early.at} ${family} (${corrected}), although the ` +
      `interval taken alone leaves one half out (${value}).${early.then}${others}`
    );
  const often = `it was preferred significantly ${verdict === "better" ? "more" : "less"} often`;
  if (comparisons === 1) return ` ${whom}, ${often} ${shown}.${others}`;
  const whole = `(${value}; ${corrected})`;
  return ` ${whom}, ${often}, also ${family} ${whole}.${others}`;
}

/** That nothing found at a look before the last one declared is not the end of it. */
export const earlyText = (look: Report["analysis"]["look"]): { at: string; then: string } =>
  look === undefined || look.number === look.of
    ? { at: "", then: "" }
    : {
        at: ` at look ${look.number} of ${look.of}`,
        then: " This is not final: an early look is made with only part of the error.",
      };

function whyRefused({ estimate, test }: Conclusion, told: Tests[Conclusion["test"]]): string {
  if ("notEstimable" in told) return `the ${TEST_NAMES[test]} cannot be made, as ${told.notEstimable}`;
  return `there is no interval, as ${"notEstimable" in estimate ? estimate.notEstimable : "it is not known"}`;
}

/** Every verdict is about the outputs at hand: each system answered each prompt once. */
export function ofWhom({ target, annotators, annotatorsAre }: Conclusion): string {
  if (target === "these votes") return "For these votes and these outputs";
  if (target === "annotators like these") return "For annotators like these and these outputs";
  if (annotatorsAre === "seen once") return "For these annotators and these outputs";
  const these = annotators === 1 ? "this annotator" : `these ${counted(annotators, "annotator")}`;
  return `For ${these} and these outputs`;
}

/** A verdict about others that rests on no more annotators than this carries a sentence on what they cannot show. */
export const FEW_ANNOTATORS = 4;

export const fewText = (annotators: number): string =>
  `${counted(annotators, "annotator")} ${annotators === 1 ? "shows" : "show"} little of how much others may differ from them.`;

/** What stands for other annotators where a verdict is on these alone; empty where there is nothing to add. */
function onOthers(
  { target, annotators, annotatorsAre, annotatorsLikeThese }: Conclusion,
  { tTest }: Tests,
): string {
  if (target === "these votes")
    return " Nobody knows how many people cast them, so this cannot exclude that it is the taste of a few.";
  if (target === "these annotators" && annotatorsAre === "fixed" && annotators === 2)
    return " Two annotators are too few to say anything about others.";
  if (target === "annotators like these")
    return annotatorsAre === "a sample" && annotators <= FEW_ANNOTATORS ? ` ${fewText(annotators)}` : "";
  if (target !== "these annotators" || annotatorsAre !== "a sample") return "";
  if (!("low" in annotatorsLikeThese) || "notEstimable" in tTest)
    return " About other annotators like these it says nothing.";
  return ` About other annotators it says nothing: for annotators like these, ${estimateText(annotatorsLikeThese)}.`;
}
