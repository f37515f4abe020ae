import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agreementCoefficients } from "../../../../server/statistics/agreement/coefficients.ts";
import { agreementSums } from "../../../../server/statistics/agreement/sums.ts";
import { cohenKappa, cohenKappaEstimate } from "../../../../server/statistics/agreement/cohen-kappa.ts";
import type { Estimate } from "../../../../server/statistics/estimate.ts";
import { fleissKappa } from "../../../../server/statistics/agreement/fleiss-kappa.ts";
import { gwetAc1 } from "../../../../server/statistics/agreement/gwet-ac1.ts";
import { krippendorffAlpha } from "../../../../server/statistics/agreement/krippendorff-alpha.ts";
import { promptDraws } from "../../../../server/statistics/resampling/prompt-draws.ts";
import { totals } from "../../../../server/statistics/intervals/prompt-sums.ts";

type Table = readonly (readonly number[])[];

/** Every comparison is a prompt of its own. */
function counted(table: Table) {
  const comparison = Int32Array.from(table, (_, i) => i);
  const counts = { categories: table[0]?.length ?? 3, comparison, counts: Int32Array.from(table.flat()) };
  return { counts, prompts: { promptOf: comparison, promptCount: table.length } };
}

function coefficients(table: Table) {
  const { counts, prompts } = counted(table);
  return agreementCoefficients(counts, { prompts, draws: promptDraws("seed") });
}

function sumsOf(table: Table) {
  const { counts, prompts } = counted(table);
  return totals(agreementSums(counts, prompts));
}

const FLEISS: Table = [
  [0, 0, 0, 0, 14],
  [0, 2, 6, 4, 2],
  [0, 0, 3, 5, 6],
  [0, 3, 9, 2, 0],
  [2, 2, 8, 1, 1],
  [7, 7, 0, 0, 0],
  [3, 2, 6, 3, 0],
  [2, 5, 3, 2, 2],
  [6, 5, 2, 1, 0],
  [0, 2, 2, 3, 7],
];

const OBSERVERS = [
  "1 2 3 3 2 1 4 1 2 . . .",
  "1 2 3 3 2 2 4 1 2 5 . .",
  ". 3 3 3 2 3 4 2 2 5 1 3",
  "1 2 3 3 2 4 4 1 2 5 1 .",
].map((line) => line.split(" "));

const KRIPPENDORFF: Table = Array.from({ length: 12 }, (_, unit) =>
  ["1", "2", "3", "4", "5"].map((category) => OBSERVERS.filter((said) => said[unit] === category).length),
);

describe("published coefficients", () => {
  it("come out of Fleiss' table", () => {
    const sums = sumsOf(FLEISS);
    expect(fleissKappa(sums, 5)).toBeCloseTo(0.20993, 5);
    expect(gwetAc1(sums, 5)).toBeCloseTo(0.2256, 4);
  });

  it("come out of Krippendorff's data, where numbers are unequal and one unit stands alone", () => {
    const sums = sumsOf(KRIPPENDORFF);
    expect(krippendorffAlpha(sums, { categories: 5, level: "nominal" })).toBeCloseTo(904 / 1216, 12);
    expect(krippendorffAlpha(sums, { categories: 5, level: "ordinal" })).toBeCloseTo(0.8154, 4);
    expect(gwetAc1(sums, 5)).toBeCloseTo(0.775, 3);
    expect(fleissKappa(sums, 5)).toBeCloseTo(0.761, 3);
  });

  it("have a jackknife standard error near the one published for AC1, 0.143", () => {
    const { gwetAc1: ac1 } = coefficients(KRIPPENDORFF) as {
      gwetAc1: { value: number; low: number; method: string };
    };
    expect(ac1.method).toBe("jackknife by prompt (t, 10 df)");
    const standardError = (ac1.value - ac1.low) / 2.228;
    expect(standardError).toBeGreaterThan(0.11);
    expect(standardError).toBeLessThan(0.18);
  });
});

