import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  agreementOfReaders,
  isBelowReaders,
  powerAmongReaders,
} from "../../../../server/statistics/tests/agreement-of-readers.ts";
import { everyDeal } from "../../../support/statistics/every-deal.ts";

interface One {
  readonly c: number;
  readonly a: number;
  readonly x: number;
}

/** Comparison by comparison: the scores of some of four annotators, of whom the last may be a model. */
const studies = fc
  .array(fc.array(fc.option(fc.integer({ min: -1, max: 1 })), { minLength: 4, maxLength: 4 }), {
    minLength: 3,
    maxLength: 6,
  })
  .map((rows) => rows.flatMap((row, c) => row.flatMap((x, a): One[] => (x === null ? [] : [{ c, a, x }]))));
const whoCounts = fc.constantFrom([1, 1, 1, 1], [1, 1, 1, 0]);

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

const made = (all: readonly One[], counts: readonly number[]) =>
  agreementOfReaders({
    comparison: Int32Array.from(all, ({ c }) => c),
    annotator: Int32Array.from(all, ({ a }) => a),
    score: Int8Array.from(all, ({ x }) => x),
    counts: Uint8Array.from(counts),
  });

/** The same by loops over pairs of judgments, each annotator left out in turn. */
function twin(all: readonly One[], counts: readonly number[], k: number) {
  const othersOf = ({ c, a }: One) => all.filter((one) => one.c === c && one.a !== a && counts[one.a] === 1);
  const ofWhom = (a: number) => all.filter((one) => one.a === a && othersOf(one).length > 0);
  const centre = [0, 1, 2, 3].map((a) => (ofWhom(a).length === 0 ? 0 : mean(ofWhom(a).map(({ x }) => x))));
  const v = [0, 1, 2, 3].map((a) => {
    const own = ofWhom(a).map(({ x }) => (x - centre[a]!) ** 2);
    return own.length < 2 ? 0 : sum(own) / (own.length - 1);
  });
  const d = ({ a, x }: One) => x - centre[a]!;
  const lead = (one: One) => mean(othersOf(one).map(d));
  const f = (one: One, other: One) => (d(one) * d(other)) / othersOf(one).length;
  const e = (one: One, other: One) => (v[one.a]! * v[other.a]!) / othersOf(one).length;
  /** Over pairs of judgments of people, without those of `left`. */
  const pairs = (of: typeof f, left: number, c?: number) =>
    sum(
      all.flatMap((one) =>
        counts[one.a] === 0 || one.a === left || (c !== undefined && one.c !== c)
          ? []
          : othersOf(one).flatMap((other) => (other.a === left ? [] : [of(one, other)])),
      ),
    );
  const comparisons = [...new Set(all.map(({ c }) => c))];
  const gamma = pairs(e, -1) > 1e-9 ? pairs(f, -1) / pairs(e, -1) : 0;
  const off = (one: One, other: One) => f(one, other) - gamma * e(one, other);
  const own = ofWhom(k);
  const reach = (a: number) => sum(ofWhom(a).flatMap((one) => othersOf(one).map((other) => e(one, other))));
  const factor = (a: number) => {
    const left = pairs(e, counts[a] === 1 ? a : -1);
    return left > 1e-9 ? reach(a) / left : 0;
  };
  const sums = everyDeal(own.map(d)).map((deal) => sum(deal.map((one, i) => one * lead(own[i]!))));
  const dealt = (a: number) => {
    const of = ofWhom(a).map(lead);
    return of.length < 2 ? 0 : v[a]! * sum(of.map((one) => (one - mean(of)) ** 2));
  };
  const varies = (a: number) => {
    const of = ofWhom(a).map((one) => d(one) * lead(one));
    return of.length === 0 ? 0 : sum(of.map((one) => (one - mean(of)) ** 2));
  };
  const together = (a: number) =>
    sum(ofWhom(a).map((one) => sum(othersOf(one).map((other) => off(one, other))) * pairs(off, a, one.c))) *
    factor(a);
  const others = [0, 1, 2, 3].filter((a) => a !== k && counts[a] === 1);
  const over = (of: (a: number) => number) => sum(others.map(of));
  const ofExpected =
    factor(k) ** 2 * sum(comparisons.map((c) => pairs(off, counts[k] === 1 ? k : -1, c) ** 2));
  const relative = (over(varies) - 2 * over(together)) / over(dealt);
  return {
    beyond: sum(own.map((one) => d(one) * lead(one))),
    dealtEveryWay: own.length < 2 ? 0 : mean(sums.map((one) => (one - mean(sums)) ** 2)),
    left: pairs(e, counts[k] === 1 ? k : -1),
    others: over(dealt),
    expected: factor(k) * pairs(f, counts[k] === 1 ? k : -1),
    ofReader: Math.sqrt(Math.max(ofExpected, relative * dealt(k) + ofExpected)),
    byLot: Math.sqrt(dealt(k) + ofExpected),
  };
}

