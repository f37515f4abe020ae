import { expect, it } from "vitest";
import type { PairPrompts } from "../../../server/contract/report-prompts.ts";
import type { Report } from "../../../server/contract/report.ts";
import { promptsSection } from "../../../server/report-document/sections/prompts.ts";
import { DEFAULT_ANALYSIS } from "../../../server/studies/default-protocol.ts";
import { pairOf } from "../charts/chart-fixture.ts";

type Figures = Exclude<PairPrompts["figures"], { notEstimable: string }>;

const estimate = (value: number, low: number, high: number) => ({ value, low, high, method: "t", n: 120 });
const listed = (prompt: string, influence: number) => ({
  ...{ prompt, judgments: 3, score: 1, division: 0.5, influence, decides: influence > 0.01 },
});

function pairWith(against: string, figures: Partial<Figures> = {}): PairPrompts {
  return {
    ...{ system: "ours", against, group: null, prompts: 1200, judgments: 3600 },
    figures: {
      ...{
        rate: estimate(0.612, 0.55, 0.67),
        above: 700,
        even: 100,
        below: 400,
        judgedTwice: 1200,
        divided: 30,
      },
      deciding: {
        ...{ until: "interval holds one half", prompts: 70, share: 70 / 1200, names: ["p1"], others: false },
        without: estimate(0.551, 0.499, 0.603),
      },
      ...{ byInfluence: [listed("p1", 0.02), listed("p2", -0.01)], byDivision: [listed("p3", 0.001)] },
      ...figures,
    },
  };
}

function sectionOf(rows: readonly PairPrompts[]) {
  const pairs = rows.map(({ against }) => ({ ...pairOf([7, 2, 1]), system: "ours", against, group: null }));
  return promptsSection(rows, { pairs, groups: [], analysis: DEFAULT_ANALYSIS } as unknown as Report);
}

function sentenceOf(figures: Partial<Figures>): string {
  const [first] = sectionOf([pairWith("a", figures)]).parts;
  return first?.kind === "list" ? first.items[0]!.text.replaceAll("\u00A0", " ") : "";
}

it("names the set, its share and what is left without it, and claims no more", () => {
  const { deciding } = pairWith("a").figures as Figures;
  if ("notEstimable" in deciding) throw new Error("nothing decides");
  expect(sentenceOf({})).toBe(
    "Against a: .612 [.550, .670]; its interval leaves one half out. Without 70 of 1,200 prompts (5.8 %) its interval would " +
      "hold one half: .551 [.499, .603].",
  );
  expect(
    sentenceOf({ deciding: { ...deciding, without: { value: 1, notEstimable: "only one prompt" } } }),
  ).toMatch(/ it would have no interval: 1\.000/);
  expect(
    sentenceOf({
      rate: estimate(0.51, 0.45, 0.57),
      deciding: {
        ...{ ...deciding, until: "rate reaches one half", others: true },
        without: estimate(0.499, 0.44, 0.56),
      },
    }),
  ).toBe(
    "Against a: .510 [.450, .570]; its interval holds one half. Without 70 of 1,200 prompts (5.8 %, one set of several) it " +
      "would be at one half or beyond: .499 [.440, .560].",
  );
  expect(sentenceOf({ deciding: { notEstimable: "the rate is one half already" } })).toBe(
    "Against a: .612 [.550, .670]. No prompts decide: the rate is one half already.",
  );
});

it("leads from each prompt to its judgments, and names the pair where there are several", () => {
  const tables = (rows: readonly PairPrompts[]) =>
    sectionOf(rows).parts.flatMap((part) =>
      part.kind === "fold"
        ? part.parts.flatMap((inner) => (inner.kind === "table" ? [inner.table] : []))
        : [],
    );
  const [influence, division] = tables([pairWith("a")]);
  expect(influence!.rows.map(({ cells }) => cells[0])).toEqual([
    { value: "p1", to: { system: "ours", against: "a", group: undefined, prompt: "p1" } },
    { value: "p2", to: { system: "ours", against: "a", group: undefined, prompt: "p2" } },
  ]);
  expect(influence!.rows.map(({ cells }) => cells[5]!.value)).toEqual(["yes", "no"]);
  expect(division!.rows).toHaveLength(1);
  const [several] = tables([pairWith("a"), pairWith("b")]);
  expect(several!.rows.map(({ cells }) => cells[0]!.value)).toEqual([
    ...["against a: p1", "against a: p2", "against b: p1", "against b: p2"],
  ]);
});

it("gives the reason where there are no figures, once", () => {
  const none = (against: string): PairPrompts => ({
    ...pairWith(against),
    figures: { notEstimable: "only one prompt" },
  });
  expect(sectionOf([none("a"), none("b")])).toMatchObject({
    ...{ finding: "Not estimable: only one prompt.", parts: [] },
  });
  const { parts } = sectionOf([none("a"), pairWith("b", { byInfluence: [], byDivision: [] })]);
  expect(parts.map(({ kind }) => kind)).toEqual(["list", "guide", "table"]);
  expect(sectionOf([])).toMatchObject({ finding: "No judgments yet.", parts: [] });
});
