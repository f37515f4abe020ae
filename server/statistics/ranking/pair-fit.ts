import { REASONS } from "../../contract/reasons.ts";
import { type NotEstimable, isRefused } from "../estimate.ts";
import { inverseInformation, type Maximum } from "./newton.ts";
import { type PairModel, preference } from "./pair-model.ts";
import { type Cells, countCells, OUTCOMES, type PairedCounts } from "../judgments/paired-counts.ts";
import type { Clusters } from "../judgments/clusters.ts";
import type { Random } from "../resampling/random.ts";

/** How many ways to put the signs are drawn. */
export const FIT_DRAWS = 1999;
/** Below so many prompts signs say little; above so many bundles they cost more than they tell. */
const PROMPTS_LEAST = 10;
const BUNDLES_MOST = 400;
/** A variance below this share of a judgment's own is rounding. */
const NOTHING = 1e-18;

/** What a pair's judgments say beside what the strengths expect of it; a tie counts one half. */
interface PairGap {
  readonly low: number;
  readonly high: number;
  readonly judgments: number;
  /** Share of the pair that went to the low system, and what the strengths expect. */
  readonly observed: number;
  readonly expected: number;
  /** How many standard errors lie between the two, prompts being clusters; null where nothing varies. */
  readonly z: number | null;
}

interface PairFit {
  /** The largest |z| first, those without one last. */
  readonly gaps: readonly PairGap[];
  /** Of the largest |z| among all pairs, if one strength a system explained every pair; from 0 to 1. */
  readonly p: number | NotEstimable;
}

/**
 * Does one strength a system explain every pair? Each pair's points less those expected, over a standard error that
 * knows that prompts lean together and that the strengths were fitted to the same judgments.
 *
 * A prompt c moves the gap of pair p by s_cp = Σ (outcome − expectation) over its judgments of the pair, less what it
 * moves the expectation by through the strengths, n_p w_p (x_low − x_high) with x = H⁺u_c as in errorsOfStrengths. With
 * z_p = Σ_c s_cp / √(C/(C − 1) Σ_c s_cp²) the statistic is the largest |z|; its p-value comes from turning the sign of
 * whole prompts at random (a wild cluster bootstrap of scores: P. Kline and A. Santos, Journal of Econometric Methods
 * 1, 2012), with one added to both counts. The largest is taken, so that no correction for many pairs is needed.
 * Annotators are taken as they are. Above 400 prompts, bundles of them are turned.
 * Example: a beats b, b beats c, c beats a, 45 : 0 each on 45 prompts: every expectation is ½, and p = 1/2000.
 * Edges: refused with fewer than ten prompts, and where strengths fit any outcome, as for pairs that make no circle.
 */
export function pairFit(
  model: PairModel,
  { cells, prompts, fit, random }: { cells: Cells; prompts: Clusters; fit: Maximum; random: Random },
): PairFit {
  const counts = countCells(cells);
  const moved = movedGaps(model, { cells, prompts, fit });
  const errors = isRefused(moved) ? null : errorsOf(moved);
  const gaps = counts.low.length === 0 ? [] : gapsOf(model, counts, { fit, moved, errors });
  const sorted = gaps.sort(
    (a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0) || a.low - b.low || a.high - b.high,
  );
  if (isRefused(moved)) return { gaps: sorted, p: moved };
  const largest = Math.abs(sorted[0]?.z ?? 0);
  return { gaps: sorted, p: shareOfSigns(moved, { errors: errors!, largest, random }) };
}

/** By bundle of prompts, pair by pair: how far its judgments move the gap. */
interface MovedGaps {
  readonly pairs: number;
  readonly bundles: number;
  readonly by: Float64Array;
}

