import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairTestsSchema } from "../../../../server/contract/report-pair-tests.ts";
import {
  correctFamily,
  pairTests,
  type UncorrectedPairTests,
} from "../../../../server/analysis/pairs/pair-tests.ts";
import { sidesOf } from "../../../../server/analysis/pairs/side-adjusted.ts";
import { cellOf } from "../../../../server/analysis/rows/cell.ts";
import { CHOICES, type JudgmentRows, ORIGINS } from "../../../../server/analysis/rows/judgment-columns.ts";
import { DEFAULT_ANALYSIS } from "../../../../server/studies/default-protocol.ts";
import { holm } from "../../../../server/statistics/tests/holm.ts";
import { describeSampling } from "../../../../server/statistics/judgments/sampling.ts";
import { type GivenRow, judgmentRows } from "../../../support/judgment-rows.ts";
import { expectNear } from "../../../support/statistics/closeness.ts";

/** One judgment of target (system 0) and baseline (system 1). */
interface Told {
  prompt: number;
  turn?: number;
  annotator: number;
  outcome: number;
  /** Whether the target stood on the left; null: not known. */
  left?: boolean | null;
  group?: number;
  rebuilt?: boolean;
}

const rowsOf = (told: readonly Told[]): JudgmentRows => judgmentRows(told.map(rowOf));

function rowOf({
  prompt,
  turn = 1,
  annotator,
  outcome,
  left = true,
  group = 0,
  rebuilt = false,
}: Told): GivenRow {
  const targetSide = left === false ? "right" : "left";
  const otherSide = left === false ? "left" : "right";
  const choice = outcome === 1 ? "tie" : outcome === 2 ? targetSide : otherSide;
  return {
    ...{ prompt, turn, low: 0, high: 1, annotator, group },
    left: left === false ? 1 : 0,
    choice: CHOICES.indexOf(choice),
    origin: ORIGINS.indexOf(rebuilt ? "reconstructed" : "loaded"),
    sideKnown: left === null ? 0 : 1,
    ...{ activeMs: -1, at: NaN, unnamed: 0 },
  };
}

function tested(told: readonly Told[], options: { seed?: string; group?: number; fixed?: boolean } = {}) {
  const rows = rowsOf(told);
  const inGroups = (group: number) => options.group === undefined || group === options.group;
  const of = { from: 0, to: rows.count, system: 0, inGroups };
  const cell = cellOf(rows, of);
  const sampling = describeSampling({
    prompts: cell.prompt,
    annotators: cell.annotator,
    promptCount: 1 + Math.max(-1, ...cell.prompt),
    annotatorCount: 1 + Math.max(-1, ...cell.annotator),
    fixedAnnotators: options.fixed ?? false,
  });
  const seed = options.seed ?? "seed target baseline";
  return pairTests({
    cell,
    sides: sidesOf(rows, of),
    sampling,
    seed,
    status: "interim",
    ...{ estimate: "halfTieRateByPrompt", test: "tTest" },
  });
}

const afterHolm = (family: readonly UncorrectedPairTests[], isDeclared = true) =>
  correctFamily(family, { analysis: DEFAULT_ANALYSIS, isDeclared });

const outcomes = (win: number, tie: number, loss: number, more: Partial<Told> = {}): Told[] =>
  [2, 1, 0]
    .flatMap((outcome, i) => Array<number>([win, tie, loss][i]!).fill(outcome))
    .map((outcome, i) => ({ prompt: i, annotator: i, outcome, left: i % 2 === 0, ...more }));

const LIMA = [
  [159, 63, 78],
  [132, 63, 105],
  [99, 75, 126],
  [72, 66, 162],
  [54, 75, 171],
] as const satisfies readonly (readonly [number, number, number])[];

