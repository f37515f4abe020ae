import { linearisedByPrompt } from "../server/statistics/intervals/by-prompt-mean.ts";
import { halfTieScores } from "../server/statistics/judgments/half-tie.ts";
import { describeSampling } from "../server/statistics/judgments/sampling.ts";
import { randomBelow, seededRandom } from "../server/statistics/resampling/random.ts";
import { levelsOf } from "../server/statistics/tests/alpha-spending.ts";
import { signFlipTest } from "../server/statistics/tests/sign-flip-permutation.ts";
import { tTest } from "../server/statistics/tests/t-test.ts";
import { type DrawnStudy, studiesOf } from "./simulations/draw-study.ts";

/**
 * Prints the table of docs/methods/looks.md: how often the declared test finds a difference at some look where nothing differs,
 * with the levels of alpha spending, and with 5 % at every look. Judgments come in any order. Arguments: studies of each line
 * (2000) and seed (1).
 */
const [studies, seed] = [Number(process.argv[2] ?? 2000), process.argv[3] ?? "1"];
const PLANS = [[0.5, 1], [1 / 3, 2 / 3, 1]] as const; // prettier-ignore
const DESIGNS = [
  { prompts: 200, annotators: 20, spread: 0.2, target: "like these" },
  { prompts: 100, annotators: 8, spread: 0.2, target: "like these" },
  { prompts: 80, annotators: 3, spread: 0.2, target: "like these" },
  { prompts: 100, annotators: 8, spread: 0, target: "these" },
  { prompts: 40, annotators: 3, spread: 0, target: "these" },
] as const;

const line = (texts: readonly (string | number)[]) => `| ${texts.join(" | ")} |`;
const header = ["prompts × annotators", "sd", "about", "looks at", "O’Brien–Fleming type"];
header.push("Pocock type", "5 % at every look", "once, at the end");
console.log([line(header), line(header.map(() => "---"))].join("\n"));
for (const design of DESIGNS) for (const plan of PLANS) console.log(line(rowOf(design, plan)));

function rowOf(design: (typeof DESIGNS)[number], plan: readonly number[]): string[] {
  const { prompts, annotators, spread, target } = design;
  const draw = studiesOf({ name: "", prompts, annotators, votes: 3 }, { rate: 0.5, spread });
  const random = seededRandom(`${seed} ${JSON.stringify([design, plan])}`);
  const levels = (spending: "obrienFleming" | "pocock") =>
    levelsOf({ fractions: plan, spending, alpha: 0.05, isLast: true });
  const rules = [levels("obrienFleming"), levels("pocock"), plan.map(() => 0.05)];
  const found = [0, 0, 0, 0];
  for (let study = 0; study < studies; study++) {
    const drawn = draw(random);
    const order = shuffled(drawn.prompts.length, random);
    const p = plan.map((share) => pOf(firstOf(drawn, order, share), target, random));
    rules.forEach((rule, i) => (found[i]! += Number(p.some((one, k) => one < rule[k]!))));
    found[3]! += Number(p.at(-1)! < 0.05);
  }
  const shares = found.map((count) => ((100 * count) / studies).toFixed(1));
  const at = plan.map((share) => `${Math.round(share * 100)} %`).join(", ");
  return [`${prompts} × ${annotators}`, String(spread), target, at, ...shares];
}

function shuffled(count: number, random: Parameters<typeof randomBelow>[0]): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = randomBelow(random, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function firstOf(drawn: DrawnStudy, order: Int32Array, share: number): DrawnStudy {
  const some = order.subarray(0, Math.round(share * order.length));
  return {
    ...drawn,
    prompts: Int32Array.from(some, (i) => drawn.prompts[i]!),
    annotators: Int32Array.from(some, (i) => drawn.annotators[i]!),
    outcomes: Uint8Array.from(some, (i) => drawn.outcomes[i]!),
  };
}

function pOf(
  drawn: DrawnStudy,
  target: "like these" | "these",
  random: Parameters<typeof randomBelow>[0],
): number {
  const sampling = describeSampling({ ...drawn, fixedAnnotators: false });
  if (target === "like these") {
    const test = tTest(linearisedByPrompt(halfTieScores(drawn.outcomes), sampling), sampling, 0.5);
    return "p" in test ? test.p : 1;
  }
  const { code, count, size } = sampling.prompts;
  const sums = new Int32Array(count);
  drawn.outcomes.forEach((halves, i) => (sums[code[i]!]! += halves - 1));
  const test = signFlipTest({ sums, sizes: size, random });
  return "p" in test ? test.p : 1;
}
