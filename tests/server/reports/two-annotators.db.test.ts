import { describe, expect, it } from "vitest";
import { buildFullReport } from "../../../server/reports/report.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { type GivenJudgment, type GivenStudy, StudyRows } from "../../support/study-rows.ts";

const STUDY: GivenStudy = {
  name: "s",
  systems: ["ours", "theirs"],
  groups: [{ name: "crowd", kind: "crowd" }],
};
const CHOICES = ["left", "tie", "left", "right", "left", "left"] as const;

/** Six prompts judged by each of these annotators: the first always for ours, the others as the choices say. */
const judgedBy = (annotators: readonly string[]): GivenJudgment[] =>
  CHOICES.flatMap((choice, i) =>
    annotators.map((annotator, k) => ({
      ...{ prompt: `p${i}`, left: "ours", right: "theirs", group: "crowd", annotator },
      choice: k === 0 ? "left" : choice,
    })),
  );

describe.each(DATABASES)("a study of two annotators on %s", (kind) => {
  const reportOf = async (annotators: readonly string[]) => {
    const context = await testContext(kind);
    await new StudyRows(context, STUDY).judge(...judgedBy(annotators)).write();
    return buildFullReport(context, { study: "s" });
  };

  it("concludes about these two, since two are too few to stand for others", async () => {
    const { pairs, components } = await reportOf(["one", "other"]);
    const row = pairs[0]!;
    const refused = { notEstimable: "two annotators are too few to stand for others" };
    expect(row.conclusion).toMatchObject({
      target: "these annotators",
      test: "permutationTest",
      annotators: 2,
    });
    expect(row.conclusion.annotatorsLikeThese).toEqual(refused);
    expect(row.tTest).toMatchObject(refused);
    expect(row.halfTieRate).toMatchObject({
      method: "cluster-robust by prompt (score, t, 5 df, annotator fixed)",
    });
    expect(components![0]!.components).toHaveProperty("annotators.variance.value");
  });

  it("concludes about others like them from three on", async () => {
    const { pairs } = await reportOf(["one", "other", "third"]);
    expect(pairs[0]!.conclusion).toMatchObject({ target: "annotators like these", test: "tTest" });
  });
});
