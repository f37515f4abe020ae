import fc from "fast-check";
import { expect, test } from "vitest";
import { factorWhole } from "../../../../server/statistics/linear-algebra/cholesky.ts";
import { climb } from "../../../../server/statistics/linear-algebra/newton.ts";

/** −Σ log cosh(x − peak): concave, and a whole step of Newton's from afar overshoots. */
function hill(peak: readonly number[], start: readonly number[], isTooFar?: (at: Float64Array) => boolean) {
  const size = peak.length;
  return climb({
    start: Float64Array.from(start),
    look: (at) => ({
      logLikelihood: -at.reduce((sum, x, i) => sum + Math.log(Math.cosh(x - peak[i]!)), 0),
      gradient: at.map((x, i) => -Math.tanh(x - peak[i]!)),
      at,
    }),
    factorOf: ({ at }) => {
      const information = new Float64Array(size * size);
      at.forEach((x, i) => (information[i * size + i] = 1 / Math.cosh(x - peak[i]!) ** 2));
      return factorWhole(information, size);
    },
    move: (from, step) => from.map((x, i) => x + step[i]!),
    lastStep: 1e-9,
    ...(isTooFar ? { isTooFar } : {}),
  });
}

test("a climb ends at the highest point, from wherever it begins", () => {
  const point = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(point, point, (peak, start) => {
      const summit = hill(peak, start)!;
      peak.forEach((x, i) => expect(summit.at[i]! + summit.step[i]!).toBeCloseTo(x, 7));
    }),
  );
});

test("a climb that leaves the ground where a highest point can be ends with none", () => {
  expect(hill([5], [4], (at) => at[0]! > 4.5)).toBe(null);
  expect(hill([5], [4], () => false)).not.toBe(null);
});