function movedGaps(
  model: PairModel,
  { cells, prompts, fit }: { cells: Cells; prompts: Clusters; fit: Maximum },
): MovedGaps | NotEstimable {
  const { systems, low, high, code } = cells;
  const pairs = low.length;
  if (pairs <= systems - 1) return { notEstimable: REASONS.noCircle };
  if (prompts.count < PROMPTS_LEAST) return { notEstimable: REASONS.fewerThan(PROMPTS_LEAST, "prompts") };
  const counts = countCells(cells);
  const inverted = inverseInformation(model, counts, fit.parameters);
  if (inverted === null) return { notEstimable: REASONS.noDigits };
  const bundles = Math.min(prompts.count, BUNDLES_MOST);
  const by = new Float64Array(bundles * pairs);
  const expected = expectations(model, counts, fit);
  for (let i = 0; i < code.length; i++) {
    const pair = Math.trunc(code[i]! / OUTCOMES);
    by[(prompts.code[i]! % bundles) * pairs + pair]! += (code[i]! % OUTCOMES) / 2 - expected[pair]!;
  }
  for (let bundle = 0; bundle < bundles; bundle++) {
    const own = by.subarray(bundle * pairs, (bundle + 1) * pairs);
    const step = strengthsMoved(own, { low, high, systems, inverted });
    for (let pair = 0; pair < pairs; pair++) {
      const judgments = counts.wins[pair]! + counts.ties[pair]! + counts.losses[pair]!;
      const slope = judgments * expected[pair]! * (1 - expected[pair]!);
      own[pair]! -= slope * (step[low[pair]!]! - step[high[pair]!]!);
    }
  }
  return { pairs, bundles, by };
}

/** H⁺u, u being the pairs' points over expectation added up by system. */
function strengthsMoved(
  points: Float64Array,
  { low, high, systems, inverted }: Pick<Cells, "low" | "high" | "systems"> & { inverted: Float64Array },
): Float64Array {
  const scores = new Float64Array(systems);
  for (let pair = 0; pair < points.length; pair++) {
    scores[low[pair]!]! += points[pair]!;
    scores[high[pair]!]! -= points[pair]!;
  }
  return scores.map((_, i) => scores.reduce((sum, score, j) => sum + inverted[i * systems + j]! * score, 0));
}

function expectations(model: PairModel, { low, high }: PairedCounts, { parameters }: Maximum): Float64Array {
  return Float64Array.from(low, (i, pair) => preference(model, parameters[i]! - parameters[high[pair]!]!, 0));
}

/** Standard errors of the gaps; 0 where nothing varies. */
function errorsOf({ pairs, bundles, by }: MovedGaps): Float64Array {
  const squares = new Float64Array(pairs);
  for (let at = 0; at < by.length; at++) squares[at % pairs]! += by[at]! * by[at]!;
  return squares.map((sum) => (sum <= NOTHING ? 0 : Math.sqrt((bundles / (bundles - 1)) * sum)));
}

function gapsOf(
  model: PairModel,
  counts: PairedCounts,
  { fit, moved, errors }: { fit: Maximum; moved: MovedGaps | NotEstimable; errors: Float64Array | null },
): PairGap[] {
  const expected = expectations(model, counts, fit);
  return Array.from(counts.low, (low, pair) => {
    const judgments = counts.wins[pair]! + counts.ties[pair]! + counts.losses[pair]!;
    const points = counts.wins[pair]! + counts.ties[pair]! / 2;
    const error = isRefused(moved) ? 0 : errors![pair]!;
    const z = error === 0 ? null : (points - judgments * expected[pair]!) / error;
    const observed = points / judgments;
    return { low, high: counts.high[pair]!, judgments, observed, expected: expected[pair]!, z };
  });
}

/** Bundles whose signs are looked up together: the sums of all 2⁸ ways to sign them stand in a table. */
const TOGETHER = 8;
/** A sum that is this near to the least that counts is added up again, one bundle after the other. */
const NEAR = 1e-11;