describe("Cohen's kappa", () => {
  const TABLE = [0, 4, 1, 0, 8, 0, 0, 1, 5];

  it.each([
    ["unweighted", 0.4842, 0.138, [0.2137, 0.7547]],
    ["linear", 0.4701, 0.1457, [0.1845, 0.7558]],
  ] as const)(
    "%s is as published, with its standard error and interval",
    (weighting, value, error, [low, high]) => {
      const options = { categories: 3, weighting };
      const kappa = cohenKappa(TABLE, options) as { value: number; standardError: number };
      expect(kappa.value).toBeCloseTo(value, 4);
      expect(kappa.standardError).toBeCloseTo(error, 4);
      const estimate = cohenKappaEstimate(TABLE, options);
      expect(estimate).toMatchObject({ n: 19 });
      expect((estimate as { low: number }).low).toBeCloseTo(low, 4);
      expect((estimate as { high: number }).high).toBeCloseTo(high, 4);
    },
  );

  it("has the published z against no agreement", () => {
    const kappa = cohenKappa(TABLE, { categories: 3, weighting: "unweighted" });
    const { value, nullStandardError } = kappa as { value: number; nullStandardError: number };
    expect(value / nullStandardError).toBeCloseTo(3.2626, 4);
  });

  it("linear is tie-discounted agreement beyond chance", () => {
    const cell = fc.nat(20);
    fc.assert(
      fc.property(fc.array(cell, { minLength: 9, maxLength: 9 }), (table) => {
        const linear = cohenKappa(table, { categories: 3, weighting: "linear" });
        const n = table.reduce((sum, count) => sum + count, 0);
        const discounted = (c: number, k: number) => 1 - Math.abs(c - k) / 2;
        const rows = [0, 1, 2].map((c) => table[3 * c]! + table[3 * c + 1]! + table[3 * c + 2]!);
        const columns = [0, 1, 2].map((k) => table[k]! + table[3 + k]! + table[6 + k]!);
        let [observed, chance] = [0, 0];
        for (const c of [0, 1, 2]) {
          for (const k of [0, 1, 2]) {
            observed += (discounted(c, k) * table[3 * c + k]!) / n;
            chance += (discounted(c, k) * rows[c]! * columns[k]!) / n / n;
          }
        }
        if ("notEstimable" in linear) expect(n === 0 || chance > 1 - 1e-9).toBe(true);
        else expect(linear.value).toBeCloseTo((observed - chance) / (1 - chance), 9);
      }),
    );
  });

  it("refuses what cannot be had, and intervals from few or unanimous comparisons", () => {
    const options = { categories: 3, weighting: "unweighted" } as const;
    expect(cohenKappaEstimate(new Int32Array(9), options)).toEqual({ notEstimable: "no judgments yet" });
    expect(cohenKappaEstimate([0, 0, 0, 0, 30, 0, 0, 0, 0], options)).toEqual({
      notEstimable: "both always choose the same",
    });
    expect(cohenKappaEstimate([2, 0, 0, 0, 2, 0, 0, 0, 2], options)).toEqual({
      value: 1,
      notEstimable: "fewer than 10 comparisons in common",
    });
    expect(cohenKappaEstimate([9, 0, 0, 0, 9, 0, 0, 0, 9], options)).toEqual({
      value: 1,
      notEstimable: "how their agreement varies is unknown",
    });
    expect(() => cohenKappa([1, 2], options)).toThrow(RangeError);
  });
});

const anyTable = fc
  .array(fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)), { maxLength: 25 })
  .map((rows) => rows.filter((row) => row[0] + row[1] + row[2] > 0));

