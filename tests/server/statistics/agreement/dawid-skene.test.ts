import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dawidSkene, type Labelled } from "../../../../server/statistics/agreement/dawid-skene.ts";
import { naiveDawidSkene } from "../../../support/naive-dawid-skene.ts";
import { isRefused } from "../../../../server/statistics/estimate.ts";

/** The anaesthetists' data of Dawid and Skene (1979): observer 1 three times, then observers 2 to 5, patient by patient. */
const PATIENTS =
  `1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343
  1111111 2223212 1211111 1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222 1111111 1111111
  2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232 4334343 2212232 2323233 3333432 1111111
  1111111 1212111 2322222 1211111 2222222`.split(/\s+/);
const OBSERVERS = [0, 0, 0, 1, 2, 3, 4];

const labelled = (
  rows: readonly { item: number; annotator: number; label: number }[],
  more: Partial<Labelled> = {},
): Labelled => ({
  items: Int32Array.from(rows, (row) => row.item),
  annotators: Int32Array.from(rows, (row) => row.annotator),
  labels: Uint8Array.from(rows, (row) => row.label),
  itemCount: 1 + Math.max(-1, ...rows.map((row) => row.item)),
  annotatorCount: 1 + Math.max(-1, ...rows.map((row) => row.annotator)),
  classes: 3,
  mirrored: false,
  ...more,
});

const ROWS_OF_ANAESTHETISTS = PATIENTS.flatMap((said, item) =>
  [...said].map((label, k) => ({ item, annotator: OBSERVERS[k]!, label: Number(label) - 1 })),
);
const ANAESTHETISTS = labelled(ROWS_OF_ANAESTHETISTS, { classes: 4 });

function made(given: Labelled) {
  const model = dawidSkene(given);
  if (isRefused(model)) throw new Error(model.notEstimable);
  return model;
}

