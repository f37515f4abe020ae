import fs from "node:fs";
import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { exclude } from "../../../server/assignments/exclude.ts";
import { UNNAMED } from "../../../server/loading/reading/records.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { studyDetail } from "../../../server/studies/detail.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { exported, loadInto, reportOf } from "../export/export-support.ts";
import { contents, fileOf, judgment, load, MATERIAL, newStudy } from "./loading-support.ts";

/** Votes on two prompts: on the first 3 for A, 1 for B; on the second 2 for A, 1 tie. */
const VOTES = [
  ...(["left", "left", "left", "right"] as const).map((choice) => ({ promptId: "p1", choice })),
  ...(["left", "left", "tie"] as const).map((choice) => ({ promptId: "p2", choice })),
].map((vote, i) => judgment(i + 1, { ...vote, annotator: UNNAMED, turn: 1 }));

const withVotes = async (kind: "sqlite" | "postgres"): Promise<Context> => {
  const context = await testContext(kind);
  await newStudy(context);
  await load(context, [fileOf("material", MATERIAL), fileOf("votes", VOTES)]);
  return context;
};

describe.each(DATABASES)("votes without a name, on %s", (kind) => {
  it("all count, and none is a repeat or a person", async () => {
    const context = await withVotes(kind);
    const report = await buildFullReport(context, { study: "s" });
    expect(report).toMatchObject({ judgments: 7, annotators: 0, unnamed: 7, repeats: 0 });
    expect(report.groups).toMatchObject([{ name: "loaded", annotators: 0, unnamed: 7, judgments: 7 }]);
    expect(report.pairs[0]).toMatchObject({ judgments: 7, win: { count: 5 }, tie: { count: 1 } });
    expect(report.pairs[0]!.conclusion).toMatchObject({
      ...{ target: "these votes", annotatorsAre: "not named", annotators: 0, unnamed: 7 },
      test: "permutationTest",
    });
    expect(report.pairs[0]!.tTest).toMatchObject({
      notEstimable: expect.stringContaining("no name") as string,
    });
    expect(report.byAnnotator).toEqual([]);
    expect(report.agreement.overall.comparisons).toBe(0);
    expect(report.aggregation.pairs[0]).toMatchObject({ comparisons: 2, majority: { win: 2 } });
    expect(report.notes[0]).toMatch(/^All 7 judgments have no annotator’s name/);
    const { groups } = await studyDetail(context, "s");
    expect(groups).toMatchObject([{ annotators: 0, judged: 7, unnamed: 7 }]);
    expect(
      (await contents(context)).assignment!.every(
        (row) => (row as { presentation: number }).presentation === 0,
      ),
    ).toBe(true);
  });

  it("are told of once where they were loaded, and change nothing when they come again", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const report = await load(context, [fileOf("material", MATERIAL), fileOf("votes", VOTES)]);
    const told = report.warnings.listed.filter(({ name }) => name === "AnnotatorsNotNamed");
    expect(told).toMatchObject([
      { file: "votes", message: expect.stringContaining("of 7 judgments") as string },
    ]);
    const again = await load(context, fileOf("votes", VOTES));
    expect(again.files[0]).toMatchObject({ outcome: "unchanged", judgments: { unchanged: 7, new: 0 } });
    const corrected = await load(
      context,
      fileOf("more", [...VOTES, judgment(8, { annotator: UNNAMED, turn: 1 })]),
    );
    expect(corrected.files[0]).toMatchObject({ outcome: "published", judgments: { new: 8 } });
    expect(await buildFullReport(context, { study: "s" })).toMatchObject({ judgments: 15, repeats: 0 });
  });

  it("are none in a group of models, where every annotator is a model with a name", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const votes = VOTES.map((vote) => ({ ...vote, group: { name: "judges", kind: "model" as const } }));
    const report = await load(context, [fileOf("material", MATERIAL), fileOf("votes", votes)]);
    expect(report.done).toBe(false);
    expect(report.errors.listed[0]).toMatchObject({ name: "AnnotatorMissing", file: "votes" });
    expect(report.errors.listed[0]!.message).toContain("--annotator NAME");
  });

  it("stand apart from a person who is called as they might be", async () => {
    const context = await withVotes(kind);
    const people = ["unnamed", "1/0", "nameless"].map((annotator, i) =>
      judgment(i + 1, { annotator, turn: 1 }),
    );
    await load(context, fileOf("people", people));
    const report = await buildFullReport(context, { study: "s" });
    expect(report).toMatchObject({ judgments: 10, annotators: 3, unnamed: 7 });
    expect(report.byAnnotator.map(({ annotator }) => annotator)).toEqual(["1/0", "nameless", "unnamed"]);
    expect(report.agreement.overall).toMatchObject({ comparisons: 1, ratingPairs: 3 });
    expect(report.pairs[0]!.conclusion).toMatchObject({ target: "these votes", annotators: 3, unnamed: 7 });
    await exclude(context, { study: "s", annotators: ["1/0"], rule: "an author", by: "test" });
    expect(await buildFullReport(context, { study: "s" })).toMatchObject({ annotators: 2, unnamed: 7 });
  });

  it("come back from an export as what they are", async () => {
    const context = await withVotes(kind);
    for (const format of ["jsonl", "csv", "arena"] as const) {
      const { file, text } = await exported(context, format, { study: "s" });
      expect(text).not.toContain("nameless");
      if (format !== "arena") expect(fs.readFileSync(file, "utf8")).toContain("annotator");
      await loadInto(context, format, [file], format === "arena" ? null : "plain");
      const report = JSON.parse(await reportOf(context, format)) as Record<string, unknown>;
      expect(report, format).toMatchObject({ judgments: 7, annotators: 0, unnamed: 7 });
    }
  });
});
