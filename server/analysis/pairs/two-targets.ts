import type { Analysis } from "../../contract/studies.ts";
import { REASONS } from "../../contract/reasons.ts";
import type { Conclusion } from "../../contract/report-pair-tests.ts";
import { isRefused, type NotEstimable } from "../../statistics/estimate.ts";
import { byPromptInterval, linearisedByPrompt } from "../../statistics/intervals/by-prompt-mean.ts";
import { linearisedMean, scoreInterval } from "../../statistics/intervals/mean-interval.ts";
import { intervalByT } from "../../statistics/intervals/interval-by-t.ts";
import type { Estimate } from "../../contract/report-estimates.ts";
import type { Sampling } from "../../statistics/judgments/sampling.ts";
import type { Random } from "../../statistics/resampling/random.ts";
import { signFlipInterval } from "../../statistics/tests/sign-flip-interval.ts";
import { signFlipTest } from "../../statistics/tests/sign-flip-permutation.ts";
import { marginByT, marginBySignFlips, type MarginTest } from "../../statistics/tests/margin-test.ts";
import { type TTest, tTest } from "../../statistics/tests/t-test.ts";
import type { Cell } from "../rows/cell.ts";
import { withCount } from "../rows/with-count.ts";

/** Wins less losses, judgments and mean half-tie score of each prompt, all turns together. */
interface PromptScores {
  readonly sums: Int32Array;
  readonly sizes: Int32Array;
  readonly means: Float64Array;
}

/** The declared half-tie rate of one row for both targets, each with the interval that inverts its test. */
export type Targets = Pick<
  Conclusion,
  "annotators" | "unnamed" | "annotatorsAre" | "theseAnnotators" | "annotatorsLikeThese"
>;

type EitherTarget = Exclude<Conclusion["target"], "these votes">;

/** Votes without a name have the figures of fixed annotators: prompts alone are a sample. */
export const eitherOf = (target: Conclusion["target"]): EitherTarget =>
  target === "these votes" ? "these annotators" : target;

/** Tests against the declared margin, for either target; null where none was declared. */
export type Margins = Record<EitherTarget, MarginTest | NotEstimable> | null;

/** The declared half-tie rate with an interval of another level, for either target; null where none is asked for. */
export type Levelled = Record<EitherTarget, Estimate> | null;

interface TwoTargets extends Targets {
  readonly levelled: Levelled;
  readonly margins: Margins;
  readonly permutationTest: ReturnType<typeof signFlipTest>;
  readonly tTest: TTest | NotEstimable;
}

/**
 * The declared half-tie rate with two intervals: for other prompts under these very annotators, by flipping the signs of
 * prompts; and for other annotators like these, too (see two-way.ts). Where annotators are fixed there is only the first.
 */
export function twoTargets(given: {
  scores: Float64Array;
  prompts: PromptScores;
  sampling: Sampling;
  /** How many annotators have a name, and how many judgments none. */
  who: Pick<Cell, "annotators" | "unnamed">;
  estimate: Analysis["estimate"];
  margin: number | undefined;
  /** Of the look, where there is one. */
  level: number | undefined;
  random: (of: string) => Random;
}): TwoTargets {
  const { scores, sampling, estimate, who } = given;
  const whoJudged = whoOf(who, sampling);
  const refused = whyNoSample(whoJudged);
  const likeThese = withCount(intervalOf(estimate)({ scores, sampling }), scores.length);
  return {
    ...whoJudged,
    ...ofThese(given, "value" in likeThese ? likeThese : {}),
    annotatorsLikeThese: refused ?? likeThese,
    tTest: scores.length === 0 ? { notEstimable: REASONS.noJudgments } : (refused ?? testOf(given)),
  };
}

function ofThese(
  { prompts, estimate, random, scores, sampling, margin, level }: Parameters<typeof twoTargets>[0],
  { value }: { value?: number },
): Pick<TwoTargets, "theseAnnotators" | "permutationTest" | "margins" | "levelled"> {
  const { means, weights, permutationTest, p, interval } = bySignFlips({ prompts, estimate, random });
  if (value === undefined) {
    const none = { notEstimable: REASONS.noJudgments };
    const margins = margin === undefined ? null : { "these annotators": none, "annotators like these": none };
    const levelled = level === undefined ? null : { "these annotators": none, "annotators like these": none };
    return { permutationTest, theseAnnotators: none, margins, levelled };
  }
  const margins =
    margin === undefined
      ? null
      : {
          "these annotators": marginBySignFlips({
            ...{ means, weights, p, margin, random: () => random("sign flips inverted") },
          }),
          "annotators like these": marginByT(linearised(scores, { sampling, estimate }), sampling, margin),
        };
  const told = <T extends object>(made: T) => ({ value, n: scores.length, ...made });
  const levelled =
    level === undefined
      ? null
      : {
          "these annotators": told(
            signFlipInterval({
              ...{ means, weights, p, random: random("sign flips inverted"), missed: level / 2 },
            }),
          ),
          "annotators like these": told(
            intervalByT(linearised(scores, { sampling, estimate }), sampling, level / 2),
          ),
        };
  return { permutationTest, theseAnnotators: told(interval), margins, levelled };
}