describe("what is expected of a reader", () => {
  it("is what the others show among themselves, as counted pair by pair", () => {
    fc.assert(
      fc.property(studies, whoCounts, (all, counts) => {
        made(all, counts).forEach((one, k) => {
          const by = twin(all, counts, k);
          expect(one.beyond).toBeCloseTo(by.beyond, 9);
          expect(one.ofDeals ** 2).toBeCloseTo(by.dealtEveryWay, 9);
          if (one.byLot === 0) {
            expect(one.expected).toBe(0);
            expect(Math.min(by.left, by.others, by.dealtEveryWay)).toBeLessThan(1e-8);
            return;
          }
          expect(one.expected).toBeCloseTo(by.expected, 9);
          expect(one.byLot ** 2).toBeCloseTo(by.byLot ** 2, 9);
          expect(one.ofReader ** 2).toBeCloseTo(by.ofReader ** 2, 9);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("does not hang on what the annotator judged as long as their own answers vary as much", () => {
    const row = (c: number, scores: readonly number[]) => scores.map((x, a): One => ({ c, a, x }));
    const with_ = (own: readonly number[]) =>
      own.flatMap((x, c) => row(c, [x, [1, 1, -1, -1][c]!, [1, 0, -1, -1][c]!, [1, 1, 0, -1][c]!]));
    const [reads, turned] = [
      made(with_([1, 1, -1, -1]), [1, 1, 1, 1]),
      made(with_([-1, -1, 1, 1]), [1, 1, 1, 1]),
    ];
    expect(reads[0]!.expected).toBeGreaterThan(0);
    expect(turned[0]!.expected).toBeCloseTo(reads[0]!.expected, 12);
    expect(turned[0]!.beyond).toBeCloseTo(-reads[0]!.beyond, 12);
  });

  it("shows who is below: the lowest of all, and no higher than one who answers by lot", () => {
    const one = { beyond: 0, expected: 0, ofDeals: 1, ofReader: 1, byLot: 1 };
    expect(powerAmongReaders(one, 1)).toBeCloseTo(0.045, 9);
    expect(powerAmongReaders({ ...one, expected: 9 }, 1)).toBeCloseTo(0.98, 9);
    expect(powerAmongReaders({ ...one, byLot: 0 }, 1)).toBe(0);
    // 1.6954 and 2.0537: the normal quantiles of .955 and .98
    expect(isBelowReaders({ ...one, expected: 1.696 }, 1)).toBe(true);
    expect(isBelowReaders({ ...one, expected: 1.695 }, 1)).toBe(false);
    expect(isBelowReaders({ ...one, expected: 3.38, ofReader: 2 }, 1)).toBe(false);
    expect(isBelowReaders({ ...one, expected: 9, beyond: 2.05 }, 1)).toBe(true);
    expect(isBelowReaders({ ...one, expected: 9, beyond: 2.06 }, 1)).toBe(false);
  });
});
