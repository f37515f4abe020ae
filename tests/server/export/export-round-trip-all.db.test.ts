import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { type GivenJudgment, StudyRows } from "../../support/study-rows.ts";
import { exported, loadInto, reportOf, rowsOf } from "./export-support.ts";

const judged = (annotator: string, over: Partial<GivenJudgment> = {}): GivenJudgment => ({
  ...{ prompt: "p1", left: "A", right: "B", group: "crowd", annotator, choice: "left" },
  ...over,
});

async function everyKind(context: Context): Promise<void> {
  const groups = [
    { name: "crowd", kind: "crowd" as const },
    { name: "visitors", kind: "crowd" as const, headline: false },
    { name: "judge", kind: "model" as const },
  ];
  const given = { name: "ugly", systems: ["A", "B"], groups, state: "draft" as const };
  const rows = new StudyRows(context, { ...given, pairs: { target: "A", baselines: ["B"] } });
  const simulated = { origin: "simulated" as const };
  await rows
    .judge(judged("one"), judged("two", { choice: "tie" }), judged("late", { surplus: true }))
    .judge(judged("out", { choice: "right" }), judged("out", { prompt: "p2", surplus: true }))
    .judge(judged("one", { purpose: "repeat", presentation: 1, choice: "right" }))
    .judge(judged("checked", { purpose: "check" }), judged("learns", { purpose: "practice" }))
    .judge(judged("guest", { group: "visitors", prompt: "p2", choice: "both_bad" }))
    .write();
  await rows
    .judge(judged("paper", { origin: "reconstructed", prompt: "p3" }))
    .judge(judged("robot", { ...simulated, prompt: "p2" }))
    .judge(judged("gpt", { ...simulated, group: "judge" }))
    .judge(judged("gpt", { ...simulated, group: "judge", presentation: 1, left: "B", right: "A" }))
    .exclude("out", "slept; or so")
    .withTexts()
    .write();
  await context.database.transact(async ({ db }) => {
    await db.updateTable("assignment").set({ side_known: 0 }).where("origin", "=", "handed_out").execute();
    await db.updateTable("study").set({ seed: "ugly" }).execute();
  });
}

/** Lines are compared in no order: loading keeps the order of each annotator's, and groups them by annotator. */
const asText = (row: object) => JSON.stringify(row);

describe.each(DATABASES)("judgments of every kind, loaded again on %s", (kind) => {
  it.each(["jsonl", "csv"] as const)("from %s give the same report and the same lines", async (as) => {
    const context = await testContext(kind);
    await everyKind(context);
    await context.database.transact(async ({ db }) => {
      await db.deleteFrom("response").execute();
      await db.deleteFrom("prompt_text").execute();
    });
    const { file } = await exported(context, as);
    const other = await testContext(kind);
    await createStudy(other, {
      name: "again",
      seed: "ugly",
      publicTitle: "Which is better?",
      target: "A",
      baselines: ["B"],
    });
    await loadInto(other, "again", [file], "plain", { made: true });
    expect(await reportOf(other, "again")).toBe(await reportOf(context, "ugly"));
    const plain = (row: Record<string, unknown>): Record<string, unknown> => ({
      ...row,
      ...{
        judgment_id: null,
        created_at: null,
        metadata: null,
        origin: row.origin === "handed_out" ? "loaded" : row.origin,
      },
      purpose: row.purpose === "surplus" ? "main" : row.purpose,
    });
    const again = rowsOf((await exported(other, "jsonl", { study: "again" })).text).map(plain);
    const before = rowsOf((await exported(context, "jsonl")).text).map(plain);
    expect(again.map(asText).toSorted()).toEqual(before.map(asText).toSorted());
    expect(again.filter((row) => row.status === "surplus")).toHaveLength(2);
  });
});