/** The declared rate of a part of a row's judgments with its 95 % interval for one target: the same as `twoTargets` makes it. */
export function estimateFor(
  target: Conclusion["target"],
  given: Pick<Parameters<typeof twoTargets>[0], "scores" | "prompts" | "sampling" | "estimate" | "random">,
): Estimate {
  const { scores, sampling, estimate } = given;
  const likeThese = withCount(intervalOf(estimate)({ scores, sampling }), scores.length);
  if (target === "annotators like these" || !("value" in likeThese)) return likeThese;
  return { value: likeThese.value, n: scores.length, ...bySignFlips(given).interval };
}

/** By prompt, all turns together: wins less losses, judgments, mean half-tie score. */
export function promptScores(halves: Uint8Array, { prompts: { code, size, count } }: Sampling): PromptScores {
  const sums = new Int32Array(count);
  for (let i = 0; i < halves.length; i++) sums[code[i]!]! += halves[i]! - 1;
  const means = new Float64Array(count);
  for (let p = 0; p < count; p++) means[p] = (sums[p]! + size[p]!) / (2 * size[p]!);
  return { sums, sizes: size, means };
}

/** What each prompt weighs in the declared rate. */
export const promptWeights = (
  { sizes }: Pick<PromptScores, "sizes">,
  estimate: Analysis["estimate"],
): Int32Array => (estimate === "halfTieRate" ? sizes : new Int32Array(sizes.length).fill(1));

const intervalOf = (estimate: Analysis["estimate"]) =>
  estimate === "halfTieRate" ? scoreInterval : byPromptInterval;

/** The test by flipping the signs of prompts, and the interval that inverts it. */
function bySignFlips({
  prompts,
  estimate,
  random,
}: Pick<Parameters<typeof twoTargets>[0], "prompts" | "estimate" | "random">) {
  const { sums, sizes, means } = prompts;
  const most = new Int32Array(sums.length).fill(sizes.reduce((a, b) => Math.max(a, b), 0));
  const weights = promptWeights(prompts, estimate);
  const of = estimate === "halfTieRate" ? most : sizes;
  const permutationTest = signFlipTest({ sums, sizes: of, random: random("sign flips") });
  const p = isRefused(permutationTest) ? 1 : permutationTest.p;
  const interval = signFlipInterval({ means, weights, p, random: random("sign flips inverted") });
  return { means, weights, permutationTest, p, interval };
}

/** Why these annotators tell nothing of others like them; null where they may. */
const whyNoSample = ({
  annotators,
  annotatorsAre,
}: Pick<Targets, "annotators" | "annotatorsAre">): NotEstimable | null => {
  if (annotatorsAre === "not named") return { notEstimable: REASONS.notNamed };
  if (annotatorsAre !== "fixed") return null;
  return { notEstimable: annotators === 2 ? REASONS.twoAnnotators : REASONS.notASample };
};

const testOf = ({ scores, sampling, estimate }: Parameters<typeof twoTargets>[0]): TTest | NotEstimable =>
  tTest(linearised(scores, { sampling, estimate }), sampling, 0.5);

/** The declared rate, and what each judgment does to it. */
export const linearised = (
  scores: Float64Array,
  { sampling, estimate }: { sampling: Sampling; estimate: Analysis["estimate"] },
) => (estimate === "halfTieRate" ? linearisedMean : linearisedByPrompt)(scores, sampling);

/** Who judged, and what annotators are to the figures of a row. */
export function whoOf(
  { annotators, unnamed }: Pick<Cell, "annotators" | "unnamed">,
  { fixedAnnotators, clusteredBy }: Sampling,
): Pick<Targets, "annotators" | "unnamed" | "annotatorsAre"> {
  if (unnamed > 0) return { annotators, unnamed, annotatorsAre: "not named" };
  if (fixedAnnotators) return { annotators, annotatorsAre: "fixed" };
  const isSample = clusteredBy === "annotator" || clusteredBy === "both";
  return { annotators, annotatorsAre: isSample ? "a sample" : "seen once" };
}
