import { describe, expect, it } from "vitest";
import type { ExclusionRule, WatchedAnnotator } from "../../../server/contract/watching.ts";
import { exclusionRuleSays, metSays } from "../../../server/report-document/watching-words.ts";
import { meets } from "../../../server/watching/meets.ts";

const NONE = { count: 0, of: 0 };
const careful: WatchedAnnotator = {
  ...{ annotator: "a", group: "crowd", participant: null, look: [], judged: 20, skipped: 0, flagged: 0 },
  ...{ openPairs: 0, lastSeen: null, medianSeconds: 30, fast: { count: 0, of: 20 }, ties: NONE },
  ...{ left: { count: 10, of: 18 }, checks: { count: 4, of: 4 }, agreement: null, unanswered: false },
  ...{ review: null, excluded: null },
};
const failed = { checks: { count: 2, of: 4 } };
const fast = { medianSeconds: 4.9 };

describe("a rule of exclusion", () => {
  it.each<[ExclusionRule, Partial<WatchedAnnotator>, boolean]>([
    [{ kind: "checks", failed: 2, of: 4 }, failed, true],
    [{ kind: "checks", failed: 3 }, failed, false],
    [{ kind: "checks", failed: 2, of: 5 }, failed, false],
    [{ kind: "checks", failed: 1 }, {}, false],
    [{ kind: "speed", seconds: 5 }, fast, true],
    [{ kind: "speed", seconds: 4.9 }, fast, false],
    [{ kind: "speed", seconds: 5 }, { ...fast, fast: { count: 0, of: 4 } }, false],
    [{ kind: "speed", seconds: 5 }, { medianSeconds: null }, false],
    [{ kind: "side", percent: 95 }, { left: { count: 19, of: 20 } }, true],
    [{ kind: "side", percent: 95 }, { left: { count: 1, of: 20 } }, true],
    [{ kind: "side", percent: 95 }, { left: { count: 9, of: 9 } }, false],
    [{ kind: "side", percent: 95 }, {}, false],
    [{ kind: "report" }, { look: ["speed"] }, true],
    [{ kind: "report" }, { look: ["message", "review", "results"] }, false],
    [{ kind: "report", rules: ["side", "checks"] }, { look: ["speed"] }, false],
    [{ kind: "report", rules: ["side", "checks"] }, { look: ["speed", "side"] }, true],
  ])("%j of an annotator with %j: %s", (rule, over, isMet) => {
    expect(meets(rule, { ...careful, ...over })).toBe(isMet);
    expect(meets(rule, { ...careful, ...over, excluded: "earlier" })).toBe(false);
    expect(exclusionRuleSays(rule)).toMatch(/^[a-z\d]/);
    if (isMet) expect(metSays(rule, { ...careful, ...over })).not.toBe("");
  });
});