describe("what stands beside a pair", () => {
  it("has LIMA's figures, one judgment a prompt", () => {
    const row = tested(outcomes(...LIMA[0]));
    expect(row.netPreference).toMatchObject({ value: 0.27, n: 300 });
    expect(row.equalOrBetter).toMatchObject({ value: 0.74, n: 300, method: "Wilson" });
    expect(row.signTest).toMatchObject({ wins: 159, losses: 78, ties: 63, status: "interim" });
    expect(row.permutationTest).toMatchObject({ prompts: 237, method: "exact sign flips by prompt" });
    expect((row.signTest as { p: number }).p).toBeCloseTo(1.6e-7, 8);
    expectNear((row.permutationTest as { p: number }).p, (row.signTest as { p: number }).p, 1e-9);
    const [net, halfTie] = [row.netPreference, row.resampledByPrompt];
    if (!("low" in net) || !("low" in halfTie)) throw new Error("refused");
    expect([net.low, net.high].map((end) => (1 + end) / 2)).toEqual([
      expect.closeTo(0.5857, 4),
      expect.closeTo(0.6816, 4),
    ]);
    expect(halfTie.low).toBeCloseTo(0.587, 2);
    expect(halfTie.high).toBeCloseTo(0.683, 2);
    expect(row.judgmentsNeeded).toEqual({
      ...{ halfWidth: 0.05, prompts: 277, judgments: 277, annotators: 277, limit: null },
    });
    const equal = LIMA.map(
      (counts) => tested(outcomes(counts[0], counts[1], counts[2])).equalOrBetter as { value: number },
    );
    expect(equal.map(({ value }) => Math.round(100 * value))).toEqual([74, 65, 58, 46, 43]);
  });

  it("takes all turns of a prompt, and all its judgments, as one", () => {
    const told: Told[] = [
      { prompt: 0, turn: 1, annotator: 0, outcome: 2 },
      { prompt: 0, turn: 2, annotator: 0, outcome: 0 },
      { prompt: 0, turn: 2, annotator: 1, outcome: 2 },
      { prompt: 1, annotator: 0, outcome: 0 },
      { prompt: 1, annotator: 1, outcome: 1 },
      { prompt: 2, annotator: 0, outcome: 2 },
      { prompt: 2, annotator: 1, outcome: 0 },
    ];
    const row = tested(told);
    expect(row.signTest).toEqual({ p: 1, wins: 1, losses: 1, ties: 1, status: "interim" });
    expect(row.permutationTest).toMatchObject({ p: 1, prompts: 2 }); // ⅓ against ½
  });

  it("adjusts for sides over the judgments whose side is known", () => {
    const told: Told[] = [
      ...outcomes(3, 0, 1).map((one) => ({ ...one, left: true })),
      ...outcomes(1, 0, 3).map((one) => ({
        ...one,
        prompt: one.prompt + 4,
        annotator: one.annotator + 4,
        left: false,
      })),
      ...outcomes(9, 0, 0).map((one) => ({
        ...one,
        prompt: one.prompt + 8,
        annotator: one.annotator + 8,
        left: null,
      })),
    ];
    expect(tested(told).sideAdjusted).toMatchObject({ value: 0.5, n: 8 });
    expect(tested(outcomes(5, 1, 3, { left: null })).sideAdjusted).toEqual({
      notEstimable: "the side is not known of any judgment",
    });
    expect(tested(outcomes(5, 1, 3, { left: true })).sideAdjusted).toEqual({
      notEstimable: "shown on one side only",
    });
  });

  it("takes the sides of the judgments of its own group", () => {
    const others = outcomes(5, 0, 0, { left: false, group: 1 });
    const own = outcomes(3, 1, 2).map((one) => ({ ...one, prompt: one.prompt + 5 }));
    expect(tested([...others, ...own], { group: 0 }).sideAdjusted).toEqual(tested(own).sideAdjusted);
  });

  it("draws from its seed and from nothing else", () => {
    const told = outcomes(30, 10, 20).map((one, i) => ({ ...one, prompt: i % 25 }));
    expect(tested(told)).toEqual(tested(told.toReversed()));
    const other = tested(told, { seed: "another" });
    expect(other.resampledByPrompt).not.toEqual(tested(told).resampledByPrompt);
    expect(other.signTest).toEqual(tested(told).signTest);
  });

  it("keeps of rebuilt judgments what percentages tell", () => {
    const row = tested(outcomes(...LIMA[0], { rebuilt: true }));
    const method = "variance of the scores (score, t, 299 df)";
    expect(row.netPreference).toMatchObject({ value: 0.27, method });
    expect(row.equalOrBetter).toMatchObject({ value: 0.74, method: "Wilson" });
    const reason = expect.stringContaining("reconstructed from published percentages") as string;
    for (const refused of [row.sideAdjusted, row.resampledByPrompt, row.judgmentsNeeded]) {
      expect(refused).toEqual({ notEstimable: reason });
    }
    for (const refused of [row.signTest, row.permutationTest]) {
      expect(refused).toEqual({ notEstimable: reason, status: "interim" });
    }
    const repeating = tested(
      outcomes(6, 2, 2, { rebuilt: true }).map((one, i) => ({ ...one, prompt: i % 4 })),
    );
    expect(repeating.netPreference).toEqual({
      value: expect.closeTo(0.4, 12) as number,
      n: 10,
      notEstimable: reason,
    });
    expect(repeating.equalOrBetter).toEqual({ value: 0.8, n: 10, notEstimable: reason });
  });

  it("refuses by name where there is nothing, one, or one kind of judgment", () => {
    const none = { notEstimable: "no judgments yet" };
    expect(tested([])).toEqual({
      beside: { margins: null, levelled: null },
      ...{ netPreference: none, equalOrBetter: none },
      sideAdjusted: none,
      signTest: { ...none, status: "interim" },
      permutationTest: { ...none, status: "interim" },
      tTest: { ...none, status: "interim" },
      targets: {
        ...{ annotators: 0, annotatorsAre: "seen once", theseAnnotators: none, annotatorsLikeThese: none },
      },
      resampledByPrompt: none,
      judgmentsNeeded: none,
    });
    const one = tested(outcomes(1, 0, 0));
    expect(one.netPreference).toEqual({ value: 1, n: 1, notEstimable: "only one judgment" });
    expect(one.signTest).toMatchObject({ p: 1, wins: 1 });
    expect(one.resampledByPrompt).toEqual({ notEstimable: "only one prompt" });
    const ties = tested(outcomes(0, 20, 0));
    expect(ties.netPreference).toEqual({
      value: 0,
      n: 20,
      notEstimable: "every judgment has the same score",
    });
    expect(ties.equalOrBetter).toMatchObject({ value: 1, high: 1 });
    expect(ties.signTest).toEqual({ notEstimable: "no wins and no losses", status: "interim" });
    expect(ties.permutationTest).toMatchObject({ notEstimable: "no prompt leans to either side" });
    const wins = tested(outcomes(20, 0, 0));
    expect(wins.netPreference).toMatchObject({ value: 1, high: 1, method: "exact binomial" });
    expect(wins.permutationTest).toMatchObject({ p: 2 ** -19 });
    expect(wins.judgmentsNeeded).toHaveProperty("notEstimable");
  });

  it("has its shape, and no number that is none, whatever was judged", () => {
    const any = fc.record({
      prompt: fc.nat(5),
      turn: fc.integer({ min: 1, max: 2 }),
      annotator: fc.nat(4),
      outcome: fc.nat(2),
      left: fc.option(fc.boolean()),
      group: fc.nat(1),
      rebuilt: fc.oneof({ weight: 20, arbitrary: fc.constant(false) }, fc.boolean()),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 25 }), fc.boolean(), (told, fixed) => {
        const [row] = afterHolm([tested(told, { fixed })]);
        expect(pairTestsSchema.parse(row)).toEqual(row);
        if (told.some(({ rebuilt }) => rebuilt) || told.length === 0) return;
        const [net, equal] = [row!.netPreference, row!.equalOrBetter] as { value: number }[];
        const count = (outcome: number) => told.filter((one) => one.outcome === outcome).length;
        expectNear(net!.value * told.length, count(2) - count(0), 1e-9);
        expectNear(equal!.value * told.length, count(2) + count(1), 1e-9);
      }),
    );
  });
});

