/**
 * The statistics of a report for other programs, `import … from "tiebreak-eval/statistics"`: the same functions that
 * the report uses. Each says in its documentation what it takes, what it returns and where the method is from; the
 * formulas are in docs/methods.
 */
export { type Estimate, type Interval, isRefused, type NotEstimable } from "./estimate.ts";
export { cohenKappa } from "./agreement/cohen-kappa.ts";
export { dawidSkene } from "./agreement/dawid-skene.ts";
export { fleissKappa } from "./agreement/fleiss-kappa.ts";
export { gwetAc1 } from "./agreement/gwet-ac1.ts";
export { krippendorffAlpha } from "./agreement/krippendorff-alpha.ts";
export { byPromptInterval } from "./intervals/by-prompt-mean.ts";
export { confidenceSequence } from "./intervals/confidence-sequence.ts";
export { exactBinomial } from "./intervals/exact-binomial.ts";
export { scoreInterval } from "./intervals/mean-interval.ts";
export { rateInterval } from "./intervals/rate-interval.ts";
export { varianceComponents } from "./intervals/variance-components.ts";
export { wilson } from "./intervals/wilson.ts";
export { halfTieScores } from "./judgments/half-tie.ts";
export { describeSampling, type Sampling } from "./judgments/sampling.ts";
export { powerOfAnnotators } from "./planning/crossed-study.ts";
export { powerToDetect, promptsNeeded, smallestDetectable } from "./planning/planning.ts";
export { bradleyTerry } from "./ranking/bradley-terry.ts";
export { davidson } from "./ranking/davidson.ts";
export { benjaminiYekutieli } from "./tests/benjamini-yekutieli.ts";
export { holm } from "./tests/holm.ts";
export { signFlipTest } from "./tests/sign-flip-permutation.ts";
export { signTest } from "./tests/sign-test.ts";
export { seededRandom } from "./resampling/random.ts";
