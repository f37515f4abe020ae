import { REASONS } from "../../contract/reasons.ts";
import type { NotEstimable } from "../estimate.ts";

/** A variance, and the degrees of freedom on which it was measured: the t of its interval and test has as many. */
export interface MeasuredVariance {
  readonly variance: number;
  readonly df: number;
}

/** A variance between clusters of one kind, and how many of them there are, at least two: of uneven ones, what they are worth. */
export interface OneWay {
  readonly variance: number;
  readonly clusters: number;
}

/** Below this a variance of figures on a scale of about 1 is rounding. */
export const NOTHING = 1e-24;

/** @internal */
export const NOTHING_VARIES: NotEstimable = {
  notEstimable: REASONS.nothingVariesBetweenClusters,
};

/** The parts of a variance: of one kind of cluster, or of prompts and annotators that cross. */
export interface VarianceParts {
  /** Of prompts, or of whatever alone repeats. */
  readonly main: OneWay;
  /** Null where one kind alone repeats. */
  readonly annotators: OneWay | null;
  /** Between judgments of one annotator on one prompt; 0 where one kind alone repeats. */
  readonly crossed: number;
}

/** What annotators add to the prompts' part: never less than nothing. */
export const ofAnnotators = ({ annotators, crossed }: VarianceParts): number =>
  annotators === null ? 0 : Math.max(0, annotators.variance - crossed);

/**
 * A variance from its parts, and its degrees of freedom. Where one kind alone repeats: its own, on C − 1.
 *
 * Where clusters cross (judgments share prompts and, independently, annotators) V = V_p + max(0, V_a − V_pa), each
 * clustered one way with the factor for its own clusters (of annotators see uneven-clusters.ts): what annotators add to the prompts' part. What a
 * prompt and an annotator have in common would be counted twice without V_pa; by chance it may exceed V_a, and then
 * annotators add nothing. With P prompts and A annotators (uneven ones: what they are worth)
 *
 * df = V² / (V_p² / (P − 1) + V_a² / (A − 1)), not below 1 and not above P − 1,
 *
 * since only the annotators' part rests on A − 1: with few annotators that differ little, t is nearly that of the prompts.
 * Assumes that prompts are independent of each other and annotators too. Sources: for V, A. C. Cameron, J. Gelbach and
 * D. Miller, Journal of Business & Economic Statistics 29 (2011), and for a part that is not below 0, J. MacKinnon,
 * M. Nielsen and M. Webb, arXiv 2406.08880; for df, F. Satterthwaite, Biometrics Bulletin 2 (1946), and on few readers of
 * many cases S. Hillis, Statistics in Medicine 26 (2007) 596. Example: V_p, V_a, V_pa of 2.688e-3, 1.563e-4 and 2.118e-3
 * with 40 prompts and 2 annotators: 2.688e-3 on 34.5 df. Edge: refused where V is 0.
 */
export function measuredVariance(parts: VarianceParts): MeasuredVariance | NotEstimable {
  const { main, annotators } = parts;
  const variance = main.variance + ofAnnotators(parts);
  if (!(variance > NOTHING)) return NOTHING_VARIES;
  const most = main.clusters - 1;
  if (annotators === null) return { variance, df: most };
  const squares = main.variance ** 2 / most + annotators.variance ** 2 / (annotators.clusters - 1);
  return { variance, df: Math.min(Math.max(variance ** 2 / squares, 1), most) };
}
