import { describe, expect, it } from "vitest";
import { agreementSchema } from "../../../../server/contract/report-agreement.ts";
import { agreementOf } from "../../../../server/analysis/agreement/agreement.ts";
import { seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { type GivenGroup, type Said, studyOf } from "../../../support/statistics/agreement-studies.ts";

const GROUPS: readonly GivenGroup[] = [
  { name: "authors", kind: "author" },
  { name: "crowd", kind: "crowd" },
  { name: "pilots", kind: "crowd", headline: false },
  { name: "gpt", kind: "model" },
];

/** A report's block, which must be what the contract says. */
const reportOn = (said: readonly Said[], options: Parameters<typeof studyOf>[1] = {}) =>
  agreementSchema.parse(agreementOf(studyOf(said, options)));

const one = (prompt: string, annotator: string, prefers: string | null, group = "crowd"): Said => ({
  ...{ prompt, systems: ["a", "b"], annotator, group, prefers },
});

/** So many prompts, each judged by so many of each group, who see the truth with the chance given. */
function study(
  given: { prompts: number; judges: Record<string, { each: number; of: number; see: number }> },
  seed = "study",
): Said[] {
  const random = seededRandom(seed);
  const uniform = () => random() / 2 ** 32;
  const guess = () => ["a", null, "b"][Math.floor(3 * uniform())]!;
  return Array.from({ length: given.prompts }, (_, p) => {
    const truth = guess();
    return Object.entries(given.judges).flatMap(([group, { each, of, see }]) =>
      Array.from({ length: each }, (_, k) =>
        one(`p${p}`, `${group} ${(p * each + k) % of}`, uniform() < see ? truth : guess(), group),
      ),
    );
  }).flat();
}

const LIMA = study({
  prompts: 60,
  judges: {
    crowd: { each: 3, of: 6, see: 0.7 },
    authors: { each: 2, of: 4, see: 0.8 },
    pilots: { each: 1, of: 1, see: 0.1 },
    gpt: { each: 1, of: 1, see: 1 },
  },
});

describe("agreement in a study with people and a model", () => {
  const report = reportOn(LIMA, { groups: GROUPS });

  it("has every group with itself and with each that follows", () => {
    expect(report.betweenGroups.map(({ groups }) => groups.join("–"))).toEqual([
      ...["authors–authors", "authors–crowd", "authors–pilots", "authors–gpt", "crowd–crowd"],
      ...["crowd–pilots", "crowd–gpt", "pilots–pilots", "pilots–gpt", "gpt–gpt"],
    ]);
    const [, , , authorsGpt, crowdCrowd] = report.betweenGroups;
    expect([authorsGpt!.comparisons, authorsGpt!.ratingPairs]).toEqual([60, 120]);
    expect([crowdCrowd!.comparisons, crowdCrowd!.ratingPairs]).toEqual([60, 180]);
    expect(report.betweenGroups.at(-1)!.exact.macro).toEqual({ notEstimable: "only one annotator" });
    expect(report.betweenGroups.at(-1)!.exact.chance).toBeNull();
  });

  it("leaves models and people outside the headline out of the overall figures", () => {
    const people = LIMA.filter(({ group }) => group === "crowd" || group === "authors");
    const alone = reportOn(people, { groups: GROUPS.slice(0, 2) });
    expect(report.overall).toEqual(alone.overall);
    expect(report.betweenAnnotators).toEqual(alone.betweenAnnotators);
    expect(report.overall.ratingPairs).toBe(60 * 10);
  });

  it("sets the model beside people, together and by group, and tests whether it may stand in", () => {
    expect(report.modelAndHuman.map(({ model, against }) => [model, against])).toEqual([
      ["gpt", null],
      ["gpt", "authors"],
      ["gpt", "crowd"],
      ["gpt", "pilots"],
    ]);
    expect(report.modelAndHuman[0]).toMatchObject({ comparisons: 60, difference: { n: 60 } });
    expect((report.modelAndHuman[0]!.difference as { low: number }).low).toBeGreaterThan(0);
    expect(report.modelAndHuman[3]!.difference).toEqual({
      notEstimable: "no comparison that the model and two people judged",
    });
    expect(report.alternativeAnnotator).toMatchObject([
      { model: "gpt", annotators: 10, epsilon: 0.1, winningRate: 1, passes: true },
    ]);
    const authorsOnly = LIMA.filter(({ group }) => group !== "crowd");
    expect(reportOn(authorsOnly, { groups: GROUPS }).alternativeAnnotator).toMatchObject([{ epsilon: 0.2 }]);
  });

  it("finds planted agreement beyond chance, and none among people who guess", () => {
    const { fleissKappa, krippendorffAlpha, tieDiscounted } = report.overall;
    expect((fleissKappa as { low: number }).low).toBeGreaterThan(0.2);
    expect((krippendorffAlpha as { low: number }).low).toBeGreaterThan(0.2);
    expect((tieDiscounted.macro as { low: number }).low).toBeGreaterThan(tieDiscounted.chance!);
    let beyond = 0;
    const studies = times(40);
    for (let i = FIRST; i < FIRST + studies; i++) {
      const guessed = study({ prompts: 60, judges: { crowd: { each: 3, of: 20, see: 0 } } }, `null ${i}`);
      const { fleissKappa: kappa, tieDiscounted: rate } = reportOn(guessed).overall;
      const { low, high } = kappa as { low: number; high: number };
      if (low > 0 || high < 0) beyond++;
      expect(Math.abs((rate.micro as { value: number }).value - rate.chance!)).toBeLessThan(0.15);
    }
    keepFigure("Fleiss' kappa: misses 0 among people who guess", beyond, studies);
    expect(beyond / studies).toBeLessThan(0.13);
  });

  it("does not depend on the order of judgments", () => {
    expect(reportOn(LIMA.toReversed(), { groups: GROUPS })).toEqual(report);
  });

  it("does not depend on names that only put a baseline before or behind the target", () => {
    const baselines = ["b"];
    const renamed = (name: string | null) => (name === "b" ? "0" : name);
    const before = LIMA.map((said): Said => {
      const systems = said.systems.map(renamed) as [string, string];
      return { ...said, systems, prefers: renamed(said.prefers) };
    });
    const of = (said: readonly Said[], names: readonly string[]) =>
      reportOn(said, { groups: GROUPS, pairs: { target: "a", baselines: [...names] } });
    expect(of(before, ["0"])).toEqual(of(LIMA, baselines));
  });
});

describe("agreement in a study where it can hardly be had", () => {
  const refusedOverall = (said: readonly Said[]) => {
    const { overall } = reportOn(said);
    const { tieDiscounted, exact, nonTie, comparisons, ratingPairs, ...coefficients } = overall;
    expect([comparisons, ratingPairs]).toEqual([0, 0]);
    const figures = [tieDiscounted, exact, nonTie].flatMap(({ macro, micro }) => [macro, micro]);
    const reasons = new Set(
      [...figures, ...Object.values(coefficients)].map((figure) => JSON.stringify(figure)),
    );
    expect(reasons.size).toBe(1);
    return JSON.parse([...reasons][0]!) as object;
  };

  it("says so where nothing was judged", () => {
    expect(refusedOverall([])).toEqual({ notEstimable: "no judgments yet" });
    const report = reportOn([], { groups: GROUPS });
    expect(report.betweenAnnotatorsListed).toEqual({ pairs: 0, listed: 0, cap: 1000 });
    expect(report.alternativeAnnotator).toEqual([{ model: "gpt", notEstimable: "no judgments yet" }]);
    expect(report.betweenGroups).toHaveLength(10);
  });

  it("says so where one annotator judged, or nobody judged what another did", () => {
    expect(refusedOverall([one("p", "x", "a"), one("q", "x", "b")])).toEqual({
      notEstimable: "only one annotator",
    });
    expect(refusedOverall([one("p", "x", "a"), one("q", "y", "b")])).toEqual({
      notEstimable: "no comparison has two judgments",
    });
  });

  it("gives what one comparison tells", () => {
    const { overall, betweenAnnotators } = reportOn([one("p", "x", "a"), one("p", "y", null)]);
    expect(overall.tieDiscounted.macro).toEqual({ value: 0.5, n: 1, notEstimable: "only one prompt" });
    expect(overall.nonTie.macro).toEqual({
      notEstimable: "no two judgments of a comparison in which neither is a tie",
    });
    expect(overall.fleissKappa).toMatchObject({ n: 2, notEstimable: "only one prompt" });
    expect(betweenAnnotators).toMatchObject([
      { annotators: ["x", "y"], comparisons: 1, tieDiscounted: 0.5, exact: 0 },
    ]);
  });

  it("survives all ties and no ties", () => {
    const ties = ["p", "q", "r"].flatMap((prompt) => [one(prompt, "x", null), one(prompt, "y", null)]);
    const { overall, betweenAnnotators } = reportOn(ties);
    expect(overall.exact.macro).toMatchObject({ value: 1, high: 1, n: 3, method: "Wilson (3 prompts)" });
    expect(overall.krippendorffAlpha).toEqual({ notEstimable: "all judgments are the same" });
    expect(overall.gwetAc1).toMatchObject({ value: 1 });
    expect(betweenAnnotators[0]!.linearKappa).toEqual({ notEstimable: "both always choose the same" });
    const decided = ["p", "q", "r"].flatMap((prompt) => [one(prompt, "x", "a"), one(prompt, "y", "b")]);
    expect(reportOn(decided).overall.nonTie).toMatchObject({ macro: { value: 0, low: 0 }, chance: 0.5 });
  });

  it("compares turns of a prompt apart, and clusters them", () => {
    const turns = [1, 2].flatMap((turn) => [
      { ...one("p", "x", "a"), turn },
      { ...one("p", "y", turn === 1 ? "a" : "b"), turn },
    ]);
    expect(reportOn(turns).overall.exact.macro).toEqual({
      value: 0.5,
      n: 2,
      notEstimable: "only one prompt",
    });
  });

  it("refuses judgments that were rebuilt from percentages, which are about no comparison in particular", () => {
    const rebuilt = LIMA.map((said) => ({ ...said, rebuilt: said.group === "crowd" }));
    const report = reportOn(rebuilt, { groups: GROUPS });
    const reason = expect.stringContaining("reconstructed from published percentages: ") as string;
    expect(report.overall.exact).toMatchObject({ macro: { notEstimable: reason }, chance: null });
    expect(report.overall.gwetAc1).toEqual({ notEstimable: reason });
    expect(report.overall.ratingPairs).toBe(0);
    expect(report.betweenGroups[0]!.exact.macro).toHaveProperty("value");
    expect(report.betweenGroups[1]!.exact.macro).toEqual({ notEstimable: reason });
    expect(report.modelAndHuman[0]!.difference).toEqual({ notEstimable: reason });
    expect(report.alternativeAnnotator).toEqual([{ model: "gpt", notEstimable: reason }]);
    expect(report.betweenAnnotators.flatMap(({ annotators }) => annotators).join()).not.toContain("crowd");
  });
});
