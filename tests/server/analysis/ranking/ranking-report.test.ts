import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankingSchema } from "../../../../server/contract/report-ranking.ts";
import { rankingOf } from "../../../../server/analysis/ranking/ranking.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { fitted, plantedRows, type Row, study } from "../../../support/statistics/ranking-study.ts";
import { anyPairedRows, rowsOf, uniform } from "../../../support/statistics/ranking-support.ts";

describe("the ranking of a report", () => {
  it("finds strengths that were planted, and tells systems apart", () => {
    const ranking = rankingOf(study(4, plantedRows(uniform(3), [1.2, 0.3, 0.3, -1.8])));
    expect(rankingSchema.parse(ranking)).toEqual(ranking);
    expect([ranking.notComparable, ranking.reason]).toEqual([[], null]);
    for (const fit of [fitted(ranking.bradleyTerry), fitted(ranking.davidson)]) {
      expect(fit.systems.map(({ system }) => system).at(0)).toBe("s0");
      expect(fit.systems.map(({ system }) => system).at(-1)).toBe("s3");
      expect(fit.systems.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
      expect(fit.systems.map(({ rankLow, rankHigh }) => [rankLow, rankHigh])).toEqual([
        [1, 1],
        [2, 3],
        [2, 3],
        [4, 4],
      ]);
      expect(fit.systems[0]!.notEstimable).toBeNull();
      for (const system of fit.systems) {
        expect(system.score).toBeCloseTo(1000 + 173.71779 * system.logStrength, 4);
        expect(system.low!).toBeLessThan(system.logStrength);
        expect(system.resampledLow!).toBeLessThan(system.logStrength);
        expect(system.resampledHigh!).toBeGreaterThan(system.logStrength);
        const width = (system.resampledHigh! - system.resampledLow!) / (system.high! - system.low!);
        expect(width).toBeGreaterThan(0.6);
        expect(width).toBeLessThan(1.4);
      }
      expect(fit.method).toContain("cluster-robust by prompt and annotator");
      expect(fit.method).toContain("prompts resampled 4,000 times");
      fit.winProbabilities.forEach((row, i) =>
        row.forEach((p, j) => expect(p + fit.winProbabilities[j]![i]!).toBeCloseTo(1, 12)),
      );
      expect(fit.winProbabilities[0]![3]!).toBeGreaterThan(0.8);
    }
  });

  it("tells nobody apart where all are alike, but for as often as intervals miss", () => {
    let [apart, together] = [0, 0];
    const studies = times(8);
    for (let seed = FIRST; seed < FIRST + studies; seed++) {
      const fit = fitted(rankingOf(study(4, plantedRows(uniform(seed), [0, 0, 0, 0], 40))).bradleyTerry);
      if (fit.systems.some(({ rankLow, rankHigh }) => rankLow !== 1 || rankHigh !== 4)) apart++;
      if (fit.systems.some((one) => one.rankLowTogether !== 1 || one.rankHighTogether !== 4)) together++;
    }
    keepFigure("ranking: ranges of all together tell equals apart", together, studies);
    expect(together).toBeLessThanOrEqual(Math.max(2, 0.1 * studies));
    keepFigure("ranking: places tell equals apart", apart, studies);
    expect(apart / studies).toBeLessThan(0.15);
  });

  it("is of people of the headline alone", () => {
    const people = plantedRows(uniform(4), [1, 0, -1], 30);
    const against = (group: number) =>
      people.map((row): Row => ({ ...row, halves: 2 - row.halves, group, annotator: 40 }));
    const alone = rankingOf(study(3, people));
    const { models, ...byPeople } = rankingOf(study(3, [...people, ...against(1), ...against(2)]));
    expect(models).toHaveLength(1);
    expect(byPeople).toEqual(alone);
    expect(alone.judgments).toBe(people.length);
    expect(alone.prompts).toBe(30);
    const none = rankingOf(study(3, against(2)));
    expect(none.bradleyTerry).toEqual({ notEstimable: "no judgments yet" });
  });

  it("ranks the largest set that is connected, and names the others", () => {
    const rows = rowsOf([
      [0, 1, 2, 2, 1],
      [1, 2, 3, 1, 0],
      [2, 3, 4, 0, 0],
      [4, 5, 1, 1, 0],
    ]);
    const ranking = rankingOf(study(7, rows));
    const fit = fitted(ranking.bradleyTerry);
    expect(fit.systems.map(({ system }) => system).sort()).toEqual(["s0", "s1", "s2"]);
    expect(ranking.judgments).toBe(9);
    expect(fit.systems.reduce((sum, { judgments }) => sum + judgments, 0)).toBe(18);
    expect(ranking.notComparable).toEqual([["s4", "s5"], ["s3"], ["s6"]]);
    expect(ranking.reason).toBe(
      "s4, s5: never judged against a ranked system, directly or through others; " +
        "s3: below all ranked systems, lost all of 4 judgments against others; s6: no judgments",
    );
  });

  it("says why there is none: no judgments, one system, none that lost", () => {
    expect(rankingOf(study(2, []))).toEqual({
      judgments: 0,
      prompts: 0,
      notComparable: [["s0"], ["s1"]],
      outside: [
        {
          ...{ systems: ["s0", "s1"], standing: "unjudged", above: 0, below: 0 },
          ...{ wins: 0, ties: 0, losses: 0, says: "no judgments" },
        },
      ],
      reason: "s0, s1: no judgments",
      bradleyTerry: { notEstimable: "no judgments yet" },
      davidson: { notEstimable: "no judgments yet" },
      pairFit: null,
    });
    expect(rankingOf(study(1, [])).bradleyTerry).toEqual({ notEstimable: "fewer than two systems" });
    expect(rankingOf(study(0, [])).davidson).toEqual({ notEstimable: "fewer than two systems" });
    const one = rankingOf(study(2, rowsOf([[0, 1, 6, 0, 0]])));
    expect(one.bradleyTerry).toEqual({
      notEstimable:
        "no two of the 2 systems judged have each been preferred to the other, directly or through others",
    });
    expect(one.notComparable).toEqual([["s0"], ["s1"]]);
    expect(one.reason).toBe(
      "s0: above 1 system and below none, won all of 6 judgments against others; " +
        "s1: above none and below 1 system, lost all of 6 judgments against others",
    );
  });

  it("with nothing but ties has equal strengths without errors, and no Davidson", () => {
    const ranking = rankingOf(
      study(
        3,
        rowsOf([
          [0, 1, 0, 0, 4],
          [1, 2, 0, 0, 4],
        ]),
      ),
    );
    for (const system of fitted(ranking.bradleyTerry).systems) {
      expect(system).toMatchObject({ logStrength: 0, standardError: null, rank: null, resampledLow: null });
      expect(system.notEstimable).toBe("nothing varies between its prompts or its annotators");
    }
    expect(ranking.davidson).toEqual({ notEstimable: "every judgment is a tie" });
  });

  it("without ties has a ν of 0, and says so", () => {
    const { davidson, bradleyTerry } = rankingOf(study(2, rowsOf([[0, 1, 30, 20, 0]])));
    expect(davidson).toMatchObject({ nu: 0, systems: fitted(bradleyTerry).systems });
    expect(fitted(davidson).method).toContain("there are no ties");
  });

  it("gives strengths without errors to judgments rebuilt from percentages", () => {
    const rows = rowsOf([[0, 1, 30, 20, 10]]).map((row, i): Row => ({ ...row, prompt: i % 20 }));
    const own = fitted(rankingOf(study(2, rows)).bradleyTerry);
    const rebuilt = rows.map((row): Row => ({ ...row, origin: "reconstructed" }));
    const fit = fitted(rankingOf(study(2, rebuilt)).bradleyTerry);
    expect(own.systems[0]!.standardError).toBeGreaterThan(0);
    expect(fit.systems.map(({ logStrength }) => logStrength)).toEqual(
      own.systems.map(({ logStrength }) => logStrength),
    );
    for (const system of fit.systems) {
      const { standardError, low, high, rank, rankLow, resampledLow } = system;
      expect([standardError, low, high, rank, rankLow, resampledLow]).toEqual(Array(6).fill(null));
      expect(system.notEstimable).toContain("reconstructed from published percentages");
    }
    expect(fit.method).toContain("reconstructed from published percentages");
  });

  it("on one prompt, and by one annotator, says what cannot be had", () => {
    const rows = plantedRows(uniform(9), [0.5, 0, -0.5], 20);
    const onOne = fitted(
      rankingOf(
        study(
          3,
          rows.map((row) => ({ ...row, prompt: 0 })),
        ),
      ).bradleyTerry,
    );
    expect(onOne.systems.every(({ notEstimable }) => notEstimable === "only one prompt")).toBe(true);
    expect(onOne.method).toContain("no resampling: only one prompt");
    const byOne = fitted(
      rankingOf(
        study(
          3,
          rows.map((row) => ({ ...row, annotator: 0 })),
        ),
      ).bradleyTerry,
    );
    expect(byOne.method).toContain("cluster-robust by prompt (t, ");
    expect(byOne.method).toContain("annotator fixed");
  });

  it("takes both bad for a tie, and does not care who stood on the left", () => {
    const rows = rowsOf([[0, 1, 5, 3, 4]]);
    const plain = rankingOf(study(2, rows));
    expect(rankingOf(study(2, rows, { leftIsHigh: true }))).toEqual(plain);
    expect(rankingOf(study(2, rows, { tie: "both_bad" }))).toEqual(plain);
  });

  it("keeps its shape, and the same bytes for the same seed, whatever was judged", () => {
    fc.assert(
      fc.property(anyPairedRows(5, 40), fc.string(), (rows, seed) => {
        const ranking = rankingOf(study(5, rows, { seed }));
        expect(rankingSchema.parse(ranking)).toEqual(ranking);
        expect(JSON.stringify(rankingOf(study(5, rows, { seed })))).toBe(JSON.stringify(ranking));
        const ranked = "systems" in ranking.bradleyTerry ? ranking.bradleyTerry.systems : [];
        const named = [...ranked.map(({ system }) => system), ...ranking.notComparable.flat()];
        expect(named.sort()).toEqual(["s0", "s1", "s2", "s3", "s4"]);
      }),
      { numRuns: times(20) },
    );
  });
});
