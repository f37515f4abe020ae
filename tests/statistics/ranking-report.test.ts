import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Ranking, rankingSchema } from "../../server/contract/report-ranking.ts";
import { rankingOf } from "../../server/reports/blocks/ranking.ts";
import type { StudyToRank } from "../../server/reports/blocks/comparable-systems.ts";
import { CHOICES, ORIGINS } from "../../server/reports/columns.ts";
import { anyPairedRows, normal, type PairedRow, rowsOf, uniform } from "./ranking-support.ts";

interface Row extends PairedRow {
  group?: number;
  origin?: (typeof ORIGINS)[number];
}

const GROUPS = [
  { name: "crowd", kind: "crowd", headline: true, published: true },
  { name: "trial", kind: "crowd", headline: false, published: true },
  { name: "judge", kind: "model", headline: true, published: true },
] as const;

describe("the ranking of a report", () => {
  it("finds strengths that were planted, and tells systems apart", () => {
    const ranking = rankingOf(study(4, plantedRows(uniform(3), [1.2, 0.3, 0.3, -1.8])));
    expect(rankingSchema.parse(ranking)).toEqual(ranking);
    expect([ranking.notComparable, ranking.reason]).toEqual([[], null]);
    for (const fit of [fitted(ranking.bradleyTerry), fitted(ranking.davidson)]) {
      expect(fit.systems.map(({ system }) => system).at(0)).toBe("s0");
      expect(fit.systems.map(({ system }) => system).at(-1)).toBe("s3");
      expect(fit.systems.map(({ rank }) => rank)).toEqual([1, 2, 2, 4]);
      expect(fit.systems[0]).toMatchObject({ rankLow: 1, rankHigh: 1, notEstimable: null });
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
      expect(fit.method).toContain("prompts resampled 100 times");
      fit.winProbabilities.forEach((row, i) =>
        row.forEach((p, j) => expect(p + fit.winProbabilities[j]![i]!).toBeCloseTo(1, 12)),
      );
      expect(fit.winProbabilities[0]![3]!).toBeGreaterThan(0.8);
    }
  });

  it("tells nobody apart where all are alike, but for as often as intervals miss", () => {
    let apart = 0;
    for (let seed = 0; seed < 30; seed++) {
      const fit = fitted(rankingOf(study(4, plantedRows(uniform(seed), [0, 0, 0, 0], 40))).bradleyTerry);
      if (fit.systems.some(({ rank }) => rank !== 1)) apart++;
    }
    expect(apart).toBeLessThanOrEqual(3);
  });

  it("is of people of the headline alone", () => {
    const people = plantedRows(uniform(4), [1, 0, -1], 30);
    const against = (group: number) =>
      people.map((row): Row => ({ ...row, halves: 2 - row.halves, group, annotator: 40 }));
    const alone = rankingOf(study(3, people));
    expect(rankingOf(study(3, [...people, ...against(1), ...against(2)]))).toEqual(alone);
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
      "no judgments: s6; never preferred to a ranked system, never less than preferred, or never judged against one: s4, s5, s3",
    );
  });

  it("says why there is none: no judgments, one system, none that lost", () => {
    expect(rankingOf(study(2, []))).toEqual({
      judgments: 0,
      prompts: 0,
      notComparable: [["s0"], ["s1"]],
      reason: "no judgments: s0, s1",
      bradleyTerry: { notEstimable: "no judgments yet" },
      davidson: { notEstimable: "no judgments yet" },
    });
    expect(rankingOf(study(1, [])).bradleyTerry).toEqual({ notEstimable: "fewer than two systems" });
    expect(rankingOf(study(0, [])).davidson).toEqual({ notEstimable: "fewer than two systems" });
    const one = rankingOf(study(2, rowsOf([[0, 1, 6, 0, 0]])));
    expect(one.bradleyTerry).toEqual({
      notEstimable:
        "no two of the 2 systems judged have each been preferred to the other, directly or through others",
    });
    expect(one.notComparable).toEqual([["s0"], ["s1"]]);
    expect(one.reason).toContain("s0, s1");
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
      { numRuns: 60 },
    );
  });
});

function fitted<T extends Ranking["bradleyTerry"] | Ranking["davidson"]>(fit: T) {
  if ("notEstimable" in fit) throw new Error(fit.notEstimable);
  return fit as Exclude<T, { notEstimable: string }>;
}

interface Told {
  seed?: string;
  leftIsHigh?: boolean;
  tie?: "tie" | "both_bad";
}

/** A study of systems s0, s1, … */
function study(systems: number, rows: readonly Row[], told: Told = {}): StudyToRank {
  const leftOf = ({ low, high }: Row) => (told.leftIsHigh ? high : low);
  const choiceOf = (row: Row) => {
    if (row.halves === 1) return told.tie ?? "tie";
    return (row.halves === 2) === (leftOf(row) === row.low) ? "left" : "right";
  };
  const most = (name: "prompt" | "annotator") => rows.reduce((m, row) => Math.max(m, row[name] + 1), 0);
  return {
    facts: {
      study: { seed: told.seed ?? "seed" },
      systems: Array.from({ length: systems }, (_, i) => ({
        name: `s${i}`,
        label: `s${i}`,
        published: true,
      })),
      groups: GROUPS,
    },
    prompts: Array.from({ length: most("prompt") }, (_, id) => ({ id, name: `p${id}` })),
    annotators: Array.from({ length: most("annotator") }, (_, id) => ({
      ...{ id, name: `a${id}`, group: 0, excludedBy: null },
    })),
    rows: {
      count: rows.length,
      low: Int32Array.from(rows, ({ low }) => low),
      high: Int32Array.from(rows, ({ high }) => high),
      prompt: Int32Array.from(rows, ({ prompt }) => prompt),
      annotator: Int32Array.from(rows, ({ annotator }) => annotator),
      group: Int32Array.from(rows, ({ group }) => group ?? 0),
      left: Int32Array.from(rows, leftOf),
      choice: Uint8Array.from(rows, (row) => CHOICES.indexOf(choiceOf(row))),
      origin: Uint8Array.from(rows, ({ origin }) => ORIGINS.indexOf(origin ?? "handed_out")),
    },
  };
}

/** Every pair on every prompt by three of 25 annotators, with tastes of prompts and of annotators. */
function plantedRows(random: () => number, strengths: readonly number[], prompts = 80): PairedRow[] {
  const rows: PairedRow[] = [];
  const around = (sd: number) => strengths.map(() => sd * normal(random));
  const tastes = Array.from({ length: 25 }, () => around(0.3));
  for (let prompt = 0; prompt < prompts; prompt++) {
    const ease = around(0.5);
    for (let low = 0; low < strengths.length; low++)
      for (let high = low + 1; high < strengths.length; high++)
        for (let i = 0; i < 3; i++) {
          const annotator = (7 * rows.length + 3 * prompt) % 25;
          const of = (s: number) => strengths[s]! + ease[s]! + tastes[annotator]![s]!;
          const [a, b, nu] = [Math.exp((of(low) - of(high)) / 2), Math.exp((of(high) - of(low)) / 2), 0.7];
          const draw = random() * (a + b + nu);
          rows.push({ low, high, halves: draw < a ? 2 : draw < a + b ? 0 : 1, prompt, annotator });
        }
  }
  return rows;
}
