import { expect, it } from "vitest";
import { withoutThinking } from "../../../server/blinding-audit/signs/marks.ts";

it.each([
  ["<think>Hm.</think>\n\nYes.", "Yes."],
  ["Hm.</think> Yes.", "Yes."],
  ["<think>Hm. Yes.", "Hm. Yes."],
  ["A <think>b</THINK> c <thought>d</thought>e", "A c e"],
  ["<think>a<think>b</think>c</think>d", "d"],
  ["<think>a</thought>b</think>c", "c"],
  ["<reasoning>a</think>b", "b"],
])("takes the reasoning out of %s", (text, rest) => {
  expect(withoutThinking(text)).toBe(rest);
});

it("goes through a text once, however many marks have no end", () => {
  const marks = 300_000; // a search for the end of each would take hours
  expect(withoutThinking("<think>x".repeat(marks))).toBe("x".repeat(marks));
});
