import { describe, expect, it } from "vitest";
import { type Pair, type Report, reportSchema } from "../../../server/contract/report.ts";
import { buildReport } from "../../../server/reports/report.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { type GivenJudgment, type GivenStudy, StudyRows } from "../../support/study-rows.ts";

const STUDY: GivenStudy = {
  name: "small",
  systems: ["baseline", "target"],
  groups: [{ name: "crowd", kind: "crowd" }],
  pairs: { target: "target", baselines: ["baseline"] },
};

/** A judgment of target (on the left unless said otherwise) against baseline. */
const judged = (
  prompt: string,
  annotator: string,
  choice: GivenJudgment["choice"],
  more: Partial<GivenJudgment> = {},
): GivenJudgment => ({
  prompt,
  annotator,
  choice,
  left: "target",
  right: "baseline",
  group: "crowd",
  ...more,
});

const TARGET_RIGHT = { left: "baseline", right: "target" };

/** Three wins, two ties (one of them both bad) and a loss, on three prompts by three annotators. */
const SIX: GivenJudgment[] = [
  judged("p1", "ann", "left"),
  judged("p1", "bob", "right", TARGET_RIGHT),
  judged("p1", "cy", "tie"),
  judged("p2", "ann", "left", TARGET_RIGHT),
  judged("p2", "bob", "both_bad"),
  judged("p3", "ann", "right", TARGET_RIGHT),
];

function rowOf(report: Report, group: string | null, against = "baseline"): Pair {
  const row = report.pairs.find((pair) => pair.group === group && pair.against === against);
  if (!row) throw new Error("The report has no such row.");
  return row;
}

const counts = ({ win, tie, loss }: Pair) => [win.count, tie.count, loss.count];

