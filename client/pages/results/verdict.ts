import type { Estimate } from "../../../server/contract/report-estimates.ts";
import type { Blocks, Pair, Report } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import type { By } from "../../words/en/results-verdict.ts";
import { scoreWords } from "./score-words.ts";

type Made = Blocks["tests"][number];

/**
 * The verdict of the declared, complete test on one of the report's pairs, in words, each target with its own interval
 * and test; the server concludes (analysis/pairs/conclusion.ts). Empty where the test is not confirmatory, is not there
 * yet, or comes from a kept report whose methods did not conclude so.
 */
export function verdictWords(report: Report, pair: Pair, tests: Blocks["tests"]): string {
  const made: Made | undefined = tests[report.pairs.indexOf(pair)];
  if (made === undefined || !hasConclusion(made) || pair.judgments === 0) return "";
  const { analysis } = report;
  const { verdict } = words;
  const { conclusion } = made;
  const test = made[analysis.test];
  if (conclusion.verdict === null) return "";
  if ("notEstimable" in test) return verdict.noTest(test.notEstimable);
  const by = {
    by: conclusion.annotatorsAre === "seen once" ? null : conclusion.annotators,
    rate: verdict.rates[analysis.estimate],
    ends: scoreWords(conclusion.theseAnnotators, 3),
    ...{ test: words.testNames[analysis.test], p: test.pHolm },
  };
  if (conclusion.verdict === "open") return openWords(made, { report, pair, by });
  if (conclusion.verdict === "neither") return verdict.neither(by);
  return conclusion.verdict === "better" || conclusion.verdict === "worse"
    ? verdict[conclusion.verdict](by) + othersWords(made)
    : "";
}

/** Reports that earlier versions kept have no conclusion. */
const hasConclusion = (made: Partial<Made>): boolean => made.conclusion !== undefined;

/** What a verdict on these annotators is worth for others like them. */
function othersWords({ conclusion, tTest }: Made): string {
  const { says } = words.verdict.others;
  if (conclusion.annotatorsAre !== "a sample") return words.verdict.others.none;
  if ("notEstimable" in tTest) return says.refused(tTest.notEstimable);
  const ends = scoreWords(conclusion.annotatorsLikeThese, 3);
  return conclusion.reach === "annotators like these"
    ? says.too(ends, tTest.pHolm)
    : says.notShown(ends, tTest.pHolm);
}

function openWords({ conclusion }: Made, { report, pair, by }: { report: Report; pair: Pair; by: By }) {
  const { open, rates } = words.verdict;
  const { estimate } = report.analysis;
  const held = (rate: string, given: Estimate) =>
    "low" in given ? open.held(by, rate, scoreWords(given, 3)) : open.without(by, rate, given.notEstimable);
  if (conclusion.open === "theseAnnotators") return held(rates[estimate], conclusion.theseAnnotators);
  if (conclusion.open === "otherRate") {
    const other = estimate === "halfTieRate" ? "halfTieRateByPrompt" : "halfTieRate";
    return held(rates[other], pair[other]);
  }
  const given = conclusion.annotatorsLikeThese;
  const { theseAnnotators } = conclusion;
  const above = "value" in theseAnnotators && theseAnnotators.value > 0.5;
  return open.ofOthers(
    { ...by, above },
    "low" in given ? open.holdsHalf(scoreWords(given, 3)) : open.noInterval(given.notEstimable),
  );
}
