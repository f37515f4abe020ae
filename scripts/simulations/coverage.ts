import { byPromptInterval } from "../../server/statistics/intervals/by-prompt-mean.ts";
import { halfTieScores } from "../../server/statistics/judgments/half-tie.ts";
import { describeSampling } from "../../server/statistics/judgments/sampling.ts";
import { type Random, seededRandom } from "../../server/statistics/resampling/random.ts";
import { signFlipInterval } from "../../server/statistics/tests/sign-flip-interval.ts";
import { signFlipTest } from "../../server/statistics/tests/sign-flip-permutation.ts";
import type { DrawnStudy } from "./draw-study.ts";

/** The interval of these annotators takes longer: one study in so many has it. */
const ONE_IN = 10;

/** What happened in the simulated studies of one design. */
export interface Counted {
  studies: number;
  /** Of the intervals for annotators like these. */
  readonly likeThese: { covered: number; refused: number; width: number };
  readonly these: { studies: number; covered: number; refused: number; width: number };
  /** How often the interval of these annotators, which votes without a name have, covers the rate of annotators in general. */
  readonly unnamed: { covered: number; refused: number; width: number };
  /** Sums of the estimate and its square, from which the width of an interval with known variances follows. */
  sum: number;
  squares: number;
}

/** How often both 95 % intervals of the half-tie rate by prompt cover their own truth, and how wide they are. */
export function countCoverage(
  draw: (random: Random) => DrawnStudy,
  { studies, seed }: { studies: number; seed: string },
): Counted {
  const random = seededRandom(seed);
  const counted: Counted = {
    ...{ studies, sum: 0, squares: 0 },
    likeThese: { covered: 0, refused: 0, width: 0 },
    these: { studies: 0, covered: 0, refused: 0, width: 0 },
    unnamed: { covered: 0, refused: 0, width: 0 },
  };
  for (let study = 0; study < studies; study++) {
    const drawn = draw(random);
    const sampling = describeSampling({ ...drawn, fixedAnnotators: false });
    const estimate = byPromptInterval({ scores: halfTieScores(drawn.outcomes), sampling });
    counted.sum += estimate.value ?? 0;
    counted.squares += (estimate.value ?? 0) ** 2;
    add(counted.likeThese, sampling.annotators.count <= 2 ? {} : estimate, drawn.rate); // two are no sample
    if (study % ONE_IN > 0 || drawn.theirRate === null) continue;
    counted.these.studies++;
    const these = ofThese(drawn, `${seed} ${study}`);
    add(counted.these, these, drawn.theirRate);
    add(counted.unnamed, these, drawn.rate);
  }
  return counted;
}

function add(to: { covered: number; refused: number; width: number }, interval: object, truth: number): void {
  if (!("low" in interval && "high" in interval)) return void to.refused++;
  const [low, high] = [Number(interval.low), Number(interval.high)];
  to.width += high - low;
  if (low <= truth && truth <= high) to.covered++;
}

function ofThese({ prompts, outcomes, promptCount: count }: DrawnStudy, seed: string) {
  const [sums, sizes] = [new Int32Array(count), new Int32Array(count)];
  outcomes.forEach((halves, i) => {
    sums[prompts[i]!]! += halves - 1;
    sizes[prompts[i]!]!++;
  });
  const test = signFlipTest({ sums, sizes, random: seededRandom(`${seed} test`) });
  const means = Float64Array.from(sums, (sum, p) => (sum + sizes[p]!) / (2 * sizes[p]!));
  const p = "p" in test ? test.p : 1;
  return signFlipInterval({
    ...{ means, p, random: seededRandom(seed) },
    weights: new Int32Array(count).fill(1),
  });
}