describe.each(DATABASES)("the report of a study on %s", (kind) => {
  async function reportOf(given: GivenStudy, judgments: GivenJudgment[], more = (rows: StudyRows) => rows) {
    const context = await testContext(kind);
    await more(new StudyRows(context, given).judge(...judgments)).write();
    return reportSchema.parse(await buildReport(context, { study: given.name }));
  }

  it("agrees with a study counted by hand", async () => {
    const report = await reportOf(STUDY, SIX);
    expect(report).toMatchObject({ judgments: 6, comparisons: 3, prompts: 3, annotators: 3, state: "open" });
    const row = rowOf(report, null);
    expect(counts(row)).toEqual([3, 2, 1]);
    expect(row).toMatchObject({ system: "target", prompts: 3, judgments: 6, bothBad: 1 });
    expect([row.win.rate, row.tie.rate, row.loss.rate]).toEqual([3 / 6, 2 / 6, 1 / 6]);
    expect(row.halfTieRate).toMatchObject({ value: 4 / 6 });
    expect("value" in row.halfTieRateByPrompt && row.halfTieRateByPrompt.value).toBeCloseTo(25 / 36, 14);
    expect(row.byMajority).toEqual({
      plurality: { win: 2, tie: 1, loss: 0 },
      signOfSum: { win: 2, tie: 0, loss: 1 },
      moreThanHalf: { win: 2, tie: 1, loss: 0 },
    });
    expect({ ...rowOf(report, "crowd"), group: null }).toEqual(row);
  });

  it("says what is missing where nothing was loaded, made or judged", async () => {
    const empty = await reportOf({ name: "empty", systems: [], groups: [] }, []);
    expect(empty).toMatchObject({
      judgments: 0,
      comparisons: 0,
      annotators: 0,
      pairs: [],
      groups: [],
      notes: [],
    });
    const waiting = await reportOf(STUDY, []);
    expect(waiting.pairs.map((pair) => pair.group)).toEqual([null, "crowd"]);
    const row = rowOf(waiting, null);
    expect(row.win).toEqual({ count: 0, rate: null, notEstimable: "no judgments yet" });
    expect(row.halfTieRate).toEqual({ notEstimable: "no judgments yet" });
    expect(row.byMajority).toMatchObject({ plurality: { win: 0, tie: 0, loss: 0 } });
  });

  it("lists the pairs of a protocol whose systems were never loaded", async () => {
    const report = await reportOf({ ...STUDY, systems: [], groups: [] }, []);
    expect(report.pairs).toHaveLength(1);
    expect(report.pairs[0]).toMatchObject({
      system: "target",
      against: "baseline",
      group: null,
      judgments: 0,
    });
  });

  it("names what there is when a study or group is unknown", async () => {
    const context = await testContext(kind);
    await new StudyRows(context, STUDY).write();
    await expect(buildReport(context, { study: "smal" })).rejects.toThrow(/“smal”.*small/);
    await expect(buildReport(context, { study: "small", group: "crow" })).rejects.toThrow(/“crow”.*crowd/);
  });

  it("takes all people of the headline together, and models and visitors by themselves", async () => {
    const groups: GivenStudy["groups"] = [
      { name: "judge", kind: "model" },
      { name: "visitors", kind: "crowd", headline: false },
      { name: "crowd", kind: "crowd" },
      { name: "authors", kind: "author" },
    ];
    const report = await reportOf({ ...STUDY, groups }, [
      judged("p1", "ann", "left"),
      judged("p1", "eve", "tie", { group: "authors" }),
      judged("p1", "vi", "right", { group: "visitors" }),
      judged("p1", "m", "right", { group: "judge" }),
      judged("p2", "m", "right", { group: "judge" }),
    ]);
    expect(report.pairs.map((pair) => pair.group)).toEqual([null, "authors", "crowd", "visitors", "judge"]);
    expect(report.groups.map((group) => group.name)).toEqual(["authors", "crowd", "visitors", "judge"]);
    expect(counts(rowOf(report, null))).toEqual([1, 1, 0]);
    expect(counts(rowOf(report, "visitors"))).toEqual([0, 0, 1]);
    expect(counts(rowOf(report, "judge"))).toEqual([0, 0, 2]);
    expect(report.groups.at(-1)).toEqual({
      name: "judge",
      kind: "model",
      headline: false,
      annotators: 1,
      judgments: 2,
    });
    expect(report.notes).toContain(
      "“visitors” stays out of the figures of all people together (1 judgment).",
    );
    expect(report.judgments).toBe(5);
  });

  it("reports on one group alone when asked", async () => {
    const context = await testContext(kind);
    await new StudyRows(context, STUDY).judge(...SIX).write();
    const report = await buildReport(context, { study: "small", group: "crowd" });
    expect(report.pairs.map((pair) => pair.group)).toEqual(["crowd"]);
    expect(report.judgments).toBe(6);
  });

  it("lists every two systems once where there is no target, under their display names", async () => {
    const systems = ["c", { name: "a", displayName: "Same" }, { name: "b", displayName: "Same" }];
    const report = await reportOf({ name: "all", systems, groups: STUDY.groups }, [
      { prompt: "p", left: "c", right: "a", group: "crowd", annotator: "ann", choice: "left" },
    ]);
    const people = report.pairs.filter((pair) => pair.group === null);
    expect(people.map((pair) => [pair.system, pair.against, ...counts(pair)])).toEqual([
      ["Same (a)", "Same (b)", 0, 0, 0],
      ["Same (a)", "c", 0, 0, 1],
      ["Same (b)", "c", 0, 0, 0],
    ]);
  });

  it("keeps the protocol's order of baselines and says what is in no row", async () => {
    const systems = ["a", "b", "c"];
    const pairs = { target: "b", baselines: ["c", "a"] };
    const between = (left: string, right: string): GivenJudgment =>
      judged("p", left + right, "left", { left, right });
    const report = await reportOf({ ...STUDY, systems, pairs }, [
      between("a", "c"),
      between("a", "b"),
      between("b", "c"),
    ]);
    const people = report.pairs.filter((pair) => pair.group === null);
    expect(people.map((pair) => [pair.system, pair.against, ...counts(pair)])).toEqual([
      ["b", "c", 1, 0, 0],
      ["b", "a", 0, 0, 1],
    ]);
    expect(report.notes.join()).toMatch(
      /1 of 3 judgments is about two systems that the protocol does not pair/,
    );
  });

  it("counts repeats and surplus apart, the latest revision alone, and no checks", async () => {
    const report = await reportOf(STUDY, [
      ...SIX,
      judged("p1", "ann", "right", { purpose: "repeat", presentation: 1 }),
      judged("p1", "dan", "right", { surplus: true }),
      judged("p3", "bob", "right", { revisions: ["tie", "left"] }),
      judged("p9", "bob", "right", { purpose: "check" }),
    ]);
    expect(report).toMatchObject({ judgments: 7, repeats: 1, surplus: 1, prompts: 3 });
    expect(counts(rowOf(report, null))).toEqual([4, 2, 1]);
  });

  it("leaves out excluded annotators with everything that is theirs, and says so", async () => {
    const theirs = [judged("p4", "zed", "left"), judged("p1", "zed", "right", { surplus: true })];
    const report = await reportOf(STUDY, [...SIX, ...theirs], (rows) => rows.exclude("zed", "too fast"));
    expect(report).toMatchObject({ judgments: 6, surplus: 0, annotators: 3 });
    expect(report.notes).toContain("1 annotator is excluded by rule (too fast), with 1 judgment.");
  });

  it("takes all turns of a prompt as one prompt, and each turn as its own comparison", async () => {
    const report = await reportOf(STUDY, [
      judged("p1", "ann", "left", { turn: 1 }),
      judged("p1", "bob", "right", { turn: 2 }),
      judged("p2", "cy", "left", { turn: 1 }),
    ]);
    const row = rowOf(report, null);
    expect(report).toMatchObject({ comparisons: 3, prompts: 2 });
    expect(row).toMatchObject({ prompts: 2, byMajority: { plurality: { win: 2, tie: 0, loss: 1 } } });
    expect("value" in row.halfTieRateByPrompt && row.halfTieRateByPrompt.value).toBe(0.75);
  });

  it("takes a comparison met in both orders as one", async () => {
    const report = await reportOf(STUDY, [
      judged("p1", "ann", "left"),
      judged("p1", "bob", "right", TARGET_RIGHT),
    ]);
    expect(report).toMatchObject({ comparisons: 1, judgments: 2 });
    expect(counts(rowOf(report, null))).toEqual([2, 0, 0]);
  });

  it("says where judgments come from and whose texts are missing", async () => {
    const simulated = SIX.map((one) => ({ ...one, origin: "simulated" as const }));
    const withText = await reportOf(STUDY, simulated, (rows) => rows.withTexts());
    expect(withText.notes).toEqual([
      "All 6 judgments are simulated: a program chose, and nobody read the answers.",
    ]);
    const loaded = await reportOf({ ...STUDY, note: "A trial." }, [{ ...SIX[0]!, origin: "loaded" }]);
    expect(loaded.notes).toEqual([
      "A trial.",
      "The only judgment is about texts that were never loaded (1 comparison).",
    ]);
  });

  it("gives counts and rates without an interval where one prompt is all there is", async () => {
    const report = await reportOf(STUDY, SIX.slice(0, 3));
    const row = rowOf(report, null);
    expect(row.win).toEqual({ count: 2, rate: 2 / 3, notEstimable: "only one prompt" });
    expect(row.halfTieRate).toEqual({ value: 5 / 6, n: 3, notEstimable: "only one prompt" });
  });

  it("takes an only annotator and a model as fixed, and says so", async () => {
    const groups: GivenStudy["groups"] = [
      { name: "crowd", kind: "crowd" },
      { name: "judge", kind: "model" },
    ];
    const choices = ["left", "tie", "left", "right", "left"] as const;
    const byOne = (group: string) =>
      choices.flatMap((choice, i) =>
        [1, 2].map((turn) => judged(`p${i}`, `${group} only`, turn === 1 ? choice : "left", { group, turn })),
      );
    const report = await reportOf({ ...STUDY, groups }, [...byOne("crowd"), ...byOne("judge")]);
    for (const group of [null, "crowd", "judge"]) {
      const row = rowOf(report, group);
      expect(row.win).toMatchObject({ method: "cluster-robust by prompt (score, t, 4 df, annotator fixed)" });
      expect(row.halfTieRate).toMatchObject({
        method: "cluster-robust by prompt (score, t, 4 df, annotator fixed)",
      });
    }
  });

  it("uses Wilson where nothing repeats and never gives [0, 0]", async () => {
    const report = await reportOf(
      STUDY,
      Array.from({ length: 10 }, (_, i) => judged(`p${i}`, `a${i}`, i < 8 ? "left" : "tie")),
    );
    const { win, loss } = rowOf(report, null);
    expect(win).toMatchObject({ count: 8, method: "Wilson" });
    expect("low" in win && [win.low, win.high].map((end) => end.toFixed(4))).toEqual(["0.4902", "0.9433"]);
    expect("high" in loss && loss.high).toBeGreaterThan(0.2);
  });

  it("says of nothing but ties what can be said", async () => {
    const report = await reportOf(
      STUDY,
      SIX.map((one) => ({ ...one, choice: "tie" as const })),
    );
    const row = rowOf(report, null);
    expect(row.tie).toMatchObject({ count: 6, rate: 1 });
    expect(row.halfTieRate).toMatchObject({ value: 0.5, notEstimable: expect.any(String) as string });
    expect(row.byMajority).toMatchObject({ moreThanHalf: { win: 0, tie: 3, loss: 0 } });
  });

  it("refuses to cluster on prompts that were made up for published percentages", async () => {
    const rebuilt = (annotator: string, i: number) =>
      judged(`p${i}`, annotator, "left", { origin: "reconstructed", group: annotator });
    const groups = ["one", "other"].map((name) => ({ name, kind: "crowd" as const }));
    const both = [0, 1, 2].flatMap((i) => [rebuilt("one", i), rebuilt("other", i)]);
    const row = rowOf(await reportOf({ ...STUDY, groups }, both), null);
    expect(row.win).toMatchObject({
      count: 6,
      notEstimable: expect.stringMatching(/^reconstructed/) as string,
    });
    expect(row.halfTieRate).toMatchObject({
      value: 1,
      notEstimable: expect.stringMatching(/^reconstructed/) as string,
    });
  });
});
