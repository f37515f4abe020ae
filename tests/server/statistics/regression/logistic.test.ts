import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factorise, inverseRow, solve } from "../../../../server/statistics/linear-algebra/cholesky.ts";
import { fitLogistic, type LogisticFit, RIDGE } from "../../../../server/statistics/regression/logistic.ts";
import { influenceOf } from "../../../../server/statistics/regression/logistic-influence.ts";
import type { LogisticData } from "../../../../server/statistics/regression/logistic-pass.ts";
import { expectNear } from "../../../support/statistics/closeness.ts";

/** Rows without strengths: each its features, trials and successes. */
function plainData(rows: readonly { x: number[]; trials?: number; successes: number }[]): LogisticData {
  return {
    ...{ plus: new Int32Array(0), minus: new Int32Array(0), strengths: 0 },
    features: (rows[0]?.x ?? []).map((_, j) => Float64Array.from(rows, ({ x }) => x[j]!)),
    trials: Float64Array.from(rows, ({ trials }) => trials ?? 1),
    successes: Float64Array.from(rows, ({ successes }) => successes),
  };
}

function fitted(data: LogisticData): LogisticFit {
  const fit = fitLogistic(data);
  if ("notEstimable" in fit) throw new Error(fit.notEstimable);
  return fit;
}

type Ridge = ArrayLike<number>;

/** Log likelihood of a row-by-row reading of the model, less the ridge. */
function naiveLogLikelihood(data: LogisticData, terms: readonly number[], ridge: Ridge): number {
  let sum = 0;
  for (let i = 0; i < data.trials.length; i++) {
    let odds = data.strengths > 0 ? terms[data.plus[i]!]! - terms[data.minus[i]!]! : 0;
    data.features.forEach((column, j) => (odds += terms[data.strengths + j]! * column[i]!));
    const p = 1 / (1 + Math.exp(-odds));
    sum += data.successes[i]! * Math.log(p) + (data.trials[i]! - data.successes[i]!) * Math.log(1 - p);
  }
  return sum - terms.reduce((total, term, j) => total + (ridge[j]! / 2) * term * term, 0);
}

/** Climbs one term at a time by ever smaller steps, knowing nothing of derivatives. */
function naiveFit(data: LogisticData, size: number, ridge: Ridge): number[] {
  const terms = Array<number>(size).fill(0);
  const at = (j: number, value: number) =>
    naiveLogLikelihood(
      data,
      terms.map((term, k) => (k === j ? value : term)),
      ridge,
    );
  for (let step = 1; step > 1e-9; step /= 2) {
    for (let moved = true; moved;) {
      moved = false;
      for (let j = 0; j < size; j++) {
        const here = at(j, terms[j]!);
        const best = [terms[j]! - step, terms[j]! + step].find((value) => at(j, value) > here + 1e-13);
        if (best === undefined) continue;
        terms[j] = best;
        moved = true;
      }
    }
  }
  return terms;
}

