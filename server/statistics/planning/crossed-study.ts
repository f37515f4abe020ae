import { normalCdf } from "../special/normal-cdf.ts";
import { studentTQuantile } from "../special/student-t-quantile.ts";
import { UPPER } from "../estimate.ts";
import { measuredVariance } from "../intervals/two-way.ts";

/** A study in which annotators share many prompts evenly. */
interface CrossedStudy {
  /** At least 2. */
  readonly prompts: number;
  readonly annotators: number;
  readonly judgmentsPerPrompt: number;
  /** Correlation of two judgments of one prompt by different annotators. */
  readonly correlation: number;
  /** Correlation of two judgments of one annotator on different prompts; together they are at most 1. */
  readonly annotatorCorrelation: number;
  /** The mean net preference, 2 · rate − 1, above 0, and the variance of one judgment's. */
  readonly net: number;
  readonly variance: number;
}

/** Places at which the annotators' variance is tried. */
const STEPS = 120;

/**
 * The probability that the report's interval for annotators like these (two-way.ts, score-limits.ts) lies above ½.
 *
 * With P prompts, A annotators, m judgments per prompt, the variance σ² of one judgment, of which prompts are ρσ² and
 * annotators κσ², the parts of the variance are on average V_p = (ρ + κ(1 − m/A)/m + (1 − ρ − κ)/m)σ²/P, V_a = κσ²/A + (1 − κ − ρ(m − 1)/(A − 1))σ²/(P m) (annotators share prompts, so what
 * belongs to those does not set them apart) and V_pa = σ²/(P m). V_p and V_pa rest on many prompts and are taken as known;
 * V_a is measured on A − 1 df, so the power is the mean of Φ((d − t √(V/(1 − d²)))/√V_0) over V_a χ²/(A − 1), with V and the df of t
 * as measured from the parts and V_0 = (ρ + κP/A + (1 − ρ − κ)/m)σ²/P. With one judgment per prompt nothing crosses: V is V_a,
 * on A − 1 df. Assumes a nearly normal estimate. Within 4 points of simulated studies (see docs/methods/planning.md).
 * Example: 97 prompts × 3 by 3 annotators, ρ .5, κ 0, d .2, σ² .74: .72.
 */
export function powerOfAnnotators(study: CrossedStudy): number {
  const { prompts, annotators, judgmentsPerPrompt: m, net, variance } = study;
  const { correlation: ofPrompt, annotatorCorrelation: ofAnnotator } = study;
  const rest = (1 - ofPrompt - ofAnnotator) / m;
  const crossed = variance / (prompts * m);
  const main = {
    variance: ((ofPrompt + (ofAnnotator * (1 - m / annotators)) / m + rest) * variance) / prompts,
    clusters: prompts,
  };
  const between =
    (ofAnnotator * variance) / annotators +
    (1 - ofAnnotator - (ofPrompt * (m - 1)) / (annotators - 1)) * crossed;
  const truth = ((ofPrompt + (ofAnnotator * prompts) / annotators + rest) * variance) / prompts;
  const free = annotators - 1;
  let [sum, weights] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    const chi = ((step + 0.5) / STEPS) * (Math.sqrt(free) + 6);
    const weight = Math.exp((free - 1) * Math.log(chi / Math.sqrt(free)) + (free - chi * chi) / 2);
    const measured = { variance: (between * chi * chi) / free, clusters: annotators };
    const total =
      m === 1
        ? { variance: measured.variance, df: free }
        : measuredVariance({ main, annotators: measured, crossed });
    if ("notEstimable" in total) continue; // where every judgment says the same, nothing is measured
    const half = studentTQuantile(UPPER, total.df) * Math.sqrt(total.variance / (1 - net * net));
    sum += weight * normalCdf((net - half) / Math.sqrt(truth));
    weights += weight;
  }
  return weights === 0 ? 1 : sum / weights;
}
