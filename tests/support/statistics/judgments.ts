import fc from "fast-check";
import { describeSampling, type Sampling } from "../../../server/statistics/judgments/sampling.ts";
import { studentTQuantile } from "../../../server/statistics/special/student-t-quantile.ts";

/** One judgment, as a naive computation sees it. */
export interface Row {
  prompt: number;
  annotator: number;
  /** Halves of a win: 0, 1 or 2. */
  outcome: number;
}

/** Any judgments, with gaps in the codes and in any order. */
export const anyRows = fc.array(fc.record({ prompt: fc.nat(7), annotator: fc.nat(5), outcome: fc.nat(2) }), {
  minLength: 2,
  maxLength: 60,
});

interface Columns {
  sampling: Sampling;
  outcomes: Uint8Array;
  scores: Float64Array;
}

export function columnsOf(rows: readonly Row[], fixedAnnotators = false): Columns {
  const outcomes = Uint8Array.from(rows, ({ outcome }) => outcome);
  return {
    sampling: describeSampling({
      prompts: Int32Array.from(rows, ({ prompt }) => prompt),
      annotators: Int32Array.from(rows, ({ annotator }) => annotator),
      promptCount: 1 + Math.max(-1, ...rows.map(({ prompt }) => prompt)),
      annotatorCount: 1 + Math.max(-1, ...rows.map(({ annotator }) => annotator)),
      fixedAnnotators,
    }),
    outcomes,
    scores: Float64Array.from(outcomes, (outcome) => outcome / 2),
  };
}

/** So many of each outcome; who judged what is told by position in the list. */
export function counted(
  counts: { win: number; tie: number; loss: number },
  by: (i: number) => Omit<Row, "outcome">,
): Row[] {
  const outcomes = [counts.loss, counts.tie, counts.win].flatMap((count, code) =>
    Array<number>(count).fill(code),
  );
  return outcomes.map((outcome, i) => ({ ...by(i), outcome }));
}

/** Every judgment on a prompt and by an annotator of its own. */
export const apart = (i: number) => ({ prompt: i, annotator: i });

/**
 * The variance that two-way clustering gives, by double loops over pairs of judgments: a second way to write the
 * same formula, with nothing in common with the first.
 */
export function pairwiseVariance(
  rows: readonly Row[],
  influence: ArrayLike<number>,
  shares: (a: Row, b: Row) => boolean,
): number {
  let sum = 0;
  const seen: Row[] = [];
  rows.forEach((a, i) => {
    if (!seen.some((b) => shares(a, b))) seen.push(a);
    rows.forEach((b, j) => {
      if (shares(a, b)) sum += influence[i]! * influence[j]!;
    });
  });
  return (sum * seen.length) / (seen.length - 1);
}

export const samePrompt = (a: Row, b: Row) => a.prompt === b.prompt;
export const sameAnnotator = (a: Row, b: Row) => a.annotator === b.annotator;
export const sameBoth = (a: Row, b: Row) => samePrompt(a, b) && sameAnnotator(a, b);

/**
 * The variance between annotators and its degrees of freedom, uneven as they are, with the matrices of the quadratic form
 * written out. `of`: the judgments that count for their sizes, where these are not all.
 */
export function naiveOfAnnotators(
  rows: readonly Row[],
  influence: ArrayLike<number>,
  of: readonly Row[] = rows,
): Measured {
  const names = [...new Set(of.map(({ annotator }) => annotator))];
  const raw = pairwiseSum(rows, influence);
  const shares = names.map((name) => of.filter(({ annotator }) => annotator === name).length / of.length);
  const off = shares.map((_, i) => shares.map((share, j) => (i === j ? 1 : 0) - share)); // I − 1Wᵀ
  const form = shares.map((_, i) =>
    shares.map((_, j) =>
      shares.reduce((sum, share, k) => sum + off[k]![i]! * share * share * off[k]![j]!, 0),
    ),
  );
  const trace = form.reduce((sum, row, i) => sum + row[i]!, 0);
  const ofSquare = form.flat().reduce((sum, one) => sum + one * one, 0); // the form is symmetric
  const ofMean = shares.reduce((sum, share) => sum + share * share, 0);
  return { variance: (raw * ofMean) / trace, df: trace ** 2 / ofSquare };
}

function pairwiseSum(rows: readonly Row[], influence: ArrayLike<number>): number {
  let sum = 0;
  rows.forEach((a, i) =>
    rows.forEach((b, j) => {
      if (sameAnnotator(a, b)) sum += influence[i]! * influence[j]!;
    }),
  );
  return sum;
}

/** The two-way variance and its degrees of freedom, from the published formulas. */
export function naiveTwoWay(rows: readonly Row[], influence: ArrayLike<number>): Measured {
  const annotator = naiveOfAnnotators(rows, influence);
  return naiveSatterthwaite(
    {
      prompt: pairwiseVariance(rows, influence, samePrompt),
      annotator: annotator.variance,
      both: pairwiseVariance(rows, influence, sameBoth),
    },
    { prompts: new Set(rows.map((row) => row.prompt)).size, annotators: 1 + annotator.df },
  );
}

export interface Measured {
  variance: number;
  df: number;
}

export function naiveSatterthwaite(
  { prompt, annotator, both }: { prompt: number; annotator: number; both: number },
  { prompts, annotators }: { prompts: number; annotators: number },
): Measured {
  const variance = annotator > both ? prompt + annotator - both : prompt;
  const free =
    1 / ((prompt / variance) ** 2 / (prompts - 1) + (annotator / variance) ** 2 / (annotators - 1));
  return { variance, df: free < 1 ? 1 : free > prompts - 1 ? prompts - 1 : free };
}

/** The 95 % score interval of a mean from 0 to 1: where halving finds the ends of what its own test would not reject. */
export function naiveScoreLimits(value: number, { variance, df }: Measured): [low: number, high: number] {
  const t = studentTQuantile(0.975, df);
  const rejects = (rate: number) =>
    Math.abs(value - rate) > t * Math.sqrt((variance * rate * (1 - rate)) / (value * (1 - value)));
  const endFrom = (end: number) => {
    let [out, kept] = [end, value];
    for (let halving = 0; halving < 80; halving++) {
      const middle = (out + kept) / 2;
      if (rejects(middle)) out = middle;
      else kept = middle;
    }
    return kept;
  };
  return [endFrom(0), endFrom(1)];
}