describe("logistic regression", () => {
  it("gives the log odds ratio of a 2 × 2 table, with the textbook's standard error", () => {
    const [a, b, c, d] = [30, 10, 10, 30]; // with the property: successes, failures; without it
    const data = plainData([
      { x: [1, 1], trials: a + b, successes: a },
      { x: [1, 0], trials: c + d, successes: c },
    ]);
    const fit = fitted(data);
    expectNear(fit.terms[0]!, Math.log(c / d), 1e-10);
    expectNear(fit.terms[1]!, Math.log((a * d) / (b * c)), 1e-10);
    expectNear(inverseRow(fit.factor, 1)[1]!, 1 / a + 1 / b + 1 / c + 1 / d, 1e-8);
    expect([...fit.ridge]).toEqual([0, 0]);
  });

  it("gives Bradley–Terry strengths where there are strengths and nothing else", () => {
    // A>B 2, B>A 3, A>D 1, D>A 4, B>C 5, C>B 3, C>D 1, D>C 3: strengths published with arena-rank
    const data: LogisticData = {
      plus: Int32Array.of(0, 0, 1, 2),
      minus: Int32Array.of(1, 3, 2, 3),
      ...{ strengths: 4, features: [] },
      trials: Float64Array.of(5, 5, 8, 4),
      successes: Float64Array.of(2, 1, 5, 1),
    };
    const { terms, factor } = fitted(data);
    expect([...factor.leftOut]).toEqual([0, 0, 0, 1]);
    const mean = terms.reduce((sum, term) => sum + term, 0) / 4;
    [-0.4465, 0.0424, -0.4158, 0.8199].forEach((published, i) =>
      expect(terms[i]! - mean).toBeCloseTo(published, 4),
    );
  });

  it("agrees with a climb that knows no derivatives, with ties, strengths and features", () => {
    const row = fc.record({
      pair: fc.constantFrom([0, 1], [0, 2], [1, 2]),
      x: fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })),
      won: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 8, maxLength: 12 }), (rows) => {
        const data: LogisticData = {
          plus: Int32Array.from(rows, ({ pair }) => pair[0]),
          minus: Int32Array.from(rows, ({ pair }) => pair[1]),
          strengths: 3,
          features: [0, 1].map((j) => Float64Array.from(rows, ({ x }) => x[j]! / 2)),
          trials: Float64Array.from(rows, () => 3),
          successes: Float64Array.from(rows, ({ won }) => won / 2),
        };
        const fit = fitted(data);
        const naive = naiveFit(data, 5, fit.ridge);
        const ours = naiveLogLikelihood(data, [...fit.terms], fit.ridge);
        expect(ours).toBeGreaterThan(naiveLogLikelihood(data, naive, fit.ridge) - 1e-9);
        if (fit.factor.leftOut.every((out, j) => out === (j === 2 ? 1 : 0))) {
          expect(fit.terms[3]).toBeCloseTo(naive[3]!, 3);
          expect(fit.terms[4]).toBeCloseTo(naive[4]!, 3);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("says that it needed a ridge where a feature separates, and stays finite", () => {
    const data = plainData([-2, -1, 1, 2].map((x) => ({ x: [1, x], successes: x > 0 ? 1 : 0 })));
    const fit = fitted(data);
    expect([...fit.ridge]).toEqual([0, RIDGE]);
    const naive = naiveFit(data, 2, fit.ridge);
    expectNear(fit.terms[1]!, naive[1]!, 1e-5);
  });

  it("keeps the ridge to a rare feature that separates, and leaves the others their coefficients", () => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const isRare = i < 3;
      const x = ((i * 7) % 11) - 5;
      return { x: [1, x / 3, isRare ? 1 : 0], successes: isRare || (i * 5) % 13 < 6 + x / 2 ? 1 : 0 };
    });
    const fit = fitted(plainData(rows));
    expect([...fit.ridge]).toEqual([0, 0, RIDGE]);
    const without = fitted(
      plainData(rows.slice(3).map(({ x, successes }) => ({ x: x.slice(0, 2), successes }))),
    );
    expectNear(fit.terms[1]!, without.terms[1]!, 0.05);
    const naive = naiveFit(plainData(rows), 3, fit.ridge);
    fit.terms.forEach((term, j) => expectNear(term, naive[j]!, 1e-4));
  });

  it("keeps the ridge to the strengths where a system never lost", () => {
    const x = Float64Array.from({ length: 30 }, (_, i) => ((i * 7) % 11) / 5 - 1);
    const data: LogisticData = {
      plus: Int32Array.from({ length: 30 }, (_, i) => (i < 10 ? 0 : 1)),
      minus: Int32Array.from({ length: 30 }, (_, i) => (i < 10 ? 1 : 2)),
      ...{ strengths: 3, features: [x], trials: new Float64Array(30).fill(1) },
      successes: Float64Array.from({ length: 30 }, (_, i) => (i < 10 ? 1 : (i * 3) % 2)),
    };
    expect([...fitted(data).ridge]).toEqual([RIDGE, RIDGE, RIDGE, 0]);
  });

  it("leaves out what is a combination of what stands before it", () => {
    const twice = plainData(
      [1, 0, 2, 1, 0, 3].map((x, i) => ({ x: [1, x, 1 + 2 * x, 0], successes: i % 2 })),
    );
    const fit = fitted(twice);
    expect([...fit.factor.leftOut]).toEqual([0, 0, 1, 1]);
    expect(fit.fitted).toBe(2);
    expect([fit.terms[2], fit.terms[3]]).toEqual([0, 0]);
    const alone = fitted({ ...twice, features: twice.features.slice(0, 2) });
    expectNear(fit.terms[1]!, alone.terms[1]!, 1e-9);
  });

  it("does not care how trials are put into rows", () => {
    const rows = [1, 2, 3, 4].map((x) => ({ x: [1, x], trials: 4, successes: [1, 2.5, 2, 3][x - 1]! }));
    const apart = rows.flatMap(({ x, successes }) =>
      [0, 1, 2, 3].map((k) => ({ x, successes: Math.max(0, Math.min(1, successes - k)) })),
    );
    const [one, other] = [fitted(plainData(rows)), fitted(plainData(apart))];
    one.terms.forEach((term, j) => expectNear(other.terms[j]!, term, 1e-9));
  });

  it("has influences that add up to 0 and whose squares are the sandwich", () => {
    const rows = [0, 0, 0, 1, 1, 1, 2, 2, 3].map((x, i) => ({
      x: [1, x],
      successes: [0, 1, 0.5][(i * i) % 3]!,
    }));
    const data = plainData(rows);
    const fit = fitted(data);
    const trials = { row: Int32Array.from(rows.keys()), success: data.successes };
    const influence = influenceOf(data, fit, trials)[1]!;
    const total = influence.reduce((sum, one) => sum + one, 0);
    expect(total).toBeCloseTo(0, 12);
    // H⁻¹ (Σ u uᵀ) H⁻¹ written out, times (n − 1)/(n − k)
    let [h00, h01, h11, g00, g01, g11] = [0, 0, 0, 0, 0, 0];
    rows.forEach(({ x: [, x], successes }, i) => {
      const p = fit.probabilities[i]!;
      const [w, u] = [p * (1 - p), successes - p];
      [h00, h01, h11] = [h00 + w, h01 + w * x!, h11 + w * x! * x!];
      [g00, g01, g11] = [g00 + u * u, g01 + u * u * x!, g11 + u * u * x! * x!];
    });
    const det = h00 * h11 - h01 * h01;
    const [a, b] = [-h01 / det, h00 / det];
    const sandwich = a * a * g00 + 2 * a * b * g01 + b * b * g11;
    const squares = influence.reduce((sum, one) => sum + one * one, 0);
    expectNear(squares, (sandwich * 8) / 7, 1e-10);
  });

  it("refuses no trials, and columns and counts that cannot be", () => {
    expect(fitLogistic(plainData([]))).toEqual({ notEstimable: "no judgments yet" });
    expect(() => fitLogistic(plainData([{ x: [1], trials: 1, successes: 2 }]))).toThrow(RangeError);
    expect(() => fitLogistic(plainData([{ x: [1], trials: 1, successes: NaN }]))).toThrow(RangeError);
    const short = { ...plainData([{ x: [1], successes: 1 }]), features: [new Float64Array(2)] };
    expect(() => fitLogistic(short)).toThrow(RangeError);
  });
});

describe("Cholesky's factor", () => {
  it("solves what can be solved", () => {
    const entries = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(entries, (m) => {
        const matrix = new Float64Array(16); // mᵀm + 1 on the diagonal
        for (let i = 0; i < 4; i++) {
          for (let j = 0; j < 4; j++) {
            for (let k = 0; k < 4; k++) matrix[i * 4 + j]! += m[k * 4 + i]! * m[k * 4 + j]!;
          }
          matrix[i * 4 + i]! += 1;
        }
        const right = Float64Array.of(1, -2, 3, 0.5);
        const x = solve(factorise(matrix, 4), right);
        for (let i = 0; i < 4; i++) {
          let sum = 0;
          for (let j = 0; j < 4; j++) sum += matrix[i * 4 + j]! * x[j]!;
          expectNear(sum, right[i]!, 1e-8);
        }
      }),
    );
  });
});
