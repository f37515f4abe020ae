import { REASONS } from "../../../../server/contract/reasons.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bradleyTerry, BRADLEY_TERRY } from "../../../../server/statistics/ranking/bradley-terry.ts";
import { davidson, DAVIDSON } from "../../../../server/statistics/ranking/davidson.ts";
import { isRefused } from "../../../../server/statistics/estimate.ts";
import { inverseInformation, type Maximum } from "../../../../server/statistics/ranking/newton.ts";
import { noTerms, type PairModel } from "../../../../server/statistics/ranking/pair-model.ts";
import { samplingVariance } from "../../../../server/statistics/intervals/sandwich.ts";
import { studentTQuantile } from "../../../../server/statistics/special/student-t-quantile.ts";
import {
  errorsOfStrengths,
  sampleCells,
  type StrengthError,
} from "../../../../server/statistics/ranking/strength-errors.ts";
import { expectNear } from "../../../support/statistics/closeness.ts";
import {
  type Measured,
  naiveSatterthwaite,
  naiveOfAnnotators,
  sameBoth,
  samePrompt,
} from "../../../support/statistics/judgments.ts";
import {
  anyPairedRows,
  given,
  normal,
  type PairedRow,
  prepare,
  type Prepared,
  rowsOf,
  uniform,
} from "../../../support/statistics/ranking-support.ts";

const WIKIPEDIA = rowsOf([
  [0, 1, 2, 3, 0],
  [0, 3, 1, 4, 0],
  [1, 2, 5, 3, 0],
  [2, 3, 1, 3, 0],
]);

function errorsOf(model: PairModel, { cells, sampling }: Prepared, fit: Maximum) {
  return errorsOfStrengths(model, sampleCells(cells, sampling), fit).errors;
}

const differenceOf = (model: PairModel, { cells, sampling }: Prepared, fit: Maximum) =>
  errorsOfStrengths(model, sampleCells(cells, sampling), fit).ofDifference;

