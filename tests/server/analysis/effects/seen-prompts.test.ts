import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectsSchema } from "../../../../server/contract/report-effects.ts";
import { seenOf } from "../../../../server/analysis/effects/seen-prompts.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { differenceInterval } from "../../../../server/statistics/intervals/difference-interval.ts";
import {
  SEEN,
  seenPrompts,
  UNORDERED,
  UNORDERED_AGAIN,
  UNSEEN,
} from "../../../../server/statistics/judgments/seen-prompts.ts";
import { columnsOf } from "../../../support/statistics/judgments.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";

const everyone = () => true;

const codesOf = (rows: readonly { prompt: number; annotator: number; at: number }[]) => [
  ...seenPrompts({
    prompts: Int32Array.from(rows, ({ prompt }) => prompt),
    annotators: Int32Array.from(rows, ({ annotator }) => annotator),
    ...{ promptCount: 9, annotatorCount: 9 },
    at: Float64Array.from(rows, ({ at }) => at),
  }),
];

const anyTimed = fc.record({
  prompt: fc.nat(3),
  annotator: fc.nat(2),
  at: fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, NaN),
});

describe("prompts that an annotator had seen", () => {
  it("are those of their later judgments", () => {
    const at = (prompt: number, annotator: number, time: number) => ({ prompt, annotator, at: time });
    expect(codesOf([at(5, 1, 10), at(5, 1, 9), at(5, 2, 11), at(6, 1, 12), at(5, 1, 8)])).toEqual([
      ...[SEEN, SEEN, UNSEEN, UNSEEN, UNSEEN],
    ]);
    const unordered = codesOf([at(5, 1, 10), at(5, 1, 10), at(5, 1, 3), at(6, 1, NaN)]);
    expect(unordered.slice(0, 3).sort()).toEqual([UNORDERED, UNORDERED_AGAIN, UNORDERED_AGAIN]);
    expect(unordered[3]).toBe(UNSEEN);
    expect(codesOf([at(7, 1, NaN), at(7, 1, 1)]).sort()).toEqual([UNORDERED, UNORDERED_AGAIN]);
    expect(() => codesOf([at(9, 1, 1)])).toThrow(RangeError);
    expect(() => codesOf([at(1, -1, 1)])).toThrow(RangeError);
  });

  it("are found as by looking through all earlier judgments one by one", () => {
    fc.assert(
      fc.property(fc.array(anyTimed, { maxLength: 40 }), (rows) => {
        const codes = codesOf(rows);
        rows.forEach((one, i) => {
          const own = rows.filter((r) => r.prompt === one.prompt && r.annotator === one.annotator);
          const isOrdered = own.length === 1 || new Set(own.map(({ at }) => at)).size === own.length;
          const isKnown = isOrdered && (own.length === 1 || own.every(({ at }) => !Number.isNaN(at)));
          const expected = own.some(({ at }) => at < one.at) ? SEEN : UNSEEN;
          if (isKnown) expect(codes[i]).toBe(expected);
          else expect([UNORDERED, UNORDERED_AGAIN]).toContain(codes[i]);
        });
        const again = codes.filter((code) => code === SEEN || code === UNORDERED_AGAIN).length;
        const groups = new Set(rows.map(({ prompt, annotator }) => `${prompt} ${annotator}`)).size;
        expect(again).toBe(rows.length - groups);
      }),
    );
  });
});

describe("the difference of two kinds of judgments", () => {
  it("is that of their means, with the interval of two samples where nothing repeats", () => {
    const [first, second] = [
      [0, 0, 2, 1, 2],
      [2, 2, 1, 2],
    ];
    const { sampling, scores } = columnsOf(
      [...first, ...second].map((outcome, i) => ({ prompt: i, annotator: i, outcome })),
    );
    const kinds = Uint8Array.from([...first.map(() => 0), ...second.map(() => 1)]);
    const found = differenceInterval({ scores, second: kinds, sampling });
    if (!("low" in found)) throw new Error("no interval");
    expect(found.value).toBeCloseTo(7 / 8 - 1 / 2, 14);
    const part = (of: number[]) => {
      const mean = of.reduce((a, b) => a + b, 0) / of.length / 2;
      return of.reduce((sum, s) => sum + (s / 2 - mean) ** 2, 0) / of.length ** 2;
    };
    const variance = ((part(first) + part(second)) * 9) / 8;
    expect(found.high - found.value).toBeCloseTo(2.306004135204166 * Math.sqrt(variance), 9); // t with 8 df
    expect(differenceInterval({ scores, second: new Uint8Array(9), sampling })).toEqual({
      notEstimable: "judgments of one kind only",
    });
  });
});

