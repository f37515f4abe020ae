import type { FullPair, Report } from "../contract/report.ts";
import type { Estimate } from "../contract/report-estimates.ts";
import { counted, decimal, interval, pSays } from "./numbers.ts";

export const TEST_NAMES = {
  permutationTest: "permutation test",
  signTest: "sign test",
  tTest: "t test",
} as const;

export const RATE_NAMES = {
  halfTieRateByPrompt: "mean over prompts",
  halfTieRate: "half-tie rate per judgment",
} as const;
const OTHER_RATE = { halfTieRateByPrompt: "halfTieRate", halfTieRate: "halfTieRateByPrompt" } as const;

/**
 * The verdict on one pair as the report concludes it (blocks/conclusion.ts), each target with its own interval and test;
 * empty where the declared test is not confirmatory.
 */
export function verdictSays(pair: FullPair, { analysis }: Report): string {
  const { conclusion } = pair;
  const test = pair[analysis.test];
  const name = TEST_NAMES[analysis.test];
  if (conclusion.verdict === null) return "";
  if ("notEstimable" in test) return ` The declared ${name} cannot be made: ${test.notEstimable}.`;
  const by = byWhom(pair);
  const made = `${name}, ${pSays(test.pHolm)} after correction`;
  const whole = `(${RATE_NAMES[analysis.estimate]} ${ends(conclusion.theseAnnotators)}, ${made})`;
  switch (conclusion.verdict) {
    case "better":
    case "worse": {
      const often = conclusion.verdict === "better" ? "more" : "less";
      return ` ${begin(by, `it was preferred significantly ${often} often ${whole}`)}${ofOthers(pair)}.`;
    }
    case "open":
      return openSays(pair, analysis, { by, made, whole });
    default:
      return ` ${begin(by, `the difference is not significant (${made})`)}.`;
  }
}

/** What a verdict on these annotators is worth for others like them; empty where there is nothing to add. */
function ofOthers({ conclusion, tTest }: FullPair): string {
  const { annotatorsAre, annotatorsLikeThese, reach } = conclusion;
  if (annotatorsAre !== "a sample") return "";
  if ("notEstimable" in tTest)
    return `; for annotators like these it cannot be tested, as ${tTest.notEstimable}`;
  const made = `(${ends(annotatorsLikeThese)}, t test, ${pSays(tTest.pHolm)} after correction)`;
  return reach === "annotators like these"
    ? `; the same holds for annotators like these ${made}`
    : `; for annotators like these that is not shown ${made}`;
}

function openSays(
  pair: FullPair,
  { estimate }: Report["analysis"],
  { by, made, whole }: { by: string; made: string; whole: string },
): string {
  const { theseAnnotators, annotatorsLikeThese, open } = pair.conclusion;
  const keeps = (what: string, given: Estimate) =>
    ` No verdict: ${by === "" ? "" : `${by} `}the test rejects an even match (${made}), but ` +
    ("low" in given
      ? `the interval of the ${what}, ${ends(given)}, does not leave one half out on the same side.`
      : `the ${what} has no interval: ${given.notEstimable}.`);
  if (open === "theseAnnotators") return keeps(RATE_NAMES[estimate], theseAnnotators);
  if (open === "otherRate") {
    const other = OTHER_RATE[estimate];
    return keeps(RATE_NAMES[other], pair[other]);
  }
  const side = "value" in theseAnnotators && theseAnnotators.value > 0.5 ? "above" : "below";
  const others =
    "low" in annotatorsLikeThese
      ? `the interval for annotators like these, ${ends(annotatorsLikeThese)}, holds one half`
      : `for annotators like these there is no interval: ${annotatorsLikeThese.notEstimable}`;
  return ` No verdict on annotators in general: ${by} the rate lies ${side} one half ${whole}, but ${others}.`;
}

/** Of whom the interval by these annotators and the tests on prompts speak; empty where that makes no difference. */
function byWhom({ conclusion: { annotators, annotatorsAre } }: FullPair): string {
  if (annotatorsAre === "seen once") return "";
  return annotators === 1 ? "by this annotator" : `by these ${counted(annotators, "annotator")}`;
}

const begin = (by: string, says: string): string => {
  const sentence = by === "" ? says : `${by} ${says}`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
};

/** `.662 [.557, .768]`, or the value alone. */
const ends = (given: Estimate): string =>
  "low" in given ? `${decimal(given.value)} ${interval(given.low, given.high)}` : valueOf(given);

const valueOf = (given: Estimate): string => ("value" in given ? decimal(given.value) : "–");