describe("standard errors of strengths", () => {
  it("have the published values of four players, by the model and by the sandwich", () => {
    const prepared = prepare(4, WIKIPEDIA);
    const fit = given(bradleyTerry(prepared.counts));
    const byModel = inverseInformation(BRADLEY_TERRY, prepared.counts, fit.parameters)!;
    [0.5481, 0.4818, 0.5204, 0.6213].forEach((value, i) =>
      expect(Math.sqrt(byModel[5 * i]!)).toBeCloseTo(value, 4),
    );
    const judged = [10, 13, 12, 9]; // the published ones lack the factor for the number of clusters
    const errors = errorsOf(BRADLEY_TERRY, prepared, fit).map(given);
    [0.5443, 0.4847, 0.5282, 0.624].forEach((value, i) => {
      const clusters = judged[i]!;
      expect(errors[i]!.standardError * Math.sqrt((clusters - 1) / clusters)).toBeCloseTo(value, 4);
      expect(errors[i]!.df).toBe(clusters - 1);
    });
  });

  it("are those of the half-tie rate where there are two systems", () => {
    fc.assert(
      fc.property(anyPairedRows(2), (rows) => {
        const prepared = prepare(2, rows);
        const fit = bradleyTerry(prepared.counts);
        if (isRefused(fit)) return;
        const rate = rows.reduce((sum, { halves }) => sum + halves / 2, 0) / rows.length;
        const influence = Float64Array.from(rows, ({ halves }) => (halves / 2 - rate) / rows.length);
        const measured = samplingVariance(influence, prepared.sampling);
        const [first, second] = errorsOf(BRADLEY_TERRY, prepared, fit);
        expect(isRefused(first!)).toBe(isRefused(second!));
        if (prepared.sampling.refused !== null) expect(first).toEqual({ notEstimable: "only one prompt" });
        else if (isRefused(measured) || measured.variance < 1e-20)
          expect(first).toEqual({ notEstimable: REASONS.nothingVariesWithin });
        else
          for (const error of [first!, second!].map(given)) {
            expectNear(error.standardError, Math.sqrt(measured.variance) / (2 * rate * (1 - rate)), 1e-9);
            expectNear(error.df, measured.df, 1e-6);
          }
      }),
    );
  });

  it("agree with double loops over pairs of judgments, in both models", () => {
    fc.assert(
      fc.property(anyPairedRows(4), (rows) => {
        const prepared = prepare(4, rows);
        for (const [model, fit] of [
          [BRADLEY_TERRY, bradleyTerry(prepared.counts)],
          [DAVIDSON, davidson(prepared.counts)],
        ] as const) {
          if (isRefused(fit) || (model.hasTies && fit.parameters.length === 4)) continue;
          const of = differenceOf(model, prepared, fit);
          const pairs = [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].filter((j) => j < i).map((j) => [i, j]));
          const naive = naiveVariances(model, rows, { fit, contrasts: [[0], [1], [2], [3], ...pairs] });
          const errors = [...errorsOf(model, prepared, fit), ...pairs.map(([i, j]) => of(i!, j!))];
          for (const [i, j] of pairs) expectAlike(of(i!, j!), of(j!, i!));
          errors.forEach((error, k) => {
            if (isRefused(error)) return;
            expectNear(error.standardError, Math.sqrt(naive[k]!.variance), 1e-6);
            expectNear(error.df, naive[k]!.df, 1e-4);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are refused on one prompt, for a system seen on one prompt, and where nothing varies", () => {
    const onOne = WIKIPEDIA.map((row) => ({ ...row, prompt: 0 }));
    const fit = given(bradleyTerry(prepare(4, onOne).counts));
    const refused = { notEstimable: "only one prompt" };
    expect(errorsOf(BRADLEY_TERRY, prepare(4, onOne), fit)).toEqual([refused, refused, refused, refused]);
    const rare = WIKIPEDIA.map((row) => (row.high === 3 ? { ...row, prompt: 0 } : row));
    const errors = errorsOf(BRADLEY_TERRY, prepare(4, rare), fit);
    expect(errors.map((error) => isRefused(error))).toEqual([false, false, false, true]);
    const ties = prepare(2, rowsOf([[0, 1, 0, 0, 9]]));
    const tied = given(bradleyTerry(ties.counts));
    const same = { notEstimable: REASONS.nothingVariesWithin };
    expect(errorsOf(BRADLEY_TERRY, ties, tied)).toEqual([same, same]);
  });

  it("count the clusters of each system on its own", () => {
    const rows = [...WIKIPEDIA, ...WIKIPEDIA].map((row, i) => ({
      ...row,
      prompt: row.low === 0 || row.high === 0 ? i % 3 : i % 11,
      annotator: i,
    }));
    const prepared = prepare(4, rows);
    const errors = errorsOf(BRADLEY_TERRY, prepared, given(bradleyTerry(prepared.counts)));
    expect(given(errors[0]!).df).toBe(2);
    expect(given(errors[2]!).df).toBe(10);
  });

  it("cover strengths that were planted about as often as they say, where naive ones do not", () => {
    const random = uniform(77);
    const [coverage, naive] = [
      { in: 0, of: 0 },
      { in: 0, of: 0 },
    ];
    for (let study = 0; study < 150; study++) {
      const rows = plantedRows(random, { prompts: 60, systems: 4, perPrompt: 18, promptSd: 1.6 });
      const prepared = prepare(4, rows);
      const fit = given(bradleyTerry(prepared.counts));
      const byModel = inverseInformation(BRADLEY_TERRY, prepared.counts, fit.parameters)!;
      errorsOf(BRADLEY_TERRY, prepared, fit).forEach((error, system) => {
        const { standardError, df } = given(error);
        const off = Math.abs(fit.parameters[system]!); // all are equal on average
        tally(coverage, off <= studentTQuantile(0.975, df) * standardError);
        tally(naive, off <= 1.96 * Math.sqrt(byModel[5 * system]!));
      });
    }
    expect(coverage.in / coverage.of).toBeGreaterThan(0.92);
    expect(coverage.in / coverage.of).toBeLessThan(0.98);
    expect(naive.in / naive.of).toBeLessThan(0.86);
  });
});

function expectAlike(one: StrengthError, other: StrengthError): void {
  expect(isRefused(one)).toBe(isRefused(other));
  if (isRefused(one) || isRefused(other)) return;
  expectNear(one.standardError, other.standardError, 1e-9);
  expectNear(one.df, other.df, 1e-9);
}

function tally(count: { in: number; of: number }, isIn: boolean): void {
  count.of++;
  if (isIn) count.in++;
}

/** Systems that are equally strong on average; on each prompt one may be much better than another. */
function plantedRows(
  random: () => number,
  { prompts, systems, perPrompt, promptSd }: Record<"prompts" | "systems" | "perPrompt" | "promptSd", number>,
): PairedRow[] {
  const rows: PairedRow[] = [];
  for (let prompt = 0; prompt < prompts; prompt++) {
    const ease = Array.from({ length: systems }, () => promptSd * normal(random));
    for (let i = 0; i < perPrompt; i++) {
      const low = i % (systems - 1);
      const high = low + 1 + Math.floor(random() * (systems - 1 - low));
      const p = 1 / (1 + Math.exp(ease[high]! - ease[low]!));
      rows.push({
        low,
        high,
        halves: random() < 0.2 ? 1 : random() < p ? 2 : 0,
        prompt,
        annotator: rows.length,
      });
    }
  }
  return rows;
}

/**
 * The same variances from the definition: influences by Gauss and Jordan on the information bordered by "strengths add
 * up to 0", then every pair of judgments that shares a cluster.
 */
function naiveVariances(
  model: PairModel,
  rows: readonly PairedRow[],
  { fit, contrasts }: { fit: Maximum; contrasts: readonly (readonly number[])[] },
): Measured[] {
  const [size, systems] = [fit.parameters.length, 4];
  const terms = rows.map(({ low, high, halves }) => {
    const own = noTerms();
    const outcome = { wins: halves === 2 ? 1 : 0, ties: halves === 1 ? 1 : 0, losses: halves === 0 ? 1 : 0 };
    const difference = fit.parameters[low]! - fit.parameters[high]!;
    model.write({ ...outcome, difference }, fit.parameters[systems] ?? 0, own);
    return { low, high, ...own };
  });
  const bordered = Array.from({ length: size + 1 }, () => Array<number>(size + 1).fill(0));
  for (let i = 0; i < systems; i++) bordered[i]![size] = bordered[size]![i] = 1;
  const scores = terms.map(({ low, high, slope, tieSlope, curvature, mixedCurvature, tieCurvature }) => {
    const [along, alongTie] = [Array<number>(size).fill(0), Array<number>(size).fill(0)];
    along[low] = 1;
    along[high] = -1;
    if (size > systems) alongTie[systems] = 1;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        bordered[i]![j]! +=
          curvature * along[i]! * along[j]! +
          mixedCurvature * (along[i]! * alongTie[j]! + alongTie[i]! * along[j]!) +
          tieCurvature * alongTie[i]! * alongTie[j]!;
    return along.map((by, i) => by * slope + alongTie[i]! * tieSlope);
  });
  const inverted = byGaussJordan(bordered);
  return contrasts.map((contrast) => {
    const along = (i: number) =>
      inverted[contrast[0]!]![i]! - (contrast[1] === undefined ? 0 : inverted[contrast[1]]![i]!);
    const influence = scores.map((score) => score.reduce((sum, u, i) => sum + u * along(i), 0));
    const judged = (system: number) => rows.filter(({ low, high }) => low === system || high === system);
    const clusters = (key: (row: PairedRow) => unknown) =>
      Math.min(...contrast.map((system) => new Set(judged(system).map(key)).size));
    const variance = (shares: typeof samePrompt, count: number) => {
      let sum = 0;
      rows.forEach((a, i) =>
        rows.forEach((b, j) => {
          if (shares({ ...a, outcome: 0 }, { ...b, outcome: 0 })) sum += influence[i]! * influence[j]!;
        }),
      );
      return (sum * count) / (count - 1);
    };
    const byPrompt = variance(
      samePrompt,
      clusters((row) => row.prompt),
    );
    const annotators = clusters((row) => row.annotator);
    const areSampled = annotators > 1 && new Set(rows.map((row) => row.annotator)).size < rows.length;
    if (!areSampled) return { variance: byPrompt, df: clusters((row) => row.prompt) - 1 };
    const asRow = (row: PairedRow) => ({ ...row, outcome: 0 });
    const byAnnotator = contrast
      .map((system) => naiveOfAnnotators(rows.map(asRow), influence, judged(system).map(asRow)))
      .reduce((one, other) => {
        const isAlike = Math.abs(other.df - one.df) < 1e-9;
        return (isAlike ? other.variance > one.variance : other.df < one.df) ? other : one;
      });
    if (new Set(rows.map((row) => row.prompt)).size === rows.length) return byAnnotator;
    const byBoth = variance(
      sameBoth,
      clusters((row) => `${row.prompt} ${row.annotator}`),
    );
    return naiveSatterthwaite(
      { prompt: byPrompt, annotator: byAnnotator.variance, both: byBoth },
      { prompts: clusters((row) => row.prompt), annotators: 1 + byAnnotator.df },
    );
  });
}

function byGaussJordan(matrix: readonly number[][]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column; row < n; row++)
      if (Math.abs(work[row]![column]!) > Math.abs(work[pivot]![column]!)) pivot = row;
    [work[column], work[pivot]] = [work[pivot]!, work[column]!];
    const scale = work[column]![column]!;
    work[column] = work[column]!.map((value) => value / scale);
    for (let row = 0; row < n; row++) {
      const by = work[row]![column]!;
      if (row !== column) work[row] = work[row]!.map((value, k) => value - by * work[column]![k]!);
    }
  }
  return work.map((row) => row.slice(n));
}