/** Share of drawn signs in which some gap lies as many errors from 0 as the largest that was seen. */
function shareOfSigns(
  { pairs, bundles, by }: MovedGaps,
  { errors, largest, random }: { errors: Float64Array; largest: number; random: Random },
): number {
  const signs = drawSigns(bundles, random);
  const hits = new Uint8Array(FIT_DRAWS);
  const moved = new Float64Array(bundles);
  for (let pair = 0; pair < pairs; pair++) {
    if (errors[pair]! === 0) continue;
    let size = 0;
    for (let bundle = 0; bundle < bundles; bundle++) {
      moved[bundle] = by[bundle * pairs + pair]!;
      size += Math.abs(moved[bundle]!);
    }
    const least = largest * (1 - 1e-9) * errors[pair]!;
    const sums = signedSums(moved, signs);
    for (let draw = 0; draw < FIT_DRAWS; draw++) {
      const beyond = Math.abs(sums[draw]!) - least;
      if (beyond < -NEAR * size || hits[draw] === 1) continue;
      if (beyond > NEAR * size || Math.abs(signedSum(moved, signs, draw)) >= least) hits[draw] = 1;
    }
  }
  return (1 + hits.reduce((sum, hit) => sum + hit, 0)) / (1 + FIT_DRAWS);
}

/** Drawn signs: by TOGETHER bundles and draw, a bit for each of them, 1 a plus. */
function drawSigns(bundles: number, random: Random): Uint8Array {
  const signs = new Uint8Array(Math.ceil(bundles / TOGETHER) * FIT_DRAWS);
  for (let draw = 0; draw < FIT_DRAWS; draw++) {
    let bits = 0;
    for (let bundle = 0; bundle < bundles; bundle++) {
      bits = bundle % 32 === 0 ? random() : bits >>> 1;
      signs[Math.floor(bundle / TOGETHER) * FIT_DRAWS + draw]! |= (bits & 1) << (bundle % TOGETHER);
    }
  }
  return signs;
}

/** The sums of some numbers under each draw of their signs. */
function signedSums(numbers: Float64Array, signs: Uint8Array): Float64Array {
  const sums = new Float64Array(FIT_DRAWS);
  const table = new Float64Array(1 << TOGETHER);
  for (let first = 0, at = 0; first < numbers.length; first += TOGETHER, at += FIT_DRAWS) {
    table[0] = 0;
    for (let k = 0; k < TOGETHER; k++) {
      const number = numbers[first + k] ?? 0;
      for (let set = 0; set < 1 << k; set++) {
        table[set | (1 << k)] = table[set]! + number;
        table[set]! -= number;
      }
    }
    for (let draw = 0; draw < FIT_DRAWS; draw++) sums[draw]! += table[signs[at + draw]!]!;
  }
  return sums;
}

function signedSum(numbers: Float64Array, signs: Uint8Array, draw: number): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) {
    const isPlus = ((signs[Math.floor(i / TOGETHER) * FIT_DRAWS + draw]! >> (i % TOGETHER)) & 1) === 1;
    sum += (isPlus ? 1 : -1) * numbers[i]!;
  }
  return sum;
}

/**
 * Circles of three systems: the first was preferred to the second more often than not, the second to the third, and
 * the third to the first. Those whose narrowest lead is widest come first. Example: see pairFit.
 */
export function circlesOf(gaps: readonly Pick<PairGap, "low" | "high" | "observed">[]): number[][] {
  const leads = new Map<number, Map<number, number>>();
  for (const { low, high, observed } of gaps) {
    const [first, second] = observed > 0.5 ? [low, high] : [high, low];
    if (observed === 0.5) continue;
    if (!leads.has(first)) leads.set(first, new Map());
    leads.get(first)!.set(second, Math.abs(observed - 0.5));
  }
  const circles: { circle: number[]; narrowest: number }[] = [];
  for (const [a, overA] of leads)
    for (const [b, ab] of overA)
      for (const [c, bc] of leads.get(b) ?? []) {
        const ca = leads.get(c)?.get(a);
        if (ca === undefined || a > b || a > c) continue; // told once, from its lowest code
        circles.push({ circle: [a, b, c], narrowest: Math.min(ab, bc, ca) });
      }
  return circles
    .sort((x, y) => y.narrowest - x.narrowest || x.circle[0]! - y.circle[0]! || x.circle[1]! - y.circle[1]!)
    .map(({ circle }) => circle);
}
