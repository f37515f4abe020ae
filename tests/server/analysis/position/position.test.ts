import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { positionSchema } from "../../../../server/contract/report-effects.ts";
import { positionOf } from "../../../../server/analysis/position/position.ts";
import { leaningOf } from "../../../../server/statistics/intervals/position.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { realVotes } from "../../../support/llmfao.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";

const anyTold: fc.Arbitrary<Told> = fc.record({
  prompt: fc.nat(5),
  ...{ left: fc.constant(0), right: fc.constantFrom(1, 2) },
  annotator: fc.nat(4),
  choice: fc.constantFrom("left", "tie", "right", "both_bad"),
  group: fc.nat(2),
  sideKnown: fc.boolean(),
  rebuilt: fc.boolean(),
});
const GROUPS = [{ kind: "crowd" }, { kind: "crowd", headline: false }, { kind: "model" }] as const;

/** Judgments of which so many chose left; annotators lean alike or each to a side of their own. */
function simulated(seed: string, lean: (annotator: number) => number): Told[] {
  const random = seededRandom(seed);
  const share = () => random() / 2 ** 32;
  return Array.from({ length: 900 }, (_, i) => {
    const annotator = i % 30;
    const choice = share() < 0.2 ? "tie" : share() < lean(annotator) ? "left" : "right";
    return { prompt: Math.floor(i / 3), left: i % 2, right: 1 - (i % 2), annotator, choice };
  });
}

describe("the position of what was chosen", () => {
  it("is the share of left among the decisive, with the exact sign test", () => {
    expect(leaningOf({ left: 8, right: 2, ties: 3 })).toEqual({
      ...{ left: 8, right: 2, ties: 3, rate: 0.8, p: expect.closeTo(0.109375, 14) as number },
    });
    expect(leaningOf({ left: 0, right: 0, ties: 4 })).toMatchObject({ rate: null, p: null });
    expect(() => leaningOf({ left: -1, right: 0, ties: 0 })).toThrow(RangeError);
  });

  it("has people of the headline on top, each group by itself, and fits the contract whatever was judged", () => {
    fc.assert(
      fc.property(fc.array(anyTold, { maxLength: 40 }), (judgments) => {
        const position = positionOf(judgedData({ judgments, systems: 3, groups: GROUPS }));
        positionSchema.parse(position);
        const shown = judgments.filter(({ sideKnown, rebuilt }) => sideKnown && !rebuilt);
        const people = shown.filter(({ group }) => group === 0);
        const count = (told: Told[], choice: string) => told.filter((one) => one.choice === choice).length;
        expect(position.left).toBe(count(people, "left"));
        expect(position.right).toBe(count(people, "right"));
        expect(position.left + position.right + position.ties).toBe(people.length);
        expect(position.unknownSide).toBe(
          judgments.filter(({ group }) => group === 0).length - people.length,
        );
        const model = position.byGroup.find(({ group }) => group === "g2");
        expect(model?.left).toBe(
          count(
            shown.filter(({ group }) => group === 2),
            "left",
          ),
        );
        expect(position.byPair.reduce((sum, pair) => sum + pair.left, 0)).toBe(position.left);
        expect(position.byPair).toHaveLength(3);
      }),
    );
  });

  it("changes sides when the screen does, whichever system stood where", () => {
    const told = simulated("mirror", () => 0.6);
    const turned = told.map((one) => ({
      ...{ ...one, left: one.right, right: one.left },
      choice:
        one.choice === "tie" ? one.choice : one.choice === "left" ? ("right" as const) : ("left" as const),
    }));
    const [here, there] = [told, turned].map((judgments) =>
      positionOf(judgedData({ judgments, systems: 2 })),
    );
    expect([there!.left, there!.right, there!.p]).toEqual([here!.right, here!.left, here!.p]);
    expect(there!.rate).toBeCloseTo(1 - here!.rate!, 14);
  });

  it("finds a lean that is there, and none where annotators lean to sides of their own", () => {
    const leaning = positionOf(judgedData({ judgments: simulated("a", () => 0.6), systems: 2 }));
    expect(leaning.p).toBeLessThan(0.001);
    expect("low" in leaning.interval && leaning.interval.low).toBeGreaterThan(0.5);
    expect("method" in leaning.interval && leaning.interval.method).toContain("two-way cluster-robust");
    let [covered, rejected] = [0, 0];
    const studies = times(100);
    for (let k = FIRST; k < FIRST + studies; k++) {
      const random = seededRandom(`sides ${k}`);
      const leans = Array.from({ length: 30 }, () => 0.5 + (random() / 2 ** 32 - 0.5) * 0.8);
      const none = positionOf(
        judgedData({ judgments: simulated(`judged ${k}`, (annotator) => leans[annotator]!), systems: 2 }),
      );
      if (!("low" in none.interval)) throw new Error("no interval");
      if (none.interval.low <= 0.5 && none.interval.high >= 0.5) covered++;
      if (none.p! < 0.05) rejected++;
    }
    keepFigure("position: covers no lean", covered, studies);
    expect(covered / studies).toBeGreaterThan(0.9);
    expect(rejected / studies).toBeGreaterThan(0.2); // the test, which takes judgments one by one, is no match
  });

  it("says what it cannot say", () => {
    const none = positionOf(judgedData({ judgments: [], systems: 2 }));
    expect(none).toMatchObject({ left: 0, rate: null, p: null });
    expect(none.interval).toEqual({ notEstimable: "no decisive judgments" });
    const told = { prompt: 0, left: 0, right: 1, annotator: 0, choice: "left" } as const;
    const one = positionOf(judgedData({ judgments: [told, { ...told, annotator: 1 }], systems: 2 }));
    expect(one.interval).toEqual({ notEstimable: "only one prompt" });
    const models = positionOf(judgedData({ judgments: [told], systems: 2, groups: [{ kind: "model" }] }));
    expect(models).toMatchObject({ left: 0, unknownSide: 0 });
    expect(models.byGroup).toEqual([{ group: "g0", left: 1, right: 0, ties: 0, rate: 1, p: 1 }]);
  });
});

describe("the position in llmfao", () => {
  it("has 2,911 left against 2,549 right, which is no chance", () => {
    const codes = new Map<string, number>();
    const codeOf = (key: string) => codes.get(key) ?? codes.set(key, codes.size).get(key)!;
    const judgments = realVotes().map(({ prompt, left, right, worker, winner }): Told => ({
      ...{ prompt: Number(prompt), annotator: Number(worker), choice: winner },
      ...{ left: codeOf(left), right: codeOf(right) },
    }));
    const position = positionOf(judgedData({ judgments, systems: codes.size }));
    expect([position.left, position.right, position.ties]).toEqual([2911, 2549, 8931 - 2911 - 2549]);
    expect(position.rate).toBeCloseTo(2911 / 5460, 14);
    expect(position.p!.toPrecision(2)).toBe("0.0000010");
    // 13 prompts, and annotators who lean to sides of their own: beside those the lean is not beyond chance
    if (!("low" in position.interval)) throw new Error("no interval");
    expect(position.interval.method).toBe("two-way cluster-robust by prompt and annotator (score, t, 12 df)");
    expect(position.interval.low).toBeLessThan(0.5);
    expect(position.interval.high).toBeGreaterThan(position.rate!);
  });
});
