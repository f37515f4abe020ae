import { expect, it } from "vitest";
import type { LookTaken } from "../../../../server/analysis/rows/read-looks.ts";
import { lookOf } from "../../../../server/analysis/rows/looks.ts";
import { DEFAULT_ANALYSIS } from "../../../../server/studies/default-protocol.ts";

const WANTED = 100;

/** The level of a study with looks at .5 and .75, of which some were taken, now that so many judgments are there. */
function levelAt(judged: number, takenAt: readonly number[], state: "open" | "closed" = "closed"): number {
  const taken = takenAt.map((at): LookTaken => ({ judged: at, wanted: WANTED }));
  const analysis = { ...DEFAULT_ANALYSIS, looks: { at: [0.5, 0.75], spending: "pocock" as const } };
  const facts = { study: { state }, declared: { analysis, hash: "h", looks: taken } };
  return lookOf({ facts, slots: { judged, wanted: WANTED } } as unknown as Parameters<typeof lookOf>[0])!
    .level;
}

it("what a look has spent stays spent where judgments are excluded after it", () => {
  const first = levelAt(50, [50], "open");
  expect(first).toBeCloseTo(0.031, 3);
  expect(first + levelAt(45, [50])).toBeCloseTo(0.05, 9);
  expect(levelAt(76, [80, 76], "open"), "a second look with fewer judgments").toBeLessThan(1e-14);
  expect(levelAt(100, [80, 76])).toBeCloseTo(levelAt(100, [80]), 12);
});
