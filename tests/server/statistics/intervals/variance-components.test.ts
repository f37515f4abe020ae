import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRefused } from "../../../../server/statistics/estimate.ts";
import {
  type VarianceComponents,
  varianceComponents,
} from "../../../../server/statistics/intervals/variance-components.ts";
import { columnsOf, type Row } from "../../../support/statistics/judgments.ts";
import { expectNear } from "../../../support/statistics/closeness.ts";

function componentsOf(rows: readonly Row[], scores?: readonly number[]) {
  const columns = columnsOf(rows);
  const { count, code, size } = columns.sampling.prompts;
  return varianceComponents({
    scores: scores === undefined ? columns.scores : Float64Array.from(scores),
    weights: Float64Array.from(code, (prompt) => 1 / (count * size[prompt]!)),
    sampling: columns.sampling,
  });
}

function made(rows: readonly Row[], scores?: readonly number[]): VarianceComponents {
  const found = componentsOf(rows, scores);
  if (isRefused(found)) throw new Error(found.notEstimable);
  return found;
}

/** Every annotator judged every prompt: `table[p][a]`. */
const crossed = (table: readonly (readonly number[])[]): Row[] =>
  table.flatMap((row, prompt) => row.map((score, annotator) => ({ prompt, annotator, outcome: 2 * score })));

/** The mean squares of the two-way table, from their textbook definitions. */
function anova(table: readonly (readonly number[])[]) {
  const [p, a] = [table.length, table[0]!.length];
  const mean = (of: readonly number[]) => of.reduce((x, y) => x + y, 0) / of.length;
  const all = mean(table.flat());
  const rows = table.map(mean);
  const columns = table[0]!.map((_, j) => mean(table.map((row) => row[j]!)));
  const square = (of: readonly number[]) => of.reduce((x, y) => x + y * y, 0);
  const ofPrompts = (a * square(rows.map((m) => m - all))) / (p - 1);
  const ofAnnotators = (p * square(columns.map((m) => m - all))) / (a - 1);
  const left = table.flatMap((row, i) => row.map((score, j) => score - rows[i]! - columns[j]! + all));
  const residual = square(left) / ((p - 1) * (a - 1));
  return { prompts: (ofPrompts - residual) / a, annotators: (ofAnnotators - residual) / p, residual };
}

/** The expectation of each sum over pairs of judgments, pair by pair, solved by Cramer's rule. */
function naive(rows: readonly Row[], scores: readonly number[]) {
  type Equation = [prompts: number, annotators: number, residual: number, sum: number];
  const equation = (isIn: (a: Row, b: Row) => boolean, weight: (a: Row) => number): Equation => {
    const sums: Equation = [0, 0, 0, 0];
    rows.forEach((a, i) =>
      rows.forEach((b, j) => {
        if (i === j || !isIn(a, b)) return;
        if (a.prompt !== b.prompt) sums[0] += weight(a);
        if (a.annotator !== b.annotator) sums[1] += weight(a);
        sums[2] += weight(a);
        sums[3] += (weight(a) * (scores[i]! - scores[j]!) ** 2) / 2;
      }),
    );
    return sums;
  };
  const size = (key: "prompt" | "annotator") => (a: Row) =>
    1 / rows.filter((row) => row[key] === a[key]).length;
  const system = [
    equation((a, b) => a.prompt === b.prompt, size("prompt")),
    equation((a, b) => a.annotator === b.annotator, size("annotator")),
    equation(
      () => true,
      () => 1,
    ),
  ];
  const determinant = (m: readonly (readonly number[])[]) =>
    [0, 1, 2].reduce((sum, k) => {
      const [j, l] = [(k + 1) % 3, (k + 2) % 3];
      return sum + m[0]![k]! * (m[1]![j]! * m[2]![l]! - m[1]![l]! * m[2]![j]!);
    }, 0);
  const whole = determinant(system);
  const at = (place: number) =>
    determinant(system.map((one) => one.slice(0, 3).map((x, k) => (k === place ? one[3] : x)))) / whole;
  return { prompts: at(0), annotators: at(1), residual: at(2), whole };
}

const halves = fc.constantFrom(0, 0.5, 1);

