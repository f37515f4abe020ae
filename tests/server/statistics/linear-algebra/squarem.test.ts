import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { squarem } from "../../../../server/statistics/linear-algebra/squarem.ts";

/** Steps that come nearer to `end` by a share of their own in each direction, as EM does near its end. */
const slow = (end: readonly number[], rates: readonly number[]) => {
  let looks = 0;
  const look = (at: Float64Array) => {
    looks++;
    const height = -at.reduce((sum, x, j) => sum + (x - end[j]!) ** 2, 0);
    return { height, next: at.map((x, j) => end[j]! + rates[j]! * (x - end[j]!)) };
  };
  return { look, count: () => looks };
};

const start = { settled: 1e-9, looksMost: 5_000, bringBack: () => {} };

describe("squared extrapolation", () => {
  it("comes to the end of slow steps, and sooner than they", () => {
    const rate = fc.double({ min: 0, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.array(rate, { minLength: 1, maxLength: 5 }), (rates) => {
        const end = rates.map((_, j) => j - 1.5);
        const { look, count } = slow(end, rates);
        const found = squarem({ ...start, start: new Float64Array(rates.length), look });
        expect(found.converged).toBe(true);
        expect(found.looks).toBe(count());
        found.at.forEach((x, j) => expect(x).toBeCloseTo(end[j]!, 6));
        expect(found.looks).toBeLessThan(400); // .99 alone takes 2,000 plain steps
      }),
    );
  });

  it("ends where it began if nothing moves, and says that it has not converged when looks run out", () => {
    const still = squarem({ ...start, start: Float64Array.of(1), look: slow([1], [0.5]).look });
    expect(still).toMatchObject({ looks: 1, converged: true });
    const short = { ...start, looksMost: 4, start: Float64Array.of(1) };
    expect(squarem({ ...short, look: slow([0], [0.999]).look })).toMatchObject({
      looks: 4,
      converged: false,
    });
  });
});
