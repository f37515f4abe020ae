import { halfTieScores } from "../server/statistics/judgments/half-tie.ts";
import { varianceComponents } from "../server/statistics/intervals/variance-components.ts";
import { describeSampling } from "../server/statistics/judgments/sampling.ts";
import { seededRandom } from "../server/statistics/resampling/random.ts";
import { DESIGNS, SPREADS } from "./simulations/designs.ts";
import { componentsOf, studiesOf } from "./simulations/draw-study.ts";

/**
 * Prints the table of docs/methods/components.md: in simulated studies at a rate of 0.6, the mean estimate of the annotators'
 * variance, how often the 95 % intervals of the annotators' and of the prompts' variance cover it, and how often the report
 * says of what more would help, rightly and wrongly. Arguments: studies of each line (2000) and seed (1).
 */
const [studies, seed] = [Number(process.argv[2] ?? 2000), process.argv[3] ?? "1"];
const RATE = 0.6;

const line = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
const header = ["prompts × annotators", "sd", "annotators’ variance", "mean estimate"];
header.push("its interval covers", "that of prompts", "rightly told", "wrongly told");
console.log([line(header), line(header.map(() => "---"))].join("\n"));
for (const design of DESIGNS.filter(({ slots }) => !slots))
  for (const spread of SPREADS)
    console.log(line([design.name, String(spread), ...figuresOf(design, spread)]));

function figuresOf(design: (typeof DESIGNS)[number], spread: number): string[] {
  const truth = componentsOf({ rate: RATE, spread });
  const draw = studiesOf(design, { rate: RATE, spread });
  const random = seededRandom(`${seed} ${design.name} ${spread}`);
  const sums = { made: 0, estimate: 0, annotators: 0, prompts: 0, withPrompts: 0, right: 0, wrong: 0 };
  for (let study = 0; study < studies; study++) {
    const drawn = draw(random);
    const sampling = describeSampling({ ...drawn, fixedAnnotators: false });
    const { code, size, count } = sampling.prompts;
    const weights = Float64Array.from(code, (prompt) => 1 / (count * size[prompt]!));
    const found = varianceComponents({ scores: halfTieScores(drawn.outcomes), weights, sampling });
    if ("notEstimable" in found) continue;
    const { annotators, prompts, moreOf } = found;
    sums.made++;
    sums.estimate += annotators.variance;
    sums.annotators += isIn(truth.annotators, annotators);
    if (prompts !== null) {
      sums.withPrompts++;
      sums.prompts += isIn(truth.prompts, prompts);
    }
    if (moreOf === null) continue;
    sums[moreOf === better(weights, drawn.annotators, truth, count) ? "right" : "wrong"]++;
  }
  const share = (part: number, all = sums.made) => (all === 0 ? "–" : ((100 * part) / all).toFixed(1));
  return [
    ...[truth.annotators.toFixed(4), (sums.estimate / sums.made).toFixed(4), share(sums.annotators)],
    ...[share(sums.prompts, sums.withPrompts), share(sums.right), share(sums.wrong)],
  ];
}

function isIn(truth: number, { low, high }: { low: number; high: number }): number {
  return Number(low <= truth && truth <= high);
}

/** Of what twice as many would take more off the true variance of the rate. */
function better(
  weights: Float64Array,
  annotators: Int32Array,
  truth: ReturnType<typeof componentsOf>,
  prompts: number,
): "prompts" | "annotators" {
  const sums = new Float64Array(1 + annotators.reduce((a, b) => Math.max(a, b), 0));
  let squares = 0;
  weights.forEach((weight, i) => {
    sums[annotators[i]!]! += weight;
    squares += weight ** 2;
  });
  const ofAnnotators = truth.annotators * sums.reduce((sum, one) => sum + one ** 2, 0);
  return ofAnnotators > truth.prompts / prompts + truth.residual * squares ? "annotators" : "prompts";
}
