import { describe, expect, it } from "vitest";
import { positionOf } from "../../../server/analysis/position/position.ts";
import { positionSection } from "../../../server/report-document/sections/position.ts";
import { DEFAULT_ANALYSIS } from "../../../server/studies/default-protocol.ts";
import { judgedData, type Told } from "../../support/statistics/judged-data.ts";

const DECLARED = { analysis: { ...DEFAULT_ANALYSIS, status: "confirmatory" as const, protocolHash: null } };

/** 40 prompts and 10 annotators, each of whom chooses a side of their own, or all of them left. */
function sentence(leftists: number): string {
  const judgments = Array.from({ length: 400 }, (_, i): Told => {
    const annotator = i % 10;
    const isLeft = annotator < leftists === i % 17 > 0;
    return { prompt: i % 40, left: 0, right: 1, annotator, turn: i, choice: isLeft ? "left" : "right" };
  });
  const position = positionOf(judgedData({ judgments, systems: 2 }));
  expect(position.p).toBeLessThan(0.001);
  return positionSection(position, DECLARED).finding ?? "";
}

describe("what is written of sides", () => {
  it("is what the interval leaves open, whatever p is if judgments were independent", () => {
    expect(sentence(7)).toMatch(
      /of 400 decisive judgments \(exploratory; the interval includes an even split\)\.$/,
    );
    expect(sentence(10)).toMatch(/\(exploratory; the interval excludes an even split\)\.$/);
    expect(sentence(7)).not.toMatch(/p\s[=<]/);
  });
});
