import fc from "fast-check";
import { expect, it } from "vitest";
import { divisionBetween, divisionWithin } from "../../../../server/statistics/agreement/division.ts";

const scores = fc.array(fc.constantFrom(0, 1, 2), { maxLength: 8 });
const countsOf = (all: readonly number[]) =>
  [0, 1, 2].map((score) => all.filter((one) => one === score).length) as [number, number, number];
const meanOf = (all: readonly number[]) =>
  all.length === 0 ? null : all.reduce((sum, one) => sum + one, 0) / all.length;

it("is the mean over all pairs, within one set of judgments and between two", () => {
  fc.assert(
    fc.property(scores, scores, (some, others) => {
      const within = meanOf(
        some.flatMap((one, i) => some.slice(i + 1).map((other) => Math.abs(one - other) / 2)),
      );
      const between = meanOf(some.flatMap((one) => others.map((other) => Math.abs(one - other) / 2)));
      const close = (value: number | null) => (value === null ? null : (expect.closeTo(value, 12) as number));
      expect(divisionWithin(countsOf(some))).toEqual(close(within));
      expect(divisionBetween(countsOf(some), countsOf(others))).toEqual(close(between));
    }),
  );
});
