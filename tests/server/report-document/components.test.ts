import { expect, it } from "vitest";
import type { PairComponents } from "../../../server/contract/report-components.ts";
import type { Report } from "../../../server/contract/report.ts";
import { componentsSection } from "../../../server/report-document/sections/components.ts";
import { pairOf } from "../charts/chart-fixture.ts";

const component = (share: number, shareLow: number, shareHigh: number) => ({
  variance: { value: 0.01, low: 0, high: 0.1 },
  share: { value: share, low: shareLow, high: shareHigh },
});

function made(against: string, moreOf: "prompts" | "annotators" | null): PairComponents {
  return {
    ...{ system: "ours", against, group: null, prompts: 40, annotators: 5, judgments: 120 },
    components: {
      prompts: component(0.3, 0.1, 0.6),
      annotators: component(0.5, 0.1, 0.9),
      residual: { variance: { value: 0.1 }, share: { value: 0.2 } },
      moreOf,
    },
  };
}

const refused = (against: string): PairComponents => ({
  ...{ system: "ours", against, group: null, prompts: 4, annotators: 1, judgments: 4 },
  components: { notEstimable: "only one annotator" },
});

function sectionOf(rows: readonly PairComponents[]) {
  const pairs = rows.map(({ against }) => ({ ...pairOf([7, 2, 1]), system: "ours", against, group: null }));
  return componentsSection(rows, { pairs, groups: [] } as unknown as Report);
}

const advice = (...rows: PairComponents[]): string => sectionOf(rows).finding ?? "";

it("advises what the intervals show, pair by pair, and nothing where they show nothing", () => {
  expect(advice(made("a", "prompts"))).toBe(
    "More prompts would narrow the interval more than more annotators for the pair with a.",
  );
  expect(advice(made("a", "annotators"), made("b", "annotators"))).toBe(
    "More annotators would narrow the interval more than more prompts for every pair.",
  );
  expect(advice(made("a", "prompts"), made("b", null), made("c", null))).toBe(
    "More prompts would narrow the interval more than more annotators for the pair with a. Which of the two to add more " +
      "of is not shown for 2 pairs: the interval of the annotators’ share holds 50 %.",
  );
  expect(advice(refused("a"))).toBe(
    "Prompts and annotators cannot be told apart here, so this report cannot advise what to add.",
  );
  expect(advice()).toBe("No judgments yet.");
});

it("shows shares in per cent with their intervals, or the reason", () => {
  const tables = sectionOf([made("a", null), refused("b")]).parts.flatMap((part) =>
    part.kind === "table" ? [part.table] : [],
  );
  const [table] = tables;
  expect(table?.rows[0]?.cells.slice(4)).toEqual([
    { value: 0.3, as: "share", ends: [0.1, 0.6] },
    { value: 0.5, as: "share", ends: [0.1, 0.9] },
    { value: 0.2, as: "share" },
    { value: "not shown" },
  ]);
  expect(table?.notes.map(({ text }) => text)).toEqual(["not estimable, only one annotator"]);
});