/** 40 annotators see 20 of 60 prompts, half of those twice; the target's rate is 0.5, and more by `lift` when seen. */
function simulated(seed: string, lift: number): Told[] {
  const random = seededRandom(seed);
  return Array.from({ length: 40 }, (_, annotator) =>
    Array.from({ length: 30 }, (_, k): Told => {
      const isSecond = k >= 20;
      const prompt = (annotator + (k % 20)) % 60;
      const wins = random() / 2 ** 32 < 0.5 + (isSecond ? lift : 0);
      return { prompt, left: 0, right: isSecond ? 2 : 1, annotator, choice: wins ? "left" : "right", at: k };
    }),
  ).flat();
}

describe("the effect of seen prompts", () => {
  const of = (judgments: Told[], target?: number) =>
    seenOf(judgedData({ judgments, systems: 3, ...(target === undefined ? {} : { target }) }), everyone);

  it("is found where it is, and not where it is not", () => {
    const found = of(simulated("lift", 0.15), 0);
    if (!("difference" in found)) throw new Error("refused");
    expect([found.judgments, found.unordered]).toEqual([400, 0]);
    expect("low" in found.difference && found.difference.low).toBeGreaterThan(0);
    expect("value" in found.seen && found.seen.value).toBeCloseTo(0.65, 1);
    let covered = 0;
    for (let k = 0; k < 60; k++) {
      const none = of(simulated(`none ${k}`, 0), 0);
      if (!("difference" in none) || !("low" in none.difference)) throw new Error("no interval");
      if (none.difference.low <= 0 && none.difference.high >= 0) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(52);
    expect(covered).toBeLessThan(60);
  });

  it("speaks of ties where there is no target", () => {
    const told = simulated("ties", 0).map((one, i) =>
      i % 4 === 0 ? { ...one, choice: "tie" as const } : one,
    );
    const found = of(told);
    if (!("seen" in found)) throw new Error("refused");
    const ties = told.filter(({ at, choice }) => at! >= 20 && choice === "tie").length;
    expect("value" in found.seen && found.seen.value).toBeCloseTo(ties / 400, 14);
  });

  it("counts seen prompts without their order, and says no more of them", () => {
    const found = of(
      simulated("same time", 0).map((one) => ({ ...one, at: 5 })),
      0,
    );
    if (!("seen" in found)) throw new Error("refused");
    expect([found.judgments, found.unordered]).toEqual([400, 800]);
    expect(found.seen).toHaveProperty("notEstimable");
    expect(found.seen).not.toHaveProperty("value");
  });

  it("is refused without judgments and for rebuilt ones, and fits the contract whatever was judged", () => {
    expect(of([])).toEqual({ notEstimable: "no judgments yet" });
    const rebuilt = simulated("rebuilt", 0).map((one) => ({ ...one, rebuilt: true }));
    expect(of(rebuilt)).toHaveProperty("notEstimable", expect.stringContaining("reconstructed"));
    const told: fc.Arbitrary<Told> = fc.record({
      ...{ prompt: fc.nat(3), annotator: fc.nat(2), left: fc.constant(0), right: fc.constantFrom(1, 2) },
      choice: fc.constantFrom("left", "tie", "right", "both_bad"),
      at: fc.constantFrom(1, 2, 3, NaN),
    });
    fc.assert(
      fc.property(
        fc.array(told, { maxLength: 20 }),
        fc.constantFrom(0, 1, undefined),
        (judgments, target) => {
          effectsSchema.shape.seenPrompts.parse(of(judgments, target));
        },
      ),
    );
  });
});
