import type { Analysis } from "../../contract/studies.ts";
import { byPromptInterval, linearisedByPrompt } from "../../statistics/intervals/by-prompt-mean.ts";
import type { Estimate as Estimated, NotEstimable } from "../../statistics/estimate.ts";
import { linearisedMean, scoreInterval } from "../../statistics/intervals/mean-interval.ts";
import { describeSampling, type Sampling } from "../../statistics/judgments/sampling.ts";
import { type TTest, tTest } from "../../statistics/tests/t-test.ts";
import type { Conclusion } from "../../contract/report-pair-tests.ts";
import type { Estimate } from "../../contract/report-estimates.ts";
import { REASONS } from "../../contract/reasons.ts";
import { withCount } from "../rows/with-count.ts";

/** The declared half-tie rate of one row for both targets, before anything is concluded from it. */
export interface TwoTargets extends Pick<
  Conclusion,
  "annotators" | "annotatorsAre" | "theseAnnotators" | "annotatorsLikeThese"
> {
  /** The half-tie rate that was not declared, as the report shows it beside. */
  readonly otherRate: Estimate;
  readonly tTest: TTest | NotEstimable;
}

/**
 * The declared half-tie rate with two intervals: for other prompts under these very annotators (clustered by prompt, or
 * by nothing), and for other annotators like these, too (see two-way.ts); and the t test of one half that belongs to the
 * second. Where nobody judged twice the two are one; where annotators are fixed there is only the first.
 */
export function twoTargets(given: {
  scores: Float64Array;
  sampling: Sampling;
  estimate: Analysis["estimate"];
}): TwoTargets {
  const { scores, sampling, estimate } = given;
  const n = scores.length;
  const [declared, other] =
    estimate === "halfTieRate" ? [scoreInterval, byPromptInterval] : [byPromptInterval, scoreInterval];
  const told = (made: Estimated) => withCount(made, n);
  const annotatorsAre = howSampled(sampling);
  const likeThese = told(declared({ scores, sampling }));
  return {
    annotators: sampling.annotators.count,
    annotatorsAre,
    theseAnnotators:
      annotatorsAre === "a sample" ? told(declared({ scores, sampling: withFixed(sampling) })) : likeThese,
    annotatorsLikeThese: annotatorsAre === "fixed" ? { notEstimable: REASONS.notASample } : likeThese,
    otherRate: told(other({ scores, sampling })),
    tTest: n === 0 ? { notEstimable: REASONS.noJudgments } : testOf(given, annotatorsAre),
  };
}

function testOf(
  { scores, sampling, estimate }: Parameters<typeof twoTargets>[0],
  annotatorsAre: Conclusion["annotatorsAre"],
): TTest | NotEstimable {
  if (annotatorsAre === "fixed") return { notEstimable: REASONS.notASample };
  const linearised = estimate === "halfTieRate" ? linearisedMean : linearisedByPrompt;
  return tTest(linearised(scores, sampling), sampling, 0.5);
}

/** What annotators are to the figures of a row. */
export function howSampled({ fixedAnnotators, clusteredBy }: Sampling): Conclusion["annotatorsAre"] {
  if (fixedAnnotators) return "fixed";
  return clusteredBy === "annotator" || clusteredBy === "both" ? "a sample" : "seen once";
}

/** The same judgments by annotators that are no sample. */
function withFixed({ prompts, annotators }: Sampling): Sampling {
  return describeSampling({
    ...{ prompts: prompts.code, promptCount: prompts.count },
    ...{ annotators: annotators.code, annotatorCount: annotators.count },
    fixedAnnotators: true,
  });
}