describe("variance components", () => {
  it("are those of the analysis of variance where everybody judged everything", () => {
    const table = fc
      .tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 2, max: 5 }))
      .chain(([p, a]) =>
        fc.array(fc.array(halves, { minLength: a, maxLength: a }), { minLength: p, maxLength: p }),
      );
    fc.assert(
      fc.property(table, (scores) => {
        const expected = anova(scores);
        const found = componentsOf(crossed(scores));
        if (isRefused(found)) {
          expect(Math.max(...Object.values(expected))).toBeLessThan(1e-12);
          return;
        }
        for (const key of ["prompts", "annotators", "residual"] as const)
          expect(found[key]!.variance, key).toBeCloseTo(Math.max(0, expected[key]), 12);
      }),
    );
  });

  it("solve the expectations of sums over pairs of judgments, however uneven the work", () => {
    const rows = fc.uniqueArray(fc.record({ prompt: fc.nat(6), annotator: fc.nat(4), outcome: fc.nat(2) }), {
      minLength: 8,
      maxLength: 35,
      selector: ({ prompt, annotator }) => `${prompt} ${annotator}`,
    });
    fc.assert(
      fc.property(rows, (judged) => {
        const found = componentsOf(judged);
        const prompts = new Set(judged.map(({ prompt }) => prompt)).size;
        if (isRefused(found) || prompts === judged.length) return;
        const expected = naive(
          judged,
          judged.map(({ outcome }) => outcome / 2),
        );
        for (const key of ["prompts", "annotators", "residual"] as const)
          expect(found[key]!.variance, key).toBeCloseTo(Math.max(0, expected[key]), 9);
      }),
    );
  });

  it("hold shares that add up to 1 and intervals that hold their estimates", () => {
    const rows = fc.array(fc.record({ prompt: fc.nat(6), annotator: fc.nat(4), outcome: fc.nat(2) }), {
      minLength: 3,
      maxLength: 60,
    });
    fc.assert(
      fc.property(rows, (judged) => {
        const found = componentsOf(judged);
        if (isRefused(found)) return;
        const { prompts, annotators, residual, moreOf } = found;
        expectNear((prompts?.share ?? 0) + annotators.share + residual.share, 1, 1e-9);
        for (const one of [prompts, annotators]) {
          if (one === null) continue;
          expect(one.low).toBeLessThanOrEqual(one.variance);
          expect(one.high).toBeGreaterThanOrEqual(one.variance);
          expect(one.high).toBeLessThanOrEqual(Math.max(0.25, one.variance));
          expect(one.shareLow).toBeLessThanOrEqual(one.share + 1e-12);
          expect(one.shareHigh).toBeGreaterThanOrEqual(one.share - 1e-12);
        }
        if (moreOf === "annotators") expect(annotators.shareLow).toBeGreaterThan(0.5);
        if (moreOf === "prompts") expect(annotators.shareHigh).toBeLessThan(0.5);
      }),
    );
  });

  it("advise annotators where these disagree on everything, prompts where many agree", () => {
    const rows = (score: (prompt: number, annotator: number) => number, annotators: number) =>
      crossed(
        Array.from({ length: 60 }, (_, p) => Array.from({ length: annotators }, (_, a) => score(p, a))),
      );
    expect(made(rows((p, a) => ((p + a) % 10 === 0 ? 0.5 : a % 2), 8)).moreOf).toBe("annotators");
    expect(made(rows((p, a) => ((p + a) % 10 === 0 ? 0.5 : p % 2), 8)).moreOf).toBe("prompts");
    expect(made(rows((p, a) => ((p * 7 + a * 3) % 5 < 2 + a ? 1 : 0), 2)).moreOf).toBeNull();
  });

  it("take judgments of one annotator on one prompt as one", () => {
    const rows = crossed([
      [1, 0.5],
      [1, 0.5],
      [0, 0],
    ]);
    const found = made([...rows, { ...rows[0]!, outcome: 2 }]);
    expect(found.prompts?.variance).toBeCloseTo(1 / 6, 12);
    expect([found.annotators.variance, found.residual.variance].map((one) => one.toFixed(6))).toEqual([
      "0.041667",
      "0.041667",
    ]);
  });

  it("put prompts into the residual where each has one judgment", () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({
      prompt: i,
      annotator: i % 3,
      outcome: (i * 7) % 3,
    }));
    expect(made(rows).prompts).toBeNull();
  });

  it("are refused where nothing tells them apart", () => {
    const row = (prompt: number, annotator: number, outcome = prompt % 3) => ({ prompt, annotator, outcome });
    const reason = (rows: readonly Row[]) => {
      const found = componentsOf(rows);
      return isRefused(found) ? found.notEstimable : null;
    };
    expect(reason([row(0, 0), row(0, 1)])).toBe("only one prompt");
    expect(reason([row(0, 0), row(1, 0)])).toBe("only one annotator");
    expect(reason([row(0, 0), row(0, 1), row(1, 2), row(1, 3)])).toMatch(/no annotator judged two prompts/);
    expect(reason([row(0, 0, 1), row(0, 1, 1), row(1, 0, 1), row(1, 1, 1)])).toMatch(/same score/);
  });
});
