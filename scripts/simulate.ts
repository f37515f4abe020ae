import { byPromptInterval } from "../server/statistics/intervals/by-prompt-mean.ts";
import { type Estimate, type Interval, type NotEstimable } from "../server/statistics/estimate.ts";
import { halfTieScores, LOSS, TIE, WIN } from "../server/statistics/judgments/half-tie.ts";
import { scoreInterval } from "../server/statistics/intervals/mean-interval.ts";
import { rateInterval } from "../server/statistics/intervals/rate-interval.ts";
import { describeSampling } from "../server/statistics/judgments/sampling.ts";
import { normalCdf } from "../server/statistics/special/normal-cdf.ts";
import { normalQuantile } from "../server/statistics/special/normal-quantile.ts";
import { wilson } from "../server/statistics/intervals/wilson.ts";

/**
 * Prints how often nominal 95 % intervals cover the truth in simulated studies, and how wide those of the half-tie rate by
 * prompt are on average: for annotators like these, and for these alone. A judgment is a win above 0.3, a
 * loss below −0.3, else a tie, of mean + prompt effect + annotator effect + noise, all normal, so that the truth
 * has a closed form. Arguments: number of studies (2000) and seed (1).
 */
const [studies, seed] = [Number(process.argv[2] ?? 2000), Number(process.argv[3] ?? 1)];
const MEAN = 0.15;
const CUT = 0.3;
/** Fewer where there are fewer annotators. */
const JUDGMENTS_PER_PROMPT = 3;

const random = mulberry(seed);
const normal = () => normalQuantile(random() || 0.5);

console.log(
  "prompts annotators spread  per judgment  over prompts  wins  losses  wins, Wilson as if nothing repeated  " +
    "over prompts, by these annotators  width, annotators like these  width, these annotators",
);
for (const [prompts, annotators] of [
  [200, 50],
  [400, 100],
  [80, 20],
  [50, 20],
  [20, 20],
  [100, 8],
  [200, 5],
  [200, 3],
  [80, 3],
  [30, 3],
  [8, 3],
  [40, 2],
  [12, 2],
] as const) {
  for (const [ofPrompt, ofAnnotator] of [
    [0.7, 0.1],
    [0.7, 0.4],
  ] as const) {
    const { shares, widths } = simulate({ prompts, annotators, ofPrompt, ofAnnotator });
    const spread = `${ofPrompt}/${ofAnnotator}`;
    const percent = shares.map((share) => `${(100 * share).toFixed(1)} %`.padStart(8));
    const wide = widths.map((width) => width.toFixed(3).padStart(6));
    console.log(
      [String(prompts).padStart(7), String(annotators).padStart(10), spread, ...percent, ...wide].join(" "),
    );
  }
}

interface Design {
  readonly prompts: number;
  readonly annotators: number;
  /** Standard deviations of the effects of prompts and annotators. */
  readonly ofPrompt: number;
  readonly ofAnnotator: number;
}

function simulate(design: Design): { shares: number[]; widths: [likeThese: number, these: number] } {
  const sd = Math.hypot(design.ofPrompt, design.ofAnnotator, 1);
  const [win, loss] = [normalCdf((MEAN - CUT) / sd), normalCdf((-CUT - MEAN) / sd)];
  const score = win + (1 - win - loss) / 2;
  const covered = [0, 0, 0, 0, 0, 0];
  const widths: [number, number] = [0, 0];
  for (let study = 0; study < studies; study++) {
    const { outcomes, sampling, alone } = judge(design);
    const scores = halfTieScores(outcomes);
    const wins = outcomes.filter((outcome) => outcome === WIN).length;
    const truths: [Estimate | Interval | NotEstimable | { low: number; high: number }, number][] = [
      [scoreInterval({ scores, sampling }), score],
      [byPromptInterval({ scores, sampling }), score],
      [rateInterval({ outcomes, outcome: WIN, sampling }), win],
      [rateInterval({ outcomes, outcome: LOSS, sampling }), loss],
      [wilson(wins, outcomes.length), win],
      [byPromptInterval({ scores, sampling: alone }), score],
    ];
    [truths[1]![0], truths[5]![0]].forEach((interval, i) => {
      if ("low" in interval) widths[i]! += (interval.high - interval.low) / studies;
    });
    truths.forEach(([interval, truth], i) => {
      if ("low" in interval && interval.low <= truth && truth <= interval.high) covered[i]!++;
    });
  }
  return { shares: covered.map((count) => count / studies), widths };
}

function judge(design: Design) {
  const easy = Array.from({ length: design.prompts }, () => design.ofPrompt * normal());
  const lenient = Array.from({ length: design.annotators }, () => design.ofAnnotator * normal());
  const each = Math.min(JUDGMENTS_PER_PROMPT, design.annotators);
  const n = design.prompts * each;
  const prompts = Int32Array.from({ length: n }, (_, i) => Math.floor(i / each));
  const annotators = prompts.map((prompt, i) => annotatorOf(prompt, i % each, design.annotators));
  const outcomes = Uint8Array.from({ length: n }, (_, i) => {
    const latent = MEAN + easy[prompts[i]!]! + lenient[annotators[i]!]! + normal();
    return latent > CUT ? WIN : latent < -CUT ? LOSS : TIE;
  });
  const by = { prompts, annotators, promptCount: design.prompts, annotatorCount: design.annotators };
  return {
    outcomes,
    sampling: describeSampling({ ...by, fixedAnnotators: false }),
    alone: describeSampling({ ...by, fixedAnnotators: true }),
  };
}

/** Different annotators within a prompt, and different company from prompt to prompt. */
function annotatorOf(prompt: number, judgment: number, annotators: number): number {
  const stride = 1 + (Math.floor(prompt / annotators) % Math.max(1, Math.floor((annotators - 1) / 2)));
  return (prompt + judgment * stride) % annotators;
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
