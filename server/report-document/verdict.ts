import type { FullPair, Pair, Report } from "../contract/report.ts";
import type { Estimate } from "../contract/report-estimates.ts";
import { counted, estimateText, pText } from "./numbers.ts";
import { capital, MEANS, OTHER_MEAN, TEST_NAMES } from "./words.ts";

/** A pair, with its tests where they are known: the page fetches them later, and reports of older versions lack some. */
export type PerhapsTested = Pair & Partial<FullPair>;
type Concluded = Pair & Pick<FullPair, "conclusion" | "tTest">;

/**
 * The verdict on one pair as the report concludes it (analysis/pairs/conclusion.ts), each target with its own interval and test;
 * empty where the declared test is not confirmatory, or not known.
 */
export function verdictText(pair: PerhapsTested, { analysis }: Pick<Report, "analysis">): string {
  const { conclusion, tTest } = pair;
  const test = pair[analysis.test];
  if (conclusion === undefined || test === undefined || tTest === undefined) return "";
  if (conclusion.verdict === null || pair.judgments === 0) return "";
  const name = TEST_NAMES[analysis.test];
  if ("notEstimable" in test) return ` The declared ${name} cannot be made: ${test.notEstimable}.`;
  const concluded = { ...pair, conclusion, tTest };
  const by = byWhom(concluded);
  const made = `${name}, ${pText(test.pHolm)} after correction`;
  const whole = `(${MEANS[analysis.estimate]} ${estimateText(conclusion.theseAnnotators)}, ${made})`;
  switch (conclusion.verdict) {
    case "better":
    case "worse": {
      const often = conclusion.verdict === "better" ? "more" : "less";
      return ` ${begin(by, `it was preferred significantly ${often} often ${whole}`)}${ofOthers(concluded)}.`;
    }
    case "open":
      return openText(concluded, analysis, { by, made, whole });
    default:
      return ` ${begin(by, `the difference is not significant (${made})`)}.`;
  }
}

/** What a verdict on these annotators is worth for others like them; empty where there is nothing to add. */
function ofOthers({ conclusion, tTest }: Concluded): string {
  const { annotatorsAre, annotatorsLikeThese, reach } = conclusion;
  if (annotatorsAre !== "a sample") return "";
  if ("notEstimable" in tTest)
    return `; for annotators like these it cannot be tested, as ${tTest.notEstimable}`;
  const made = `(${estimateText(annotatorsLikeThese)}, t test, ${pText(tTest.pHolm)} after correction)`;
  return reach === "annotators like these"
    ? `; the same holds for annotators like these ${made}`
    : `; for annotators like these that is not shown ${made}`;
}

function openText(
  pair: Concluded,
  { estimate }: Report["analysis"],
  { by, made, whole }: { by: string; made: string; whole: string },
): string {
  const { theseAnnotators, annotatorsLikeThese, open } = pair.conclusion;
  const keeps = (what: string, given: Estimate) =>
    ` No verdict: ${by === "" ? "" : `${by} `}the test rejects an even match (${made}), but ` +
    ("low" in given
      ? `the interval of the ${what}, ${estimateText(given)}, does not leave one half out on the same side.`
      : `the ${what} has no interval: ${given.notEstimable}.`);
  if (open === "theseAnnotators") return keeps(MEANS[estimate], theseAnnotators);
  if (open === "otherRate") return keeps(MEANS[OTHER_MEAN[estimate]], pair[OTHER_MEAN[estimate]]);
  const side = "value" in theseAnnotators && theseAnnotators.value > 0.5 ? "above" : "below";
  const others =
    "low" in annotatorsLikeThese
      ? `the interval for annotators like these, ${estimateText(annotatorsLikeThese)}, includes one half`
      : `for annotators like these there is no interval: ${annotatorsLikeThese.notEstimable}`;
  return ` No verdict on annotators in general: ${by} the rate is ${side} one half ${whole}, but ${others}.`;
}

/** Of whom the interval by these annotators and the tests on prompts speak; empty where that makes no difference. */
function byWhom({ conclusion: { annotators, annotatorsAre } }: Concluded): string {
  if (annotatorsAre === "seen once") return "";
  return annotators === 1 ? "by this annotator" : `by these ${counted(annotators, "annotator")}`;
}

const begin = (by: string, sentence: string): string => capital(by === "" ? sentence : `${by} ${sentence}`);