/** Pairs of judgments one by one, with what each adds: nothing in common with counting. */
function naive(table: Table) {
  const units = table.map((row) => row.flatMap((count, k) => Array<number>(count).fill(k)));
  const paired = units.filter((unit) => unit.length > 1);
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const observed = mean(
    paired.map((unit) =>
      mean(unit.flatMap((c, i) => unit.flatMap((k, j) => (i === j ? [] : [Number(c === k)])))),
    ),
  );
  const shares = [0, 1, 2].map((k) =>
    mean(units.map((unit) => mean(unit.map((said) => Number(said === k))))),
  );
  const all = paired.flat();
  const within = paired.flatMap((unit) =>
    unit.flatMap((c, i) =>
      unit.flatMap((k, j) => (i === j ? [] : [{ c, k, weight: 1 / (unit.length - 1) }])),
    ),
  );
  const across = all.flatMap((c, i) =>
    all.flatMap((k, j) => (i === j ? [] : [{ c, k, weight: 1 / (all.length - 1) }])),
  );
  const differ = (pairs: typeof within, apart: (c: number, k: number) => number) =>
    pairs.reduce((sum, { c, k, weight }) => sum + weight * apart(c, k) ** 2, 0);
  const times = (k: number) => all.filter((said) => said === k).length;
  const nominal = (c: number, k: number) => Number(c !== k);
  const ordinal = (c: number, k: number) => {
    const [from, to] = [Math.min(c, k), Math.max(c, k)];
    const between = [0, 1, 2].filter((g) => g >= from && g <= to).reduce((sum, g) => sum + times(g), 0);
    return between - (times(c) + times(k)) / 2;
  };
  return {
    fleiss:
      (observed - shares.reduce((sum, p) => sum + p * p, 0)) /
      (1 - shares.reduce((sum, p) => sum + p * p, 0)),
    ac1: (() => {
      const chance = shares.reduce((sum, p) => sum + (p * (1 - p)) / 2, 0);
      return (observed - chance) / (1 - chance);
    })(),
    nominal: 1 - differ(within, nominal) / differ(across, nominal),
    ordinal: 1 - differ(within, ordinal) / differ(across, ordinal),
    paired: paired.length,
    kinds: new Set(units.flat()).size,
    kindsPaired: new Set(all).size,
  };
}

describe("coefficients of any judgments", () => {
  it("are those of a pair-by-pair computation, or refused by name", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const made = coefficients(table);
        const expected = naive(table);
        if (expected.paired === 0) {
          const reason = { notEstimable: "no comparison has two judgments to compare" };
          expect(made).toEqual({
            fleissKappa: reason,
            krippendorffAlpha: reason,
            krippendorffAlphaOrdinal: reason,
            gwetAc1: reason,
          });
          return;
        }
        const same = { notEstimable: "all judgments are the same" };
        if (expected.kinds === 1) expect(made.fleissKappa).toEqual(same);
        else expect(made.fleissKappa.value).toBeCloseTo(expected.fleiss, 9);
        expect(made.gwetAc1.value).toBeCloseTo(expected.ac1, 9);
        if (expected.kindsPaired === 1) expect(made.krippendorffAlpha).toEqual(same);
        else {
          expect(made.krippendorffAlpha.value).toBeCloseTo(expected.nominal, 9);
          expect(made.krippendorffAlphaOrdinal.value).toBeCloseTo(expected.ordinal, 9);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("have intervals that hold the value, are no points, and stay in range", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        for (const estimate of Object.values<Estimate>({ ...coefficients(table) })) {
          if ("notEstimable" in estimate) continue;
          expect(estimate.low).toBeLessThan(estimate.high);
          expect(estimate.low).toBeLessThanOrEqual(estimate.value + 1e-12);
          expect(estimate.high).toBeGreaterThanOrEqual(estimate.value - 1e-12);
          expect(estimate.low).toBeGreaterThanOrEqual(-1);
          expect(estimate.high).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("say 1 for AC1 and refuse the others where all say the same", () => {
    const made = coefficients(Array.from({ length: 60 }, () => [0, 3, 0]));
    expect(made.gwetAc1).toEqual({
      value: 1,
      notEstimable: "every prompt gives the same result, so how it varies is unknown",
    });
    expect(made.fleissKappa).toEqual({ notEstimable: "all judgments are the same" });
    expect(made.krippendorffAlphaOrdinal).toEqual({ notEstimable: "all judgments are the same" });
  });
});
