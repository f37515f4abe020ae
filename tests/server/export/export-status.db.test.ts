import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { type GivenJudgment, StudyRows } from "../../support/study-rows.ts";
import { exported, rowsOf } from "./export-support.ts";

const judged = (annotator: string, over: Partial<GivenJudgment> = {}): GivenJudgment => ({
  ...{ prompt: "p1", left: "A", right: "B", group: "crowd", annotator, choice: "left" },
  ...over,
});

describe.each(DATABASES)("what became of a judgment, on %s", (kind) => {
  let context: Context;
  let rows: StudyRows;
  beforeAll(async () => {
    context = await testContext(kind);
    const groups = [
      { name: "crowd", kind: "crowd" as const, headline: false },
      { name: "judge", kind: "model" as const },
    ];
    rows = new StudyRows(context, { name: "ugly", systems: ["A", "B"], groups });
    await rows
      .judge(
        judged("counts"),
        judged("corrects", { revisions: ["tie", "right"] }),
        judged("late", { surplus: true }),
        judged("again", { prompt: "p2" }),
        judged("again", { prompt: "p2", purpose: "repeat", presentation: 1, choice: "tie" }),
        judged("checked", { purpose: "check" }),
        judged("careless"),
        judged("careless", { prompt: "p2", purpose: "repeat", presentation: 1 }),
      )
      .write();
    await rows
      .judge(
        judged("gpt", { group: "judge", origin: "simulated" }),
        judged("gpt", { group: "judge", origin: "simulated", presentation: 1, left: "B", right: "A" }),
      )
      .exclude("careless", "too fast")
      .exclude("careless", "fails checks")
      .write();
  });

  it("is said beside it", async () => {
    const { text, summary } = await exported(context, "jsonl");
    const all = rowsOf(text);
    expect(summary).toMatchObject({ judgments: 10, leftOut: [], files: [{ rows: 10 }] });
    const said = (row: Record<string, unknown>) => `${String(row.annotator)} ${String(row.status)}`;
    expect(all.map(said).sort()).toEqual([
      "again counted",
      "again repeat",
      "careless excluded",
      "careless repeat",
      "checked check",
      "corrects counted",
      "counts counted",
      "gpt counted",
      "gpt other_order",
      "late surplus",
    ]);
    const of = (annotator: string) => all.filter((row) => row.annotator === annotator);
    expect(of("careless").map((row) => row.excluded_by)).toEqual(Array(2).fill("fails checks; too fast"));
    expect(of("counts")[0]).toMatchObject({ excluded_by: null, headline: false, origin: "handed_out" });
    expect(of("corrects")).toMatchObject([{ choice: "right", earlier_choices: ["left", "tie"] }]);
    expect(of("gpt")[0]).toMatchObject({ group_kind: "model", headline: true, origin: "simulated" });
    expect(new Set(all.map((row) => row.judgment_id)).size).toBe(10);
  });

  it("agrees with what counts in the report", async () => {
    const counted = await context.database.read(({ db }) =>
      db
        .selectFrom("counted_judgment as c")
        .innerJoin("annotator as a", "a.id", "c.annotator_id")
        .select(["a.external_id as annotator", "c.choice"])
        .where("c.study_id", "=", rows.studyId)
        .execute(),
    );
    const { text } = await exported(context, "jsonl");
    const here = rowsOf(text).filter((row) => row.status === "counted");
    const line = (row: { annotator?: unknown; choice?: unknown }) =>
      `${String(row.annotator)} ${String(row.choice)}`;
    expect(here.map(line).sort()).toEqual(counted.map(line).sort());
  });

  it("keeps what does not count out of files that have no word for it, and counts it", async () => {
    const { text, summary } = await exported(context, "mt-bench");
    expect(
      rowsOf(text)
        .map((row) => row.judge)
        .sort(),
    ).toEqual(["again", "corrects", "counts", "gpt"]);
    const leftOut = Object.fromEntries(summary.leftOut.map(({ what, judgments }) => [what, judgments]));
    expect(leftOut).toEqual({
      ...{ repeats: 2, "of excluded annotators": 1, surplus: 1, checks: 1 },
      "a model's other order": 1,
    });
    expect(summary.changed).toEqual([
      { what: "written without its texts, which were never loaded", judgments: 4 },
    ]);
  });

  it("leaves out what a load brings that is not published", async () => {
    const load = await context.database.transact(async ({ db }) => {
      await db.updateTable("load").set({ state: "running" }).where("study_id", "=", rows.studyId).execute();
    });
    expect(load).toBeUndefined();
    const { text } = await exported(context, "jsonl");
    expect(rowsOf(text).some((row) => row.annotator === "gpt")).toBe(false);
    await context.database.transact(async ({ db }) => {
      await db.updateTable("load").set({ state: "published" }).where("study_id", "=", rows.studyId).execute();
    });
  });
});
