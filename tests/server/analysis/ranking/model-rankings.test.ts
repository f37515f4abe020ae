import { describe, expect, it } from "vitest";
import { rankingOf } from "../../../../server/analysis/ranking/ranking.ts";
import { rankingSchema } from "../../../../server/contract/report-ranking.ts";
import { isRefused } from "../../../../server/statistics/estimate.ts";
import { cellsOf, countCells } from "../../../../server/statistics/judgments/paired-counts.ts";
import { bradleyTerry } from "../../../../server/statistics/ranking/bradley-terry.ts";
import { kendallTauB } from "../../../../server/statistics/ranking/rank-correlation.ts";
import { fitted, plantedRows, type Row, study } from "../../../support/statistics/ranking-study.ts";
import { uniform } from "../../../support/statistics/ranking-support.ts";

const JUDGE = 30;
const STRENGTHS = [1.2, 0.9, 0.5, 0.1, -0.6, -1.1];

/** A model's verdicts: one for each comparison of `rows`, as its first person, or the opposite. */
const verdictsOf = (rows: readonly Row[], isOpposite = false): Row[] =>
  rows
    .filter((_, i) => i % 3 === 0)
    .map((row) => ({ ...row, halves: isOpposite ? 2 - row.halves : row.halves, group: 2, annotator: JUDGE }));

/** People and a model who judged the same prompts, each for themselves. */
function planted(seed: number, strengths: readonly number[], prompts = 40) {
  const random = uniform(seed);
  const people = plantedRows(random, strengths, prompts);
  return { people, model: verdictsOf(plantedRows(random, strengths, prompts)) };
}

describe("rankings by models", () => {
  it("are those of people had the model's verdicts been theirs, with prompts alone as clusters", () => {
    const { people, model } = planted(1, STRENGTHS);
    const ranking = rankingOf(study(6, [...people, ...model]));
    expect(rankingSchema.parse(ranking)).toEqual(ranking);
    const [one] = ranking.models!;
    expect([one!.judge, one!.group, one!.judgments]).toEqual(["a30", "judge", model.length]);
    const alone = fitted(
      rankingOf(
        study(
          6,
          model.map((row) => ({ ...row, group: 0 })),
        ),
      ).bradleyTerry,
    );
    const byModel = fitted(one!.bradleyTerry);
    const figures = (fit: typeof alone) =>
      fit.systems.map(({ system, rank, logStrength, low, high }) => ({
        system,
        rank,
        logStrength,
        low,
        high,
      }));
    expect(figures(byModel)).toEqual(figures(alone));
    expect(byModel.method).toContain("by prompt (t, 39 df, annotator fixed)");
  });

  it("leave the ranking by people as it is, and are not there without a model", () => {
    const { people, model } = planted(2, STRENGTHS);
    const { models, ...byPeople } = rankingOf(study(6, [...people, ...model]));
    expect(models).toHaveLength(1);
    expect(byPeople).toEqual(rankingOf(study(6, people)));
  });

  it("have a correlation with people's order that resampling written out gives, too", () => {
    const { people, model } = planted(3, STRENGTHS);
    const { models, bradleyTerry: byPeople } = rankingOf(study(6, [...people, ...model]));
    const withPeople = models![0]!.withPeople;
    if (isRefused(withPeople) || !("low" in withPeople.kendall)) throw new Error("not estimable");
    const strengthsIn = (fit: ReturnType<typeof fitted<typeof byPeople>>) =>
      Float64Array.from(
        { length: 6 },
        (_, s) => fit.systems.find(({ system }) => system === `s${s}`)!.logStrength,
      );
    const tau = kendallTauB(strengthsIn(fitted(byPeople)), strengthsIn(fitted(models![0]!.bradleyTerry)));
    expect(withPeople.kendall).toMatchObject({ value: tau, n: 6 });

    const random = uniform(99);
    const drawn = Array.from({ length: 300 }, () => {
      const times = Array<number>(40).fill(0);
      for (let i = 0; i < 40; i++) times[Math.floor(40 * random())]!++;
      const fit = (rows: readonly Row[]) => {
        const all = rows.flatMap((row) => Array.from({ length: times[row.prompt]! }, () => row));
        const column = (of: (row: Row) => number) => Int32Array.from(all, of);
        const halves = Uint8Array.from(all, (row) => row.halves);
        const cells = cellsOf({
          systems: 6,
          low: column(({ low }) => low),
          high: column(({ high }) => high),
          halves,
        });
        const made = bradleyTerry(countCells(cells));
        if (isRefused(made)) throw new Error(made.notEstimable);
        return made.parameters.slice(0, 6);
      };
      return kendallTauB(fit(people), fit(model))!;
    }).sort((a, b) => a - b);
    expect(Math.abs(withPeople.kendall.low - drawn[7]!)).toBeLessThan(0.14); // τ moves in steps of 2/15
    expect(Math.abs(withPeople.kendall.high - drawn[292]!)).toBeLessThan(0.14);
  });

  it("are the opposite order where the model always prefers the other system", () => {
    const { people } = planted(4, STRENGTHS);
    const { models } = rankingOf(study(6, [...people, ...verdictsOf(people, true)]));
    const { withPeople } = models![0]!;
    if (isRefused(withPeople) || !("value" in withPeople.spearman)) throw new Error("not estimable");
    expect(withPeople.spearman.value).toBeLessThan(-0.8);
  });

  it("have no correlation where so few systems could stand in any order", () => {
    const { people, model } = planted(5, [1, 0.3, -0.2, -1]);
    expect(rankingOf(study(4, [...people, ...model])).models![0]!.withPeople).toEqual({
      systems: 4,
      notEstimable: "fewer than 5 systems ranked by both: so few can have any order by chance",
    });
  });

  it("have no interval of the correlation from a handful of prompts", () => {
    const { people, model } = planted(6, STRENGTHS, 9);
    const { withPeople } = rankingOf(study(6, [...people, ...model])).models![0]!;
    if (isRefused(withPeople)) throw new Error(withPeople.notEstimable);
    expect(withPeople.kendall).toMatchObject({ notEstimable: "fewer than 10 prompts" });
  });
});
