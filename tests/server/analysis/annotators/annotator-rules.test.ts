import { describe, expect, it } from "vitest";
import { type AnnotatorFigures, annotatorSchema } from "../../../../server/contract/report-annotators.ts";
import { byAnnotatorOf } from "../../../../server/analysis/annotators/annotators.ts";
import type { StudyData } from "../../../../server/analysis/rows/study-data.ts";
import { randomBelow, seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { reasonsOf, standingOut } from "../../../../server/report-document/sections/annotator-words.ts";
import { annotatorsSection } from "../../../../server/report-document/sections/annotators.ts";
import { DEFAULT_ANALYSIS } from "../../../../server/studies/default-protocol.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";

type Choice = Told["choice"];
/** What annotator 0 does: a choice, and for how many milliseconds; `truth` is what the others mostly say. */
type Way = (seen: { i: number; truth: Choice; random: () => number }) => { choice: Choice; ms?: number };

const CHOICES: readonly Choice[] = ["left", "tie", "right"];

/** Four who read for 30 s each, and one who works in a way of their own. */
function crowd(
  way: Way,
  { prompts = 80, timed = true }: { prompts?: number; timed?: boolean } = {},
): StudyData {
  const random = seededRandom("crowd");
  const below = (n: number) => randomBelow(random, n);
  const told: (Told & { ms: number })[] = [];
  for (let prompt = 0; prompt < prompts; prompt++) {
    const truth = CHOICES[below(3)]!; // of sides when system 0 stands left
    for (let annotator = 0; annotator < 5; annotator++) {
      const left = below(2);
      const shown = (side: Choice): Choice =>
        left === 0 || side === "tie" ? side : side === "left" ? "right" : "left";
      const honest = below(5) === 0 ? CHOICES[below(3)]! : truth;
      const own = way({ i: prompt, truth: shown(truth), random: () => below(1000) / 1000 });
      const { choice, ms = 30_000 } = annotator === 0 ? own : { choice: shown(honest) };
      told.push({ prompt, left, right: 1 - left, annotator, choice, ms });
    }
  }
  const data = judgedData({ judgments: told, systems: 2, target: 0 });
  const msOf = (i: number) =>
    told.find(
      ({ prompt, annotator }) => prompt === data.rows.prompt[i] && annotator === data.rows.annotator[i],
    )!.ms;
  const activeMs = Int32Array.from(data.rows.prompt, (_, i) => (timed ? msOf(i) : -1));
  return { ...data, rows: { ...data.rows, activeMs } };
}

/** What reports of older versions lack. */
const NEW = new Set(["againstChance", "fast", "oneAnswer", "pointedOut", "notLookedAt"]);

const toldOf = (
  way: Way,
  options?: Parameters<typeof crowd>[1],
  checks: { passed: number; of: number }[] = [],
) => byAnnotatorOf(crowd(way, options), { repeats: [], checks }).map((one) => annotatorSchema.parse(one));

const reads: Way = ({ truth }) => ({ choice: truth });
const lot: Way = ({ random }) => ({ choice: CHOICES[Math.floor(3 * random())]! });

const WAYS: readonly { name: string; way: Way; rules: readonly string[]; says: RegExp }[] = [
  { name: "answers by lot", way: lot, rules: ["chance"], says: /not shown to be better than chance/ },
  {
    ...{ name: "answers in 1.7 s", rules: ["speed"] },
    ...{ way: ({ truth }) => ({ choice: truth, ms: 1700 }), says: /fast/ },
  },
  {
    ...{ name: "takes what stands left", rules: ["chance", "side"] },
    ...{ way: () => ({ choice: "left" }), says: /one side, 100\.0/ },
  },
  {
    ...{ name: "takes what stands right, or ties", rules: ["chance", "side"] },
    ...{ way: ({ i }) => ({ choice: i % 4 ? "right" : "tie" }), says: /one side, 0\.0/ },
  },
  {
    ...{ name: "never decides", rules: ["answer"] },
    ...{ way: () => ({ choice: "tie" }), says: /one answer, a tie in 100\.0/ },
  },
  {
    ...{ name: "never decides, and calls both bad", rules: ["answer"] },
    ...{ way: () => ({ choice: "both_bad" }), says: /one answer, a tie/ },
  },
];

describe("who stands out", () => {
  it.each(WAYS)("is who $name, by a rule of its own", ({ way, rules, says }) => {
    const told = toldOf(way);
    expect(told.map(({ pointedOut }) => pointedOut)).toEqual([rules, [], [], [], []]);
    expect(standingOut(told, [])).toMatch(/^Of 5 annotators, 1 stands out/);
    const [reason, ...more] = reasonsOf(told);
    expect(more).toEqual([]);
    expect(reason!.text).toMatch(says);
    const tables = tablesOf([...told].reverse());
    expect(tables.map(({ rows }) => rows.map(({ flagged }) => flagged))).toEqual(
      Array.from({ length: 2 }, () => [true, false, false, false, false]),
    );
  });

  it("is who fails most checks", () => {
    const told = toldOf(reads, {}, [
      { passed: 1, of: 4 },
      { passed: 2, of: 4 },
      { passed: 0, of: 2 },
    ]);
    expect(told.map(({ pointedOut }) => pointedOut)).toEqual([["checks"], [], [], [], []]);
    expect(reasonsOf(told).map(({ text }) => text)).toEqual([
      expect.stringMatching(/checks failed, 1 of 4 passed/),
    ]);
  });

  it("is nobody where all read, and only then nobody without more", () => {
    const told = toldOf(reads);
    expect(standingOut(told, [])).toBe("Of 5 annotators, nobody stands out.");
    const untimed = toldOf(reads, { timed: false });
    expect(standingOut(untimed, [])).toBe(
      "Of 5 annotators, nobody is pointed out. Too little is known to look at the speed of 5.",
    );
  });

  it("cannot be told of few judgments, which is said", () => {
    for (const way of [reads, lot]) {
      const few = toldOf(way, { prompts: 3 });
      expect(few.every(({ pointedOut }) => pointedOut!.length === 0)).toBe(true);
      const text = standingOut(few, []);
      expect(text).toContain(
        "With 3 judgments or fewer each nobody could be shown to be better than chance.",
      );
      expect(text).toContain("Too little is known to look at the agreement of 5");
      expect(text).not.toContain("None of");
    }
  });

  it("is told as it was in a report of an older version, without an all-clear", () => {
    const old = toldOf(reads).map((one): AnnotatorFigures => {
      const rest = Object.fromEntries(Object.entries(one).filter(([name]) => !NEW.has(name)));
      return { ...(rest as AnnotatorFigures), outlier: { p: 0.04, flagged: false, method: "by hand" } };
    });
    expect(annotatorSchema.parse(old[0])).toEqual(old[0]);
    expect([standingOut(old, []), ...reasonsOf(old)]).toEqual([""]);
    const labels = (all: readonly AnnotatorFigures[]) =>
      tablesOf(all).flatMap(({ columns }) => columns.map(({ label }) => label));
    expect(labels(old)).toContain("outlier");
    expect(labels(toldOf(reads))).not.toContain("outlier");
  });
});

const DECLARED = {
  analysis: { ...DEFAULT_ANALYSIS, status: "confirmatory" as const, protocolHash: null },
  groups: [],
};
const tablesOf = (all: readonly AnnotatorFigures[]) =>
  annotatorsSection(all, DECLARED).parts.flatMap((part) => (part.kind === "table" ? [part.table] : []));
