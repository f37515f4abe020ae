import { beforeAll, describe, expect, it } from "vitest";
import { loadDemo } from "../../../server/demo/demo-study.ts";
import type { Context } from "../../../server/context.ts";
import { type JudgedComparison, judgedQuerySchema } from "../../../server/contract/judged.ts";
import { judgedComparisons } from "../../../server/drill-down/judged.ts";
import { exclude } from "../../../server/assignments/exclude.ts";
import { reportsHere } from "../../../server/reports/report-service.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { DATABASES, testContext } from "../../support/context.ts";

const STUDY = "demo";
const OWNER = { accountId: null, isOwner: true, mayAdjudicate: true };
type Full = Awaited<ReturnType<typeof buildFullReport>>;

/** Everything that a look shows, from its first page to its last. */
async function lookThrough(context: Context, look: Record<string, string>): Promise<JudgedComparison[]> {
  const found: JudgedComparison[] = [];
  for (let after: string | null = "0"; after !== null;) {
    const query = judgedQuerySchema.parse({ ...look, after });
    const parts = { context, reports: reportsHere(context), render: async (turns: string[]) => turns };
    const page = await judgedComparisons(parts, STUDY, { query, member: OWNER });
    found.push(...page.comparisons);
    after = page.next;
  }
  return found;
}

/** Judgments in the figures among what a look shows. */
const inFigures = (found: readonly JudgedComparison[]) =>
  found.flatMap(({ judgments }) => judgments.filter(({ excludedBy }) => excludedBy === null));

describe.each(DATABASES)("what a figure leads to, on %s, is as many as the figure says:", (kind) => {
  let context: Context;
  let report: Full;
  beforeAll(async () => {
    context = await testContext(kind);
    await loadDemo(context);
    const [first] = (await buildFullReport(context, { study: STUDY })).byAnnotator;
    await exclude(context, { study: STUDY, annotators: [first!.annotator], rule: "to see it", by: "test" });
    report = await buildFullReport(context, { study: STUDY });
  });

  it("the slices of every field", async () => {
    expect(report.slices.map(({ field }) => field)).toContain("prompt length");
    expect(report.slices.length).toBeGreaterThan(1);
    for (const { field, slices } of report.slices) {
      for (const { system, against, value, judgments, prompts } of slices.slice(0, 8)) {
        const found = await lookThrough(context, { system, against, field, value });
        expect([field, value, inFigures(found).length]).toEqual([field, value, judgments]);
        const withSome = found.filter((one) => inFigures([one]).length > 0);
        expect(new Set(withSome.map(({ prompt }) => prompt)).size).toBe(prompts);
      }
    }
  });

  it("the systems of the ranking", async () => {
    const { bradleyTerry } = report.ranking;
    if ("notEstimable" in bradleyTerry) throw new Error(bradleyTerry.notEstimable);
    for (const { system, judgments } of bradleyTerry.systems) {
      const found = await lookThrough(context, { system });
      expect([system, inFigures(found).length]).toEqual([system, judgments]);
      expect(new Set(found.map((one) => one.system))).toEqual(new Set([system]));
    }
  });

  it("the comparisons of two groups, and of two annotators of one", async () => {
    const { betweenGroups } = report.agreement;
    expect(betweenGroups.length).toBeGreaterThan(3);
    for (const { groups, comparisons } of betweenGroups) {
      const [group, also] = groups;
      const asked = { group, together: "yes", ...(also === group ? {} : { also }) };
      expect([...groups, (await lookThrough(context, asked)).length]).toEqual([...groups, comparisons]);
    }
    for (const { model, against, comparisons } of report.agreement.modelAndHuman) {
      if (against === null) continue;
      const found = await lookThrough(context, { group: against, also: model, together: "yes" });
      expect(found.length).toBeGreaterThanOrEqual(comparisons);
    }
  });

  it("the comparisons of two annotators", async () => {
    const pairs = report.agreement.betweenAnnotators;
    expect(pairs.length).toBeGreaterThan(5);
    for (const { annotators, comparisons } of pairs.slice(0, 12)) {
      const [annotator, alsoAnnotator] = annotators;
      const found = await lookThrough(context, { annotator, alsoAnnotator });
      expect([...annotators, found.length]).toEqual([...annotators, comparisons]);
    }
  });

  it("the pairs and parts on which a model stands beside people, and one label a comparison", async () => {
    const [judge] = report.judges.judges;
    const both = { also: judge!.group, together: "yes" };
    for (const { system, against, comparisons } of judge!.besidePeople.pairs)
      expect(await lookThrough(context, { ...both, system, against })).toHaveLength(comparisons);
    for (const { field, values } of judge!.besidePeople.byField)
      for (const { value, comparisons } of values)
        expect(await lookThrough(context, { ...both, field, value }), value).toHaveLength(comparisons);
    for (const { system, against, comparisons } of report.aggregation.pairs) {
      const found = await lookThrough(context, { system, against });
      expect(found.filter((one) => inFigures([one]).length > 0)).toHaveLength(comparisons);
    }
  });

  it("the sides of groups and pairs", async () => {
    for (const { group, left, right, ties } of report.position.byGroup) {
      const found = inFigures(await lookThrough(context, { group }));
      expect([group, found.filter(({ sideKnown }) => sideKnown).length]).toEqual([
        group,
        left + right + ties,
      ]);
    }
  });

  it("nothing where a part of the prompts is empty or unknown", async () => {
    expect(await lookThrough(context, { field: "no such field", value: "x" })).toEqual([]);
    expect(await lookThrough(context, { field: "prompt length", value: "very long" })).toEqual([]);
    expect(await lookThrough(context, { annotator: "nobody" })).toEqual([]);
  });
});
