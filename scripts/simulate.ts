import { byPromptInterval } from "../server/statistics/by-prompt-mean.ts";
import { type Estimate, type Interval, type NotEstimable } from "../server/statistics/estimate.ts";
import { halfTieScores, LOSS, TIE, WIN } from "../server/statistics/half-tie.ts";
import { scoreInterval } from "../server/statistics/mean-interval.ts";
import { rateInterval } from "../server/statistics/rate-interval.ts";
import { describeSampling } from "../server/statistics/sampling.ts";
import { normalCdf } from "../server/statistics/special/normal-cdf.ts";
import { normalQuantile } from "../server/statistics/special/normal-quantile.ts";
import { wilson } from "../server/statistics/wilson.ts";

/**
 * Prints how often nominal 95 % intervals cover the truth in simulated studies. A judgment is a win above 0.3, a
 * loss below −0.3, else a tie, of mean + prompt effect + annotator effect + noise, all normal, so that the truth
 * has a closed form. Arguments: number of studies (2000) and seed (1).
 */
const [studies, seed] = [Number(process.argv[2] ?? 2000), Number(process.argv[3] ?? 1)];
const MEAN = 0.15;
const CUT = 0.3;
const JUDGMENTS_PER_PROMPT = 3;

const random = mulberry(seed);
const normal = () => normalQuantile(random() || 0.5);

console.log(
  "prompts annotators spread  per judgment  over prompts  wins  losses  wins, Wilson as if nothing repeated",
);
for (const [prompts, annotators] of [
  [200, 50],
  [400, 100],
  [80, 20],
  [50, 20],
  [20, 20],
  [200, 5],
  [200, 3],
] as const) {
  for (const [ofPrompt, ofAnnotator] of [
    [0.7, 0.1],
    [0.7, 0.4],
  ] as const) {
    const shares = simulate({ prompts, annotators, ofPrompt, ofAnnotator });
    const spread = `${ofPrompt}/${ofAnnotator}`;
    const percent = shares.map((share) => `${(100 * share).toFixed(1)} %`.padStart(8));
    console.log([String(prompts).padStart(7), String(annotators).padStart(10), spread, ...percent].join(" "));
  }
}

function simulate(design: {
  prompts: number;
  annotators: number;
  ofPrompt: number;
  ofAnnotator: number;
}): number[] {
  const sd = Math.hypot(design.ofPrompt, design.ofAnnotator, 1);
  const [win, loss] = [normalCdf((MEAN - CUT) / sd), normalCdf((-CUT - MEAN) / sd)];
  const score = win + (1 - win - loss) / 2;
  const covered = [0, 0, 0, 0, 0];
  for (let study = 0; study < studies; study++) {
    const { outcomes, sampling } = judge(design);
    const scores = halfTieScores(outcomes);
    const wins = outcomes.filter((outcome) => outcome === WIN).length;
    const truths: [Estimate | Interval | NotEstimable | { low: number; high: number }, number][] = [
      [scoreInterval({ scores, sampling }), score],
      [byPromptInterval({ scores, sampling }), score],
      [rateInterval({ outcomes, outcome: WIN, sampling }), win],
      [rateInterval({ outcomes, outcome: LOSS, sampling }), loss],
      [wilson(wins, outcomes.length), win],
    ];
    truths.forEach(([interval, truth], i) => {
      if ("low" in interval && interval.low <= truth && truth <= interval.high) covered[i]!++;
    });
  }
  return covered.map((count) => count / studies);
}

function judge(design: { prompts: number; annotators: number; ofPrompt: number; ofAnnotator: number }) {
  const easy = Array.from({ length: design.prompts }, () => design.ofPrompt * normal());
  const lenient = Array.from({ length: design.annotators }, () => design.ofAnnotator * normal());
  const n = design.prompts * JUDGMENTS_PER_PROMPT;
  const prompts = Int32Array.from({ length: n }, (_, i) => Math.floor(i / JUDGMENTS_PER_PROMPT));
  const annotators = prompts.map((_, i) => annotatorOf(i, design.annotators));
  const outcomes = Uint8Array.from({ length: n }, (_, i) => {
    const latent = MEAN + easy[prompts[i]!]! + lenient[annotators[i]!]! + normal();
    return latent > CUT ? WIN : latent < -CUT ? LOSS : TIE;
  });
  const counts = { promptCount: design.prompts, annotatorCount: design.annotators };
  return { outcomes, sampling: describeSampling({ prompts, annotators, ...counts, fixedAnnotators: false }) };
}

/** Different annotators within a prompt, and different company from prompt to prompt. */
function annotatorOf(i: number, annotators: number): number {
  const prompt = Math.floor(i / JUDGMENTS_PER_PROMPT);
  const stride = 1 + (Math.floor(prompt / annotators) % Math.max(1, Math.floor((annotators - 1) / 2)));
  return (prompt + (i % JUDGMENTS_PER_PROMPT) * stride) % annotators;
}

/** A small seeded generator of numbers from 0 to below 1. */
function mulberry(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
