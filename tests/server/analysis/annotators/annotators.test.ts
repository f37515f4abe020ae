import { describe, expect, it } from "vitest";
import { annotatorSchema, exclusionEffectSchema } from "../../../../server/contract/report-annotators.ts";
import { aggregationOf } from "../../../../server/analysis/agreement/aggregation.ts";
import { byAnnotatorOf } from "../../../../server/analysis/annotators/annotators.ts";
import { exclusionEffectOf } from "../../../../server/analysis/exclusions/exclusions.ts";
import type { StudyData } from "../../../../server/analysis/rows/study-data.ts";
import { rowsAt } from "../../../../server/analysis/rows/judgment-columns.ts";
import { medianOf } from "../../../../server/statistics/median.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { type Said, studyOf } from "../../../support/statistics/agreement-studies.ts";

describe("agreement with others", () => {
  it("gives half a point where exactly one of two says tie, and leaves the annotator out", () => {
    const said = (annotator: string, prefers: string | null): Said => ({
      ...{ prompt: "p", systems: ["ours", "theirs"], annotator, group: "crowd", prefers },
    });
    const told = byAnnotatorOf(
      study([said("a", "ours"), said("b", "ours"), said("c", null), said("d", "theirs")]),
      NO_REPEATS,
    );
    const values = told.map(({ agreement }) => ("value" in agreement ? agreement.value : NaN));
    expect(values).toEqual([1.5 / 3, 1.5 / 3, 1.5 / 3, 0.5 / 3]);
  });

  it("knows the middle of some numbers", () => {
    expect([medianOf([]), medianOf([5]), medianOf([9, 1, 4]), medianOf([1, 2, 3, 10])]).toEqual([
      null,
      5,
      4,
      2.5,
    ]);
  });
});

/** 60 prompts, the target better on most, judged by honest annotators and one who answers at random. */
function crowdWith(careless: boolean, seed: number): Said[] {
  let state = seed;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  for (let i = 0; i < 20; i++) next();
  const said: Said[] = [];
  for (let prompt = 0; prompt < 60; prompt++) {
    const better = next() < 0.85 ? "ours" : "theirs";
    for (let annotator = 0; annotator < 5; annotator++) {
      const random = careless && annotator === 4;
      const draw = next();
      const honest = draw < 0.85 ? better : draw < 0.95 ? null : better === "ours" ? "theirs" : "ours";
      const guess = next() < 1 / 3 ? "ours" : next() < 0.5 ? "theirs" : null;
      said.push({
        prompt: `p${String(prompt).padStart(2, "0")}`,
        systems: ["ours", "theirs"],
        annotator: `a${annotator}`,
        group: "crowd",
        prefers: random ? guess : honest,
      });
    }
  }
  return said;
}

const PAIRS = { target: "ours", baselines: ["theirs"] };
const study = (said: Said[]): StudyData => {
  const data = studyOf(said, { pairs: PAIRS });
  return { ...data, excluded: rowsAt(data.rows, new Int32Array(0)) };
};
const NO_REPEATS = { repeats: [], checks: [] };