describe("Dawid and Skene's model", () => {
  it("gives the figures of their own example", () => {
    const { prior, logLikelihood, confusion } = made(ANAESTHETISTS);
    [0.3996, 0.422, 0.1118, 0.0667].forEach((share, k) => expect(prior[k]).toBeCloseTo(share, 3));
    expect(logLikelihood).toBeCloseTo(-192.891, 2);
    const observer1 = [0.89, 0.11, 0, 0, 0.07, 0.88, 0.05, 0, 0, 0.34, 0.66, 0, 0, 0, 0.56, 0.44];
    observer1.forEach((share, at) => {
      const [k, label] = [Math.floor(at / 4), at % 4];
      expect(Math.abs(confusion[4 * label + k]! - share)).toBeLessThan(0.006);
    });
  });

  it("finds the true labels better than the majority where one annotator is careless", () => {
    const rows: { item: number; annotator: number; label: number }[] = [];
    let state = 1;
    const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const truth = Array.from({ length: 400 }, () => Math.floor(next() * 3));
    for (const [item, label] of truth.entries()) {
      for (const [annotator, skill] of [0.9, 0.7, 0.1, 0, 0].entries()) {
        rows.push({ item, annotator, label: next() < skill ? label : Math.floor(next() * 3) });
      }
    }
    const { posterior, confusion } = made(labelled(rows));
    const best = (item: number) =>
      [0, 1, 2].reduce((a, k) => (posterior[3 * item + k]! > posterior[3 * item + a]! ? k : a), 0);
    const plurality = (item: number) => {
      const counts = [0, 0, 0];
      for (const row of rows) if (row.item === item) counts[row.label]!++;
      return counts.indexOf(Math.max(...counts));
    };
    const right = (label: (item: number) => number) => truth.filter((k, item) => label(item) === k).length;
    expect(right(best)).toBeGreaterThan(right(plurality) + 20);
    expect(confusion[0]).toBeGreaterThan(0.7);
    expect(confusion[3 * 9]).toBeLessThan(0.5);
  });

  it("comes to where plain EM comes after hundreds of rounds, in far fewer", () => {
    const rows = ROWS_OF_ANAESTHETISTS;
    const model = made(ANAESTHETISTS);
    expect(model.iterations).toBeLessThan(100);
    const twin = naiveDawidSkene(rows, { classes: 4 }, 500);
    expect(model.logLikelihood).toBeCloseTo(twin.logLikelihood, 4);
    for (const [item, shares] of twin.shares)
      shares.forEach((share, k) => expect(model.posterior[4 * item + k]).toBeCloseTo(share, 3));
  });

  it("has no labels where it does not converge", () => {
    const rows: { item: number; annotator: number; label: number }[] = [];
    let state = 7;
    const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
    for (let i = 0; i < 8_000; i++)
      rows.push({ item: i >> 1, annotator: Math.floor(next() * 80), label: Math.floor(next() * 3) });
    expect(dawidSkene(labelled(rows))).toEqual({ notEstimable: "not converged after 300 rounds" });
  });

  it("does not depend on which side is called first where it is mirrored", () => {
    const row = fc.record({ item: fc.nat(8), annotator: fc.nat(3), label: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const size = { itemCount: 9, annotatorCount: 4, mirrored: true };
        const one = dawidSkene(labelled(rows, size));
        const other = dawidSkene(
          labelled(
            rows.map((r) => ({ ...r, label: 2 - r.label })),
            size,
          ),
        );
        if (isRefused(one) || isRefused(other)) {
          expect(one).toEqual(other);
          return;
        }
        expect(one.logLikelihood).toBe(other.logLikelihood);
        for (let at = 0; at < one.posterior.length; at++) {
          const opposite = 3 * Math.floor(at / 3) + (2 - (at % 3));
          expect(one.posterior[at]).toBe(other.posterior[opposite]);
        }
      }),
    );
  });

  it("agrees with the model as it is written down, however many labels an item has", () => {
    const row = fc.record({ item: fc.nat(2), annotator: fc.nat(4), label: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 20, maxLength: 120 }), (rows) => {
        const model = dawidSkene(labelled(rows));
        if (isRefused(model)) return;
        const shares = new Map(
          [...new Set(rows.map(({ item }) => item))].map((item) => [
            item,
            [...model.posterior.subarray(3 * item, 3 * item + 3)],
          ]),
        );
        const twin = naiveDawidSkene(rows, { classes: 3 }, 1, shares); // another round changes nothing
        expect(model.logLikelihood).toBeCloseTo(twin.logLikelihood, 3);
        for (const [item, again] of twin.shares)
          again.forEach((share, k) => expect(model.posterior[3 * item + k]).toBeCloseTo(share, 3));
        expect(model.logLikelihood).toBeGreaterThan(
          naiveDawidSkene(rows, { classes: 3 }, 3).logLikelihood - 1e-3,
        );
      }),
      { numRuns: 50 },
    );
  });

  it("gives shares that add up to one, whatever was said", () => {
    const row = fc.record({ item: fc.nat(5), annotator: fc.nat(2), label: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.boolean(), (rows, mirrored) => {
        const model = dawidSkene(labelled(rows, { itemCount: 6, annotatorCount: 3, mirrored }));
        if (isRefused(model)) return;
        for (let item = 0; item < 6; item++) {
          const sum = model.posterior.slice(3 * item, 3 * item + 3).reduce((a, b) => a + b, 0);
          expect(sum).toBeCloseTo(1, 9);
        }
        expect(model.prior.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("refuses by name what it cannot learn from", () => {
    const one = { item: 0, annotator: 0, label: 1 };
    expect(dawidSkene(labelled([]))).toEqual({ notEstimable: "no judgments yet" });
    expect(dawidSkene(labelled([one, { ...one, item: 1 }]))).toEqual({ notEstimable: "only one annotator" });
    expect(dawidSkene(labelled([one, { item: 1, annotator: 1, label: 0 }]))).toEqual({
      notEstimable: "no comparison has two judgments",
    });
    expect(() => dawidSkene(labelled([{ ...one, label: 3 }]))).toThrow(RangeError);
  });
});
