import { byPromptInterval } from "../server/statistics/intervals/by-prompt-mean.ts";
import { halfTieScores } from "../server/statistics/judgments/half-tie.ts";
import { describeSampling } from "../server/statistics/judgments/sampling.ts";
import { powerToDetect } from "../server/statistics/planning/planning.ts";
import { seededRandom } from "../server/statistics/resampling/random.ts";
import { signFlipTest } from "../server/statistics/tests/sign-flip-permutation.ts";
import type { Design } from "./simulations/designs.ts";
import { componentsOf, type DrawnStudy, studiesOf } from "./simulations/draw-study.ts";

/**
 * Prints the table of docs/methods/planning.md: in simulated studies at a rate, how often the declared test of either
 * target finds the difference, beside the power that the plan promises for the same variances. Arguments: studies of each
 * line (2000) and seed (1).
 */
const [studies, seed] = [Number(process.argv[2] ?? 2000), process.argv[3] ?? "1"];
const ALPHA = 0.05;
const SIZES = [
  [0.6, 97, 2, 2],
  [0.6, 97, 3, 3],
  [0.6, 97, 5, 3],
  [0.6, 97, 20, 3],
  [0.6, 200, 3, 3],
  [0.6, 200, 8, 3],
  [0.6, 200, 20, 1],
  [0.6, 30, 10, 3],
  [0.6, 15, 5, 3],
  [0.8, 15, 5, 3],
  [0.8, 8, 3, 3],
  [0.9, 8, 3, 3],
] as const;

const line = (texts: readonly (string | number)[]) => `| ${texts.join(" | ")} |`;
const header = ["rate", "prompts", "annotators", "judgments each", "sd", "like these: planned", "simulated"];
header.push("these: planned", "simulated");
console.log([line(header), line(header.map(() => "---"))].join("\n"));
for (const [rate, prompts, annotators, votes] of SIZES)
  for (const spread of [0, 0.1, 0.2]) {
    const design = { name: "", prompts, annotators, votes };
    console.log(line([rate, prompts, annotators, votes, spread, ...powersOf(design, { rate, spread })]));
  }

function powersOf(design: Design, given: { rate: number; spread: number }): string[] {
  const { rate, spread } = given;
  const truth = componentsOf(given);
  const whole = truth.annotators + truth.prompts + truth.residual;
  const plan = {
    ...{ rate, prompts: design.prompts, judgmentsPerPrompt: Number(design.votes) },
    ties: 1 - 4 * whole - (2 * rate - 1) ** 2,
    correlation: truth.prompts / whole,
  };
  const ofOthers = { annotators: design.annotators, annotatorCorrelation: truth.annotators / whole };
  const draw = studiesOf(design, given);
  const random = seededRandom(`${seed} ${JSON.stringify(design)} ${spread}`);
  let [likeThese, these] = [0, 0];
  for (let study = 0; study < studies; study++) {
    const drawn = draw(random);
    likeThese += Number(isFoundOfOthers(drawn));
    these += Number(isFoundOfThese(drawn, random));
  }
  const promised = (given: Parameters<typeof powerToDetect>[0]) => {
    const found = powerToDetect(given);
    return "power" in found ? found.power.toFixed(2) : found.notEstimable;
  };
  const simulated = (count: number) => (count / studies).toFixed(2);
  // annotators who differ have rates of their own: of these alone the plan assumes the one that is given
  const ofThese = spread === 0 ? [promised({ ...plan, annotators: null }), simulated(these)] : ["–", "–"];
  return [promised({ ...plan, ...ofOthers }), simulated(likeThese), ...ofThese];
}

function isFoundOfOthers(drawn: DrawnStudy): boolean {
  const sampling = describeSampling({ ...drawn, fixedAnnotators: false });
  const interval = byPromptInterval({ scores: halfTieScores(drawn.outcomes), sampling });
  return "low" in interval && interval.low > 0.5;
}

function isFoundOfThese(drawn: DrawnStudy, random: ReturnType<typeof seededRandom>): boolean {
  const [sums, sizes] = [new Int32Array(drawn.promptCount), new Int32Array(drawn.promptCount)];
  drawn.outcomes.forEach((halves, i) => {
    sums[drawn.prompts[i]!]! += halves - 1;
    sizes[drawn.prompts[i]!]!++;
  });
  const test = signFlipTest({ sums, sizes, random });
  return "p" in test && test.p < ALPHA && sums.reduce((a, b) => a + b, 0) > 0;
}