describe("the table of annotators", () => {
  it("points out who answers at random, and hardly anybody else", () => {
    let [found, wrongly] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const told = byAnnotatorOf(study(crowdWith(true, seed)), NO_REPEATS);
      const values = told.map(({ agreement }) => ("value" in agreement ? agreement.value : NaN));
      expect(values.indexOf(Math.min(...values))).toBe(4);
      told.forEach(({ pointedOut, againstChance }, i) => {
        if (i === 4 && pointedOut!.includes("chance")) found++;
        if (i < 4 && pointedOut!.includes("chance")) wrongly++;
        if (i < 4) expect(againstChance).toMatchObject({ found: "better" });
      });
    }
    expect(found).toBeGreaterThanOrEqual(16);
    expect(wrongly).toBe(0);
  });

  it("points out hardly anybody among honest annotators", () => {
    let flagged = 0;
    const studies = times(20);
    for (let seed = FIRST + 1; seed <= FIRST + studies; seed++) {
      const told = byAnnotatorOf(study(crowdWith(false, seed)), NO_REPEATS);
      flagged += told.filter(({ pointedOut }) => pointedOut!.includes("chance")).length;
    }
    keepFigure("annotators: studies of honest ones with one pointed out", flagged, studies);
    expect(flagged / studies).toBeLessThanOrEqual(0.05);
  });

  it("has chance and kappa beside each agreement that the others' answers allow", () => {
    for (const { againstChance } of byAnnotatorOf(study(crowdWith(true, 1)), NO_REPEATS)) {
      if (!againstChance || !("chance" in againstChance)) throw new Error("There is no chance level.");
      const { agreement, chance, kappa } = againstChance;
      expect(kappa).toBeCloseTo((agreement - chance) / (1 - chance), 12);
    }
  });

  it("fits the contract, and says what cannot be said of a single judgment", () => {
    const [one] = byAnnotatorOf(
      study([{ prompt: "p", systems: ["ours", "theirs"], annotator: "a", group: "crowd", prefers: "ours" }]),
      NO_REPEATS,
    );
    expect(annotatorSchema.parse(one)).toMatchObject({
      agreement: { notEstimable: "nobody else judged the same comparisons" },
      drift: { notEstimable: "fewer than 9 judgments" },
      againstChance: { notEstimable: "nobody else judged the same comparisons" },
      oneAnswer: { notEstimable: "nobody else judged the same pairs of systems" },
      fast: { notEstimable: "no judgment has a recorded duration" },
      pointedOut: [],
      notLookedAt: ["chance", "speed", "side", "answer", "checks"],
      left: { count: 1, of: 1 },
      ties: { count: 0, of: 1 },
    });
  });

  it("tells drift by thirds of the work in the order of its times", () => {
    const data = study(crowdWith(false, 3));
    const at = Float64Array.from(data.rows.at, (_, i) => -i); // the last prompt was judged first
    const seconds = Int32Array.from(data.rows.at, (_, i) => i * 1000);
    const [one] = byAnnotatorOf({ ...data, rows: { ...data.rows, at, activeMs: seconds } }, NO_REPEATS);
    const drift = one!.drift;
    if ("notEstimable" in drift) throw new Error(drift.notEstimable);
    const [first, , last] = drift.medianActiveSeconds;
    expect(first).toBeGreaterThan(last!);
  });
});

describe("aggregation", () => {
  it("counts majority and model labels from the target's side", () => {
    const { pairs, dawidSkene } = aggregationOf(study(crowdWith(true, 5)));
    const [pair] = pairs;
    expect(pair).toMatchObject({ system: "ours", against: "theirs", comparisons: 60 });
    const { win, tie, loss } = pair!.majority;
    expect(win + tie + loss).toBe(60);
    expect(win).toBeGreaterThan(loss * 2);
    if ("notEstimable" in dawidSkene || "notEstimable" in pair!.dawidSkene) throw new Error("not estimable");
    expect(dawidSkene).toMatchObject({ comparisons: 60, annotators: 5, converged: true });
    expect(pair!.dawidSkene.win).toBeGreaterThan(pair!.dawidSkene.loss * 2);
  });

  it("says why there are no model labels", () => {
    const single = crowdWith(false, 1).filter(({ annotator }) => annotator === "a0");
    expect(aggregationOf(study(single)).dawidSkene).toEqual({ notEstimable: "only one annotator" });
  });
});

describe("exclusions", () => {
  it("show the headline with and without those who are left out", () => {
    const whole = study(crowdWith(true, 7));
    const isOut = (i: number) => whole.annotators[whole.rows.annotator[i]!]!.name === "a4";
    const positions = Int32Array.from({ length: whole.rows.count }, (_, i) => i);
    const data: StudyData = {
      ...whole,
      annotators: whole.annotators.map((one) =>
        one.name === "a4" ? { ...one, excludedBy: "random answers" } : one,
      ),
      rows: rowsAt(
        whole.rows,
        positions.filter((i) => !isOut(i)),
      ),
      excluded: rowsAt(whole.rows, positions.filter(isOut)),
    };
    const effect = exclusionEffectSchema.parse(exclusionEffectOf(data));
    expect(effect).toMatchObject({ annotators: 1, judgments: 60, rules: ["random answers"] });
    const [pair] = effect.pairs;
    expect([pair!.before.judgments, pair!.after.judgments]).toEqual([300, 240]);
    const value = (side: "before" | "after") => {
      const estimate = pair![side].halfTieRateByPrompt;
      return "value" in estimate ? estimate.value : NaN;
    };
    expect(value("after")).toBeGreaterThan(value("before"));
    const table = byAnnotatorOf(data, NO_REPEATS);
    expect(table.map(({ excluded }) => excluded)).toEqual([null, null, null, null, "random answers"]);
    expect("value" in table[4]!.agreement).toBe(true);
  });

  it("have nothing to show where nobody is left out", () => {
    expect(exclusionEffectOf(study(crowdWith(false, 1)))).toEqual({
      annotators: 0,
      judgments: 0,
      rules: [],
      pairs: [],
    });
  });
});
