import { describe, expect, it } from "vitest";
import { promptsSchema } from "../../../../server/contract/report-prompts.ts";
import { promptsOf } from "../../../../server/analysis/prompts/prompts.ts";
import { listPairs, PairRanges } from "../../../../server/analysis/rows/pair-list.ts";
import type { StudyData } from "../../../../server/analysis/rows/study-data.ts";
import { testsOf } from "../../../../server/analysis/pairs/tests.ts";
import type { Analysis } from "../../../../server/contract/studies.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { judgedData, type Told, type ToldStudy } from "../../../support/statistics/judged-data.ts";

/** Each prompt judged by three of nine annotators, a share of them for the target. */
function judged(prompts: number, chance: (prompt: number) => number): Told[] {
  const random = seededRandom(`deciding ${prompts}`);
  return Array.from({ length: prompts * 3 }, (_, i): Told => {
    const prompt = Math.floor(i / 3);
    const wins = random() / 2 ** 32 < chance(prompt);
    return { prompt, left: 0, right: 1, annotator: (i * 5 + prompt) % 9, choice: wins ? "left" : "right" };
  });
}

function dataOf(judgments: readonly Told[], analysis: Partial<Analysis> = {}, more: Partial<ToldStudy> = {}) {
  const data = judgedData({ judgments, systems: 2, target: 0, ...more });
  const declared = { ...data.facts.declared, analysis: { ...data.facts.declared.analysis, ...analysis } };
  return { ...data, facts: { ...data.facts, declared } };
}

function made(data: StudyData) {
  const ranges = new PairRanges(data.rows);
  const given = {
    facts: data.facts,
    rows: data.rows,
    pairs: listPairs(data.facts, ranges),
    ranges,
    groups: [null],
  };
  return { pairs: promptsSchema.parse(promptsOf(data, given)), tests: testsOf(data, given) };
}

function figuresOf(data: StudyData) {
  const [pair] = made(data).pairs;
  if (pair === undefined || "notEstimable" in pair.figures) throw new Error("no figures");
  return pair.figures;
}

const DECLARED: Partial<Analysis>[] = [
  { test: "tTest", estimate: "halfTieRateByPrompt" },
  { test: "tTest", estimate: "halfTieRate" },
  { test: "permutationTest", estimate: "halfTieRateByPrompt" },
  { test: "permutationTest", estimate: "halfTieRate" },
];

describe("the prompts that decide", () => {
  it.each(DECLARED)("are those without which the interval of the target holds one half: %o", (analysis) => {
    const judgments = judged(60, () => 0.72);
    const data = dataOf(judgments, analysis);
    const { pairs, tests } = made(data);
    const { rate, deciding } = figuresOf(data);
    expect(pairs[0]).toMatchObject({ system: "s0", against: "s1", group: null, prompts: 60, judgments: 180 });
    expect(rate).toEqual(tests[0]!.conclusion.estimate);
    if ("notEstimable" in deciding || !("low" in deciding.without)) throw new Error("nothing decides");
    expect(deciding).toMatchObject({ until: "interval holds one half", share: deciding.prompts / 60 });
    expect(deciding.names).toHaveLength(deciding.prompts);
    expect(deciding.without.low).toBeLessThanOrEqual(0.5);
    // the same as the report of the rest alone; with one prompt more the interval leaves one half out
    const left = (names: readonly string[]) =>
      dataOf(
        judgments.filter(({ prompt }) => !names.includes(`p${prompt}`)),
        analysis,
      );
    const [rest] = made(left(deciding.names)).tests;
    expect(deciding.without).toEqual(rest!.conclusion.estimate);
    const [oneMore] = made(left(deciding.names.slice(0, -1))).tests;
    const { estimate } = oneMore!.conclusion;
    expect("low" in estimate && estimate.low).toBeGreaterThan(0.5);
  });

  it("are counted until the rate reaches one half where the interval holds it already, on either side", () => {
    const wins = (choices: readonly Told["choice"][]) =>
      choices.map((choice, prompt): Told => ({ prompt, left: 0, right: 1, annotator: prompt, choice }));
    const above = wins(["left", "right", "left", "left", "right", "tie", "left"]);
    const below = above.map((one): Told => ({ ...one, left: 1, right: 0 }));
    expect(figuresOf(dataOf(above)).deciding).toMatchObject({
      ...{ until: "rate reaches one half", prompts: 2, names: ["p0", "p2"], others: true },
      without: { value: 0.5 },
    });
    expect(figuresOf(dataOf(below)).deciding).toMatchObject({ prompts: 2, names: ["p0", "p2"] });
    expect(figuresOf(dataOf(wins(["left", "right"]))).deciding).toEqual({
      notEstimable: "the rate is one half already",
    });
    expect(figuresOf(dataOf(wins(["left", "left"]))).deciding).toEqual({
      notEstimable: "every prompt leans to the same side, so that the rate stays there without any of them",
    });
  });

  it("may be all but a few where every prompt leans to one side", () => {
    const { deciding } = figuresOf(dataOf(judged(30, () => 1)));
    if ("notEstimable" in deciding) throw new Error("nothing decides");
    expect(30 - deciding.prompts).toBe(5); // five prompts won do not leave one half out
    expect(deciding.others).toBe(true);
  });
});

describe("the prompts of a pair", () => {
  it("have their score, division and influence, the strongest first", () => {
    const rows: [prompt: number, choices: Told["choice"][]][] = [
      [0, ["left", "left", "left"]],
      [1, ["left", "right", "left"]],
      [2, ["right", "right"]],
      [3, ["left", "tie"]],
      [4, ["left"]],
    ];
    const judgments = rows.flatMap(([prompt, choices]) =>
      choices.map((choice, annotator): Told => ({ prompt, left: 0, right: 1, annotator, choice })),
    );
    const { above, even, below, judgedTwice, divided, byInfluence, byDivision } = figuresOf(
      dataOf(judgments),
    );
    expect({ above, even, below, judgedTwice, divided }).toEqual({
      ...{ above: 4, even: 0, below: 1, judgedTwice: 4, divided: 2 },
    });
    expect(byInfluence.map(({ prompt, judgments: n, score }) => [prompt, n, score])).toEqual([
      ["p2", 2, 0],
      ["p0", 3, 1],
      ["p4", 1, 1],
      ["p3", 2, 0.75],
      ["p1", 3, 2 / 3],
    ]);
    expect(byInfluence[0]!.influence).toBeLessThan(0);
    expect(byInfluence.map(({ division }) => division)).toEqual([0, 0, null, 0.5, 2 / 3]);
    expect(byDivision.map(({ prompt }) => prompt)).toEqual(["p1", "p3"]);
  });

  it("are at most 20 in a list", () => {
    const { byInfluence, byDivision } = figuresOf(dataOf(judged(60, () => 0.5)));
    expect([byInfluence.length, byDivision.length]).toEqual([20, 20]);
  });

  it("are refused where they were made up, of one prompt, and are those of people", () => {
    const rebuilt = judged(12, () => 0.8).map((one) => ({ ...one, rebuilt: true }));
    expect(made(dataOf(rebuilt)).pairs[0]!.figures).toEqual({
      notEstimable:
        "reconstructed from published percentages: how the judgments fell on prompts is not in them",
    });
    expect(made(dataOf(judged(1, () => 0.8))).pairs[0]!.figures).toEqual({ notEstimable: "only one prompt" });
    const groups = [{ kind: "model" as const }];
    expect(
      made(
        dataOf(
          judged(12, () => 0.8),
          {},
          { groups },
        ),
      ).pairs,
    ).toEqual([]);
  });
});
