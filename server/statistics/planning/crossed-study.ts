import { normalCdf } from "../special/normal-cdf.ts";
import { studentTQuantile } from "../special/student-t-quantile.ts";
import { UPPER } from "../estimate.ts";
import { measuredVariance } from "../intervals/two-way.ts";

/** A study in which the same annotators judge many prompts, all alike in what they prefer. */
interface CrossedStudy {
  /** At least 2. */
  readonly prompts: number;
  readonly annotators: number;
  readonly judgmentsPerPrompt: number;
  /** Correlation of two judgments of one prompt. */
  readonly correlation: number;
  /** The mean net preference, 2 · rate − 1, above 0, and the variance of one judgment's. */
  readonly net: number;
  readonly variance: number;
}

/** Places at which the annotators' variance is tried. */
const STEPS = 120;

/**
 * The probability that the report's interval for other annotators like these (two-way.ts) lies above ½.
 *
 * With P prompts, A annotators, m judgments per prompt that correlate by ρ, and the variance σ² of one judgment, the parts of
 * the variance are on average V_p = σ²(1 + (m − 1)ρ)/(P m), V_a = σ²(1 − ρ m/A)/(P m) (annotators share prompts, so what
 * belongs to those does not set them apart) and V_pa = σ²/(P m). V_p and V_pa rest on many prompts and are taken as known;
 * V_a is measured on A − 1 df, so the power is the mean of Φ((d − t √V)/√V_p) over V_a χ²/(A − 1), with V and the df of t
 * as measured from the parts. With one judgment per prompt nothing crosses: V is V_a, on A − 1 df.
 * Assumes annotators that do not differ: where they do, the power is lower. Within 4 points of simulated studies
 * (97 prompts, 3 judgments each by 3 to 20 annotators). Example: 97 prompts × 3 by 3 annotators, ρ .5, d .2, σ² .74: .74.
 */
export function powerOfAnnotators(study: CrossedStudy): number {
  const { prompts, annotators, judgmentsPerPrompt: m, correlation, net, variance } = study;
  const crossed = variance / (prompts * m);
  const ofPrompts = crossed * (1 + (m - 1) * correlation);
  const ofAnnotators = crossed * (1 - (correlation * m) / annotators);
  const main = { variance: ofPrompts, clusters: prompts };
  const free = annotators - 1;
  let [sum, weights] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    const chi = ((step + 0.5) / STEPS) * (Math.sqrt(free) + 6);
    const weight = Math.exp((free - 1) * Math.log(chi / Math.sqrt(free)) + (free - chi * chi) / 2);
    const measured = { variance: (ofAnnotators * chi * chi) / free, clusters: annotators };
    const total =
      m === 1
        ? { variance: measured.variance, df: free }
        : measuredVariance({ main, annotators: measured, crossed });
    if ("notEstimable" in total) continue; // where every judgment says the same, nothing is measured
    const half = studentTQuantile(UPPER, total.df) * Math.sqrt(total.variance);
    sum += weight * normalCdf((net - half) / Math.sqrt(ofPrompts));
    weights += weight;
  }
  return weights === 0 ? 1 : sum / weights;
}
