import { predictionPowered } from "../server/statistics/intervals/prediction-powered.ts";
import { byPromptInterval } from "../server/statistics/intervals/by-prompt-mean.ts";
import { describeSampling } from "../server/statistics/judgments/sampling.ts";
import { seededRandom } from "../server/statistics/resampling/random.ts";
import { normalQuantile } from "../server/statistics/special/normal-quantile.ts";

/**
 * Prints how often the interval of people and a model together covers the truth, and how much narrower it is than that of
 * people alone, as the table of docs/methods/judges.md. Arguments: number of studies of each cell (2000) and seed (1).
 */
const [studies, seed] = [Number(process.argv[2] ?? 2000), process.argv[3] ?? "1"];

/** Prompts of people, of the model alone, and judgments of people per prompt. */
const DESIGNS = [
  { n: 30, others: 90, judgments: 1 },
  { n: 50, others: 450, judgments: 1 },
  { n: 50, others: 450, judgments: 3 },
  { n: 100, others: 100, judgments: 3 },
  { n: 200, others: 1800, judgments: 3 },
] as const;

/** How far a model follows the taste of prompts, and how far it leans to the target. */
const MODELS = [
  { name: "reads as people do", skill: 1, lean: 0.3 },
  { name: "sees mostly the prompt, and leans", skill: 1.6, lean: 1 },
  { name: "knows nothing, and leans", skill: 0, lean: 1 },
] as const;

/** Prompts differ by sd .7 and noise has sd 1, about a mean of .3; a tie lies within .3 of 0. */
const [PROMPTS, MEAN, CUT] = [0.7, 0.3, 0.3];
const score = (latent: number): number => (latent > CUT ? 1 : latent < -CUT ? 0 : 0.5);

/** The mean score of a latent variable with that mean and a variance of 1 + .7². */
const TRUTH = rate(MEAN, Math.sqrt(1 + PROMPTS ** 2));

console.log(
  "| prompts of people + others, judgments per prompt | model | coverage | people alone | width beside it |",
);
console.log("|---|---|---|---|---|");
for (const design of DESIGNS) for (const model of MODELS) console.log(cell(design, model));

function cell(design: (typeof DESIGNS)[number], model: (typeof MODELS)[number]): string {
  const whole = seededRandom(`${seed} ${JSON.stringify([design, model])}`);
  const normal = () => normalQuantile((whole() + 0.5) / 2 ** 32);
  const counted = { made: 0, covered: 0, alone: 0, ratio: 0 };
  for (let study = 0; study < studies; study++) {
    const tastes = Array.from({ length: design.n + design.others }, () => PROMPTS * normal());
    const noise = Math.sqrt(1 + PROMPTS ** 2 - (model.skill * PROMPTS) ** 2);
    const byModel = Float64Array.from(tastes, (taste) =>
      score(model.lean + model.skill * taste + noise * normal()),
    );
    const scores = new Float64Array(design.n * design.judgments);
    for (let i = 0; i < scores.length; i++)
      scores[i] = score(MEAN + tastes[Math.floor(i / design.judgments)]! + normal());
    count(counted, { design, scores, byModel });
  }
  const { made, covered, alone, ratio } = counted;
  const percent = (part: number) => ((100 * part) / made).toFixed(1);
  const about = `${design.n} + ${design.others}, ${design.judgments}`;
  return `| ${about} | ${model.name} | ${percent(covered)} | ${percent(alone)} | ${(ratio / made).toFixed(2)} |`;
}

function count(
  counted: Record<"made" | "covered" | "alone" | "ratio", number>,
  given: { design: (typeof DESIGNS)[number]; scores: Float64Array; byModel: Float64Array },
): void {
  const { design, scores, byModel } = given;
  const prompts = Int32Array.from(scores, (_, i) => Math.floor(i / design.judgments));
  const people = new Float64Array(design.n);
  scores.forEach((one, i) => (people[prompts[i]!]! += one / design.judgments));
  const together = predictionPowered({
    people,
    ...{ model: byModel.slice(0, design.n), others: byModel.slice(design.n) },
  });
  const annotators = new Int32Array(scores.length);
  const codes = { prompts, annotators, promptCount: design.n, annotatorCount: 1 };
  const sampling = describeSampling({ ...codes, fixedAnnotators: true });
  const alone = byPromptInterval({ scores, sampling });
  if ("notEstimable" in together || !("low" in alone)) return;
  const covers = ({ low, high }: { low: number; high: number }) => Number(low <= TRUTH && TRUTH <= high);
  counted.made++;
  counted.covered += covers(together);
  counted.alone += covers(alone);
  counted.ratio += (together.high - together.low) / (alone.high - alone.low);
}

/** P(above the cut) + ½ P(within it), by adding up a fine grid of quantiles. */
function rate(mean: number, sd: number): number {
  const points = 200_000;
  let sum = 0;
  for (let i = 0; i < points; i++) sum += score(mean + sd * normalQuantile((i + 0.5) / points));
  return sum / points;
}
