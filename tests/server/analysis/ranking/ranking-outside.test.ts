import { describe, expect, it } from "vitest";
import { rankingOf } from "../../../../server/analysis/ranking/ranking.ts";
import { fitted, plantedRows, type Row, study } from "../../../support/statistics/ranking-study.ts";
import { rowsOf, uniform } from "../../../support/statistics/ranking-support.ts";

/** s0 beats all, s3 loses to all, s1 and s2 stand between. */
const BETWEEN = [
  [0, 1, 30, 0, 0],
  [0, 2, 30, 0, 0],
  [1, 2, 14, 12, 4],
  [1, 3, 30, 0, 0],
  [2, 3, 30, 0, 0],
] as const;

describe("systems that are not on the scale", () => {
  it("counts those above, so that between a winner and a loser nobody is first", () => {
    const ranking = rankingOf(study(4, rowsOf(BETWEEN)));
    const fit = fitted(ranking.bradleyTerry);
    expect(fit.systems.map(({ system }) => system).sort()).toEqual(["s1", "s2"]);
    for (const { rank, rankLow, rankHigh } of fit.systems) {
      expect(rankLow).toBe(2);
      expect(rankHigh).toBe(3);
      expect([2, 3]).toContain(rank);
    }
    expect(ranking.outside).toMatchObject([
      {
        systems: ["s0"],
        standing: "above",
        wins: 60,
        losses: 0,
        says: "above all ranked systems, won all of 60 judgments against others",
      },
      {
        systems: ["s3"],
        standing: "below",
        wins: 0,
        losses: 60,
        says: "below all ranked systems, lost all of 60 judgments against others",
      },
    ]);
  });

  it("ranks the upper of two sets of one size, whatever the names", () => {
    for (const [a, b, c, d] of [
      [0, 1, 2, 3],
      [2, 3, 0, 1],
    ] as const) {
      const told = (x: number, y: number, wins: number, losses: number, ties: number) =>
        x < y ? ([x, y, wins, losses, ties] as const) : ([y, x, losses, wins, ties] as const);
      const rows = rowsOf([
        told(a, b, 4, 4, 4),
        told(c, d, 4, 4, 4),
        told(a, c, 12, 0, 0),
        told(b, d, 12, 0, 0),
      ]);
      const ranking = rankingOf(study(4, rows));
      expect(
        fitted(ranking.bradleyTerry)
          .systems.map(({ system }) => system)
          .sort(),
      ).toEqual([`s${a}`, `s${b}`].sort());
      expect(ranking.outside).toMatchObject([{ systems: [`s${c}`, `s${d}`].sort(), standing: "below" }]);
    }
  });

  it("says that a circle does not fit, and names it", () => {
    const rows = [0, 1, 2].flatMap((pair) =>
      Array.from({ length: 45 }, (_, prompt): Row => {
        const [low, high] = [pair === 2 ? 0 : pair, pair === 2 ? 2 : pair + 1];
        return { low, high, halves: pair === 2 ? 0 : 2, prompt, annotator: prompt % 5 };
      }),
    );
    const { pairFit } = rankingOf(study(3, rows));
    expect(pairFit).toMatchObject({ misfit: true, circles: [["s0", "s1", "s2"]] });
    expect(pairFit!.p).toBeLessThan(0.001);
    const straight = rankingOf(study(4, plantedRows(uniform(3), [1.2, 0.3, 0.3, -1.8])));
    expect(straight.pairFit).toMatchObject({ misfit: false, circles: [] });
  });
});
