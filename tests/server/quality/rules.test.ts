import { describe, expect, it } from "vitest";
import { type Rule, ruleSchema, rulesSchema } from "../../../server/contract/quality.ts";
import { DEFAULT_RULES } from "../../../server/quality/default-rules.ts";
import { foundBy, type Tally, withJudgment, type Work } from "../../../server/quality/rules.ts";
import { wordsIn } from "../../../server/statistics/judgments/words-in.ts";

const NONE = { passed: 0, of: 0 };
const WORK: Work = {
  ...{ judged: 10, run: 3, runChoice: "left", faster: { 600: 4 } },
  ...{ gold: NONE, attention: NONE, repeats: NONE },
};
const rule = (given: Partial<Rule>): Rule => ({
  signal: "gold",
  threshold: 0.6,
  after: 4,
  then: "note",
  ...given,
});

describe("a rule", () => {
  it.each<[string, Rule, Partial<Work>, object | null]>([
    ["finds a share below its threshold", rule({}), { gold: { passed: 2, of: 4 } }, { value: 0.5, of: 4 }],
    ["lets a share at its threshold be", rule({ threshold: 0.5 }), { gold: { passed: 2, of: 4 } }, null],
    ["waits for enough checks", rule({}), { gold: { passed: 0, of: 3 } }, null],
    ["looks at its own signal alone", rule({ signal: "repeats" }), { gold: { passed: 0, of: 9 } }, null],
    [
      "finds that half of the pairs were judged faster",
      rule({ signal: "speed", threshold: 600 }),
      { faster: { 600: 5 } },
      { value: 0.5, of: 10 },
    ],
    ["lets fewer be", rule({ signal: "speed", threshold: 600 }), {}, null],
    [
      "waits for enough pairs",
      rule({ signal: "speed", threshold: 600, after: 11 }),
      { faster: { 600: 10 } },
      null,
    ],
    ["knows no speed that was not counted", rule({ signal: "speed", threshold: 700 }), {}, null],
    ["finds a run", rule({ signal: "straight", threshold: 3 }), {}, { value: 3, of: 10 }],
    ["lets a shorter run be", rule({ signal: "straight", threshold: 4 }), {}, null],
  ])("%s", (_, one, work, seen) => {
    expect(foundBy(one, { ...WORK, ...work })).toEqual(seen);
  });

  it("is refused with a threshold that cannot be", () => {
    for (const wrong of [
      { signal: "gold", threshold: 1.1 },
      { signal: "gold", threshold: 0 },
      { signal: "straight", threshold: 4.5 },
      { signal: "speed", threshold: 0.5 },
    ])
      expect(ruleSchema.safeParse({ after: 4, then: "note", ...wrong }).success).toBe(false);
  });

  it("stands alone for what it looks at and does", () => {
    const twice = [rule({}), rule({ threshold: 0.4 })];
    expect(rulesSchema.safeParse(twice).error?.issues[0]?.message).toContain("same consequence");
    expect(rulesSchema.safeParse([rule({}), rule({ then: "warn" })]).success).toBe(true);
    expect(rulesSchema.parse(DEFAULT_RULES)).toEqual(DEFAULT_RULES);
    expect(DEFAULT_RULES.map(({ then }) => then)).not.toContain("end");
  });
});

describe("the tally", () => {
  it("counts runs of what was shown and pairs that were faster", () => {
    const thresholds = [600, 1500];
    let tally: Tally | null = null;
    for (const [choice, speed] of [
      ["left", 100],
      ["left", 700],
      ["tie", 2000],
      ["tie", 600],
    ] as const)
      tally = withJudgment(tally, { choice, speed, thresholds });
    expect(tally).toEqual({ judged: 4, runChoice: "tie", run: 2, faster: { 600: 2, 1500: 1 } });
    expect(withJudgment(null, { choice: "tie", speed: 0, thresholds: [] })).toMatchObject({
      judged: 1,
      run: 1,
    });
  });

  it("counts words of languages with and without spaces", () => {
    expect(wordsIn("Don’t re-use it: 3 times,\n**never**.")).toBe(6);
    expect(wordsIn("我喜欢雨。Rain!")).toBe(5);
    expect(wordsIn(" … ")).toBe(0);
  });
});
