import { describe, expect, it } from "vitest";
import { loadDemo } from "../../../server/demo/demo-study.ts";
import type { Context } from "../../../server/context.ts";
import { judgeStudy } from "../../../server/judges/judge-study.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { buildFullReport, ReportBuilder } from "../../../server/reports/report.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { meansFor, requestFor, scriptedModel } from "../../support/judge.ts";
import { openStudy } from "../../support/study.ts";

const ADVICE = { field: "source", value: "advice" };

/** What a study reports that never had other prompts. */
async function withoutOthers(context: Context, isKept: (prompt: string) => boolean): Promise<void> {
  await context.database.transact(async ({ db }) => {
    const prompts = await db.selectFrom("prompt").select(["id", "external_id"]).execute();
    const others = prompts.filter((prompt) => !isKept(prompt.external_id)).map(({ id }) => id);
    const comparisons = db.selectFrom("comparison").select("id").where("prompt_id", "in", others);
    const assignments = db.selectFrom("assignment").select("id").where("comparison_id", "in", comparisons);
    await db.deleteFrom("judgment").where("assignment_id", "in", assignments).execute();
  });
}

describe.each(DATABASES)("a report of part of the prompts on %s", (kind) => {
  it("has the figures of a study in which nothing else was judged", async () => {
    const context = await testContext(kind);
    await loadDemo(context);
    const part = await buildFullReport(context, { study: "demo", prompts: ADVICE });
    const advice = new Set(
      (
        await context.database.read(({ db }) =>
          db
            .selectFrom("prompt_text as t")
            .innerJoin("prompt as p", "p.id", "t.prompt_id")
            .select(["p.external_id as name", "t.metadata"])
            .execute(),
        )
      )
        .filter(({ metadata }) => (JSON.parse(metadata) as { source?: string }).source === "advice")
        .map(({ name }) => name),
    );
    await withoutOthers(context, (prompt) => advice.has(prompt));
    const alone = await buildFullReport(context, { study: "demo" });
    const exploratory = <T>(one: T): T =>
      JSON.parse(JSON.stringify(one).replace(/"status":"interim"/g, '"status":"exploratory"')) as T;
    for (const block of [
      "agreement",
      "ranking",
      "position",
      "byAnnotator",
      "effects",
      "aggregation",
    ] as const)
      expect(part[block], block).toEqual(alone[block]);
    expect(part.pairs).toEqual(exploratory(alone.pairs));
    expect(part.groups).toEqual(alone.groups);
  });

  it("is exploratory, says what it is of, and leaves the whole report as it was", async () => {
    const context = await testContext(kind);
    await loadDemo(context);
    const builder = new ReportBuilder(context);
    const before = await builder.full({ study: "demo" });
    const part = await builder.full({ study: "demo", prompts: ADVICE });
    expect([part.prompts, part.analysis.status]).toEqual([6, "exploratory"]);
    expect(part.analysis.protocolHash).toBe(before.analysis.protocolHash);
    expect(formatReport(part, "text").replace(/\s+/g, " ")).toContain(
      "Only the 6 prompts with source advice.",
    );
    expect(
      part.pairs.every(
        ({ permutationTest }) => "status" in permutationTest && permutationTest.status === "exploratory",
      ),
    ).toBe(true);
    expect(await builder.full({ study: "demo" })).toEqual(before);
    const none = builder.report({ study: "demo", prompts: { field: "source", value: "nowhere" } });
    await expect(none).rejects.toMatchObject({ name: "PartNotFound", status: 404 });
  });

  it("keeps what a model said in the other order beside its judgments", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 6, baselines: 2, annotators: 1 });
    const request = requestFor({ settings: { orders: "both" } });
    await judgeStudy(context, request, meansFor(scriptedModel(({ a, b }) => (a < b ? "A" : "B"))));
    await context.database.transact(({ db }) =>
      db
        .updateTable("prompt_text")
        .set({ metadata: '{"source":"odd"}' })
        .where("prompt_id", "in", [1, 3, 5])
        .execute(),
    );
    const { judges, judgments } = await buildFullReport(context, {
      study: "s",
      prompts: { field: "source", value: "odd" },
    });
    expect(judgments).toBe(6);
    expect(judges.judges[0]).toMatchObject({ verdicts: 6, consistency: { value: 1, n: 6 } });
  });
});
