import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  factorise,
  factorWhole,
  inverse,
  solve,
} from "../../../../server/statistics/linear-algebra/cholesky.ts";

describe("dense systems of equations", () => {
  it("are solved and inverted", () => {
    const entries = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(entries, (values) => {
        const matrix = new Float64Array(25);
        for (let i = 0; i < 5; i++)
          for (let j = 0; j < 5; j++) {
            matrix[5 * i + j] = i === j ? 1 : 0;
            for (let k = 0; k < 5; k++) matrix[5 * i + j]! += values[5 * i + k]! * values[5 * j + k]!;
          }
        const factor = factorWhole(matrix, 5)!;
        const x = solve(factor, Float64Array.from([1, -2, 3, 0, 5]));
        const inverted = inverse(factor);
        for (let i = 0; i < 5; i++) {
          let back = 0;
          for (let k = 0; k < 5; k++) back += matrix[5 * i + k]! * x[k]!;
          expect(back).toBeCloseTo([1, -2, 3, 0, 5][i]!, 8);
          for (let j = 0; j < 5; j++) {
            let product = 0;
            for (let k = 0; k < 5; k++) product += matrix[5 * i + k]! * inverted[5 * k + j]!;
            expect(product).toBeCloseTo(i === j ? 1 : 0, 8);
          }
        }
      }),
    );
  });

  it("are refused where they are singular or not positive", () => {
    expect(factorWhole(Float64Array.from([1, 1, 1, 1]), 2)).toBe(null);
    expect(factorWhole(Float64Array.from([1, 2, 2, 1]), 2)).toBe(null);
    expect(factorWhole(Float64Array.from([0]), 1)).toBe(null);
    expect(factorWhole(Float64Array.from([NaN]), 1)).toBe(null);
  });

  it("keep a column that is nearly a combination of others only where every column counts", () => {
    const nearly = Float64Array.from([1, 1, 1, 1 + 1e-11]);
    expect([...factorise(nearly, 2).leftOut]).toEqual([0, 1]);
    expect(factorWhole(nearly, 2)).not.toBe(null);
  });
});
