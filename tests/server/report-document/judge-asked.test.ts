import { expect, it } from "vitest";
import type { Asked } from "../../../server/contract/model-calls.ts";
import { askedText } from "../../../server/report-document/sections/judge-asked.ts";
import { strengthParts } from "../../../server/report-document/sections/judge-strengths.ts";

const PLAIN: Asked = {
  ...{ preset: null, changes: [], template: "standard", examples: 0, criteria: false, criteriaField: null },
  ...{ referenceField: null, scale: "three", verdictFrom: "reply", samples: 1 },
};

it.each([
  [{}, "asked as people are"],
  [{ preset: "lima" }, "asked in LIMA’s condition (what people are asked, once)"],
  [
    { preset: "mt-bench", template: "preset", changes: ["orders", "samples"], samples: 3 },
    "asked in MT-Bench style (its inputs and options in other words) but for the orders and the number of replies " +
      "per verdict, the verdict being that of most of 3 replies, or a tie where no option has most",
  ],
  [
    { template: "own", criteria: true, referenceField: "ref", examples: 1 },
    "asked with the study’s own instructions, with criteria of the study, reference answers (“ref”) and 1 judged example",
  ],
  [
    { preset: "arena-hard", template: "own", scale: "five" },
    "asked in Arena-Hard style (A>>B counting as one win, not as three), for one of five steps (A>>B to B>>A), which count as the three options A, tie and B",
  ],
  [
    { preset: "alpaca-eval", template: "preset" },
    "asked in AlpacaEval 2 style (its inputs and options in other words; not corrected for length)",
  ],
  [
    { verdictFrom: "probabilities" },
    "asked as people are, the verdict being the likelier of A and B as its first word, by their log probabilities",
  ],
] satisfies [Partial<Asked>, string][])("how a judge was asked: %j", (asked, text) => {
  expect(askedText({ ...PLAIN, ...asked })).toBe(text);
});

it("shows strengths with the steps or the preference that there are, and nothing without", () => {
  const calls = (strengths?: object[]) => ({ strengths }) as unknown as Parameters<typeof strengthParts>[1];
  expect(strengthParts("m", calls())).toEqual([]);
  const shown = (strength: object) =>
    JSON.stringify(strengthParts("m", calls([{ system: "t", against: "b", replies: 4, ...strength }])));
  expect(shown({ preference: 0.25, steps: null })).toMatch(/mean preference/);
  expect(shown({ preference: 0.25, steps: null })).not.toMatch(/much worse/);
  expect(shown({ preference: null, steps: [1, 0, 2, 0, 1] })).toMatch(/much worse/);
  expect(shown({ preference: null, steps: [1, 0, 2, 0, 1] })).not.toMatch(/mean preference/);
});
