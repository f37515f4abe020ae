import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BRADLEY_TERRY } from "../../../../server/statistics/ranking/bradley-terry.ts";
import { davidson, DAVIDSON, nuOf } from "../../../../server/statistics/ranking/davidson.ts";
import { evaluate, preference } from "../../../../server/statistics/ranking/pair-model.ts";
import { cellsOf } from "../../../../server/statistics/judgments/paired-counts.ts";
import {
  anyPairedRows,
  expectClose,
  given,
  type PairedRow,
  prepare,
  uniform,
} from "../../../support/statistics/ranking-support.ts";

describe("both models", () => {
  it("have the slopes and curvatures of their log-likelihood", () => {
    const parameters = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 5, maxLength: 5 });
    for (const model of [BRADLEY_TERRY, DAVIDSON]) {
      fc.assert(
        fc.property(anyPairedRows(4, 30), parameters, (rows, values) => {
          const { counts } = prepare(4, rows);
          const at = Float64Array.from(values).subarray(0, model.hasTies ? 5 : 4);
          const here = evaluate(model, counts, at);
          const h = 1e-5;
          at.forEach((_, i) => {
            const beside = [h, -h].map((by) =>
              evaluate(
                model,
                counts,
                at.map((v, k) => v + (k === i ? by : 0)),
              ),
            );
            const rise = (beside[0]!.logLikelihood - beside[1]!.logLikelihood) / (2 * h);
            expect(Math.abs(rise - here.gradient[i]!)).toBeLessThan(1e-6);
            at.forEach((_, k) => {
              const bend = (beside[0]!.gradient[k]! - beside[1]!.gradient[k]!) / (2 * h);
              expect(Math.abs(bend + here.information[i * at.length + k]!)).toBeLessThan(1e-6);
            });
          });
        }),
        { numRuns: 30 },
      );
    }
  });

  it("say how likely a preference is", () => {
    expect(preference(BRADLEY_TERRY, Math.log(3), 0)).toBeCloseTo(0.75, 12);
    expect(preference(BRADLEY_TERRY, -Math.log(3), 0)).toBeCloseTo(0.25, 12);
    expect(preference(DAVIDSON, Math.log(4), Math.log(0.5))).toBeCloseTo((4 + 0.5) / 6, 12);
    expect(preference(DAVIDSON, 0, 1)).toBe(0.5);
    expect(preference(BRADLEY_TERRY, 800, 0)).toBe(1);
    expect(preference(DAVIDSON, -800, 3)).toBeCloseTo(0, 12);
  });

  it("find strengths that were planted", () => {
    const random = uniform(20);
    const planted = [1.1, 0.4, 0, -0.5, -1];
    const [rows, nu] = [[] as PairedRow[], 0.9];
    for (let i = 0; i < 60_000; i++) {
      const low = Math.floor(random() * 4);
      const high = low + 1 + Math.floor(random() * (4 - low));
      const [a, b] = [Math.exp(planted[low]! / 2), Math.exp(planted[high]! / 2)];
      const all = a / b + b / a + nu;
      const draw = random() * all;
      rows.push({
        low,
        high,
        halves: draw < a / b ? 2 : draw < a / b + b / a ? 0 : 1,
        prompt: i,
        annotator: i,
      });
    }
    const { counts } = prepare(5, rows);
    const fit = given(davidson(counts));
    expectClose(fit.parameters.subarray(0, 5), planted, 0.06);
    expect(Math.abs(nuOf(fit, 5) - nu)).toBeLessThan(0.04);
  });

  it("refuse codes and columns that do not fit", () => {
    const cells = (low: number[], high: number[], halves: number[]) => () =>
      cellsOf({
        systems: 3,
        low: Int32Array.from(low),
        high: Int32Array.from(high),
        halves: Uint8Array.from(halves),
      });
    expect(cells([1], [0], [1])).toThrow(RangeError);
    expect(cells([1], [1], [1])).toThrow(RangeError);
    expect(cells([0], [3], [1])).toThrow(RangeError);
    expect(cells([-1], [2], [1])).toThrow(RangeError);
    expect(cells([0], [2], [3])).toThrow(RangeError);
    expect(cells([0], [2, 2], [1])).toThrow(RangeError);
  });
});
