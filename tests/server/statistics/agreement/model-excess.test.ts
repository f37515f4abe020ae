import { describe, expect, it } from "vitest";
import { type BesideModel, modelExcess } from "../../../../server/statistics/agreement/model-excess.ts";
import { chatbotStudy, type ChatbotShape } from "../../../support/chatbot-studies.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";

const STUDIES = times(150);
const LEVEL = 0.05;

/** How many of those who pass verdicts on are found, and of honest people stand out, over simulated studies. */
function simulated(shape: ChatbotShape): { found: number; falsely: number } {
  const tally = { passing: 0, found: 0, honest: 0, falsely: 0 };
  for (let study = 0; study < STUDIES; study++) {
    for (const { annotator, standsOut } of modelExcess(
      chatbotStudy(`chatbot ${FIRST + study}`, shape),
      LEVEL,
    )) {
      const isPassing = annotator < shape.passing;
      tally[isPassing ? "passing" : "honest"]++;
      if (standsOut) tally[isPassing ? "found" : "falsely"]++;
    }
  }
  return { found: tally.found / (tally.passing || 1), falsely: tally.falsely / tally.honest };
}

const TEN = { workers: 10, passing: 2, each: 40, judgments: 3, fidelity: 0.9, care: 0.3 };

describe("agreement with a model in excess of what other people have", () => {
  it.each<[string, ChatbotShape]>([
    ["whose chatbot is the study's model", { ...TEN, fidelity: 1 }],
    ["whose chatbot says the same on 90 % of pairs", TEN],
    ["among people who differ much in care", { ...TEN, care: 0.5 }],
    ["with five judgments per pair", { ...TEN, judgments: 5 }],
    ["with two judgments per pair", { ...TEN, judgments: 2 }],
  ])("finds 2 of 10 workers who pass on verdicts, %s", (name, shape) => {
    const { found, falsely } = simulated(shape);
    keepFigure(`chatbot found: ${name}`, found, STUDIES);
    keepFigure(`chatbot falsely: ${name}`, falsely, STUDIES);
    expect(found).toBeGreaterThan(0.8);
    expect(falsely).toBeLessThan(0.05);
  });

  it("points out few where nobody passes anything on", () => {
    expect(simulated({ ...TEN, passing: 0 }).falsely).toBeLessThan(0.05);
  });

  it("is what the definition gives, for judgments that are counted by hand", () => {
    // six annotators judge the same ten pairs; the first always agrees with the model, the others on the pairs listed
    const agreeing = [
      new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
      ...[4, 4, 5, 5, 6].map((n) => new Set([...Array(n).keys()])),
    ];
    const rows = agreeing.flatMap((pairs, annotator) =>
      Array.from({ length: 10 }, (_, pair): BesideModel => ({ annotator, pair, same: pairs.has(pair) })),
    );
    const [first, second] = modelExcess(rows, 1e-9); // so strict that nobody is taken out
    expect(first).toMatchObject({ annotator: 0, pairs: 10, agreement: 1, standsOut: false });
    expect(first!.expected).toBeCloseTo((4 + 4 + 5 + 5 + 6) / 50, 12);
    expect(second!.expected).toBeCloseTo((10 + 4 + 5 + 5 + 6) / 50, 12);
    expect(first!.score).toBeGreaterThan(second!.score);
  });

  it("looks at nobody with too few annotators or pairs", () => {
    const rows = chatbotStudy("few", { ...TEN, workers: 4, each: 20 });
    expect(modelExcess(rows, LEVEL)).toEqual([]);
    expect(modelExcess(chatbotStudy("short", { ...TEN, each: 9 }), LEVEL)).toEqual([]);
    expect(modelExcess([], LEVEL)).toEqual([]);
  });

  it("does not depend on the order of the judgments", () => {
    const rows = chatbotStudy("order", TEN);
    const scores = (list: BesideModel[]) =>
      new Map(modelExcess(list, LEVEL).map(({ annotator, score }) => [annotator, score.toFixed(9)]));
    expect(scores([...rows].reverse())).toEqual(scores(rows));
  });
});