describe("the family of a group's baselines", () => {
  const family = LIMA.map((counts) => tested(outcomes(counts[0], counts[1], counts[2])));
  const pOf = (row: UncorrectedPairTests) => (row.signTest as { p: number }).p;

  it("is corrected by Holm: two of LIMA's five differences stay unproven", () => {
    const corrected = afterHolm(family).map((row) => row.signTest as { p: number; pHolm: number });
    const [alpaca, daVinci, bard, claude, gpt4] = family.map(pOf) as [number, number, number, number, number];
    const expected = [3 * alpaca, 2 * bard, 2 * bard, 4 * claude, 5 * gpt4];
    corrected.forEach(({ pHolm }, i) => expectNear(pHolm, expected[i]!));
    expect(daVinci).toBeGreaterThan(bard);
    expect(corrected.filter(({ pHolm }) => pHolm <= 0.05)).toHaveLength(3);
  });

  it("counts a test that could not be made, so that the correction does not grow later", () => {
    const [first, second] = afterHolm([family[0]!, tested([])]);
    expectNear((first!.signTest as { pHolm: number }).pHolm, 2 * pOf(family[0]!));
    expect(second!.signTest).toEqual({ notEstimable: "no judgments yet", status: "exploratory" });
    expect(afterHolm([])).toEqual([]);
    const [alone, idle] = afterHolm([family[0]!, tested([])], false);
    expect(alone!.conclusion.comparisons).toBe(1); // nothing was declared: what was judged counts
    expectNear((alone!.signTest as { pHolm: number }).pHolm, pOf(family[0]!));
    expect(idle!.conclusion).toMatchObject({
      comparisons: 1,
      estimate: { notEstimable: "no judgments yet" },
    });
  });

  it("corrects together the tests that rows are concluded from, whatever their kind", () => {
    const by = (annotators: number, wins: number, of: number) =>
      tested(outcomes(wins, 0, of - wins).map((one) => ({ ...one, annotator: one.prompt % annotators })));
    const mixed = [by(4, 16, 20), by(4, 14, 20), by(1, 15, 20)];
    const rows = afterHolm(mixed);
    const own = rows.map(({ conclusion, ...row }) => row[conclusion.test] as { p: number; pHolm: number });
    expect(rows.map(({ conclusion }) => conclusion.test)).toEqual(["tTest", "tTest", "permutationTest"]);
    expect(own.map(({ pHolm }) => pHolm)).toEqual(holm(own.map(({ p }) => p)));
    expect(rows[0]!.permutationTest.status).toBe("exploratory");
  });

  it("corrects each kind of test on its own where all rows have the same, and leaves a family of one as it is", () => {
    const [only] = afterHolm([family[1]!]);
    const { p, pHolm } = only!.permutationTest as { p: number; pHolm: number };
    expect(pHolm).toBe(p);
    const all = afterHolm(family).map((row) => row.permutationTest as { p: number; pHolm: number });
    all.forEach(({ p, pHolm }) => expect(pHolm).toBeGreaterThanOrEqual(p));
  });
});
