import { describe, expect, it } from "vitest";
import { buildFullReport } from "../../../server/reports/report.ts";
import { currentProtocol } from "../../../server/studies/store.ts";
import { changeProtocol, changeState } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { contents, counted, fileOf, judgment, load, MATERIAL, newStudy, prompt } from "./loading-support.ts";

const DAY = (day: number) => `2026-01-${String(day).padStart(2, "0")}T00:00:00.000Z`;

const withMaterial = async (kind: "sqlite" | "postgres") => {
  const context = await testContext(kind);
  await newStudy(context);
  await load(context, fileOf("material", MATERIAL));
  return context;
};

describe.each(DATABASES)("loading judgments on %s", (kind) => {
  it("keeps a judgment as an assignment that was judged at once", async () => {
    const context = await withMaterial(kind);
    const one = judgment(1, { createdAt: DAY(2), rationale: "why", metadata: { browser: "x" } });
    const report = await load(context, fileOf("j", [one]));
    expect(report.files[0]).toMatchObject({
      outcome: "published",
      judgments: { read: 1, new: 1 },
      repeats: 0,
    });
    const all = await contents(context);
    expect(all.assignment).toMatchObject([
      { purpose: "main", presentation: 0, side_known: 1, ordinal: 1, origin: "loaded", slot_id: null },
    ]);
    expect(all.assignment).toMatchObject([{ opened_at: DAY(2), ended_at: DAY(2), ended_how: "judged" }]);
    expect(all.judgment).toMatchObject([
      { choice: "left", rationale: "why", judged_at: DAY(2), revision: 1, metadata: '{"browser":"x"}' },
    ]);
    expect(all.annotator_group).toMatchObject([{ name: "loaded", kind: "crowd" }]);
    expect(all.annotator).toMatchObject([{ provider: "loaded", external_id: "ann", display_number: 1 }]);
    expect(await counted(context)).toMatchObject([
      { prompt: "p1", annotator: "ann", left: "A", choice: "left" },
    ]);
  });

  it("has no time where its file does not say: when it was loaded is no time of a judgment", async () => {
    const context = await withMaterial(kind);
    const rows = [1, 2].flatMap((prompt) =>
      Array.from({ length: 5 }, (_, i) => judgment(prompt * 10 + i, { promptId: `p${prompt}`, turn: 1 })),
    );
    const dated = [judgment(30, { annotator: "dated", createdAt: DAY(3) })];
    await load(
      context,
      fileOf("j", [...rows.map((row, i) => ({ ...row, annotator: `a${i % 5}` })), ...dated]),
    );
    const times = await context.database.read(({ db }) =>
      db.selectFrom("counted_judgment").select("judged_at").distinct().orderBy("judged_at").execute(),
    );
    expect(new Set(times.map((row) => row.judged_at))).toEqual(new Set([null, DAY(3)]));
    const report = await buildFullReport(context, { study: "s" });
    expect(report.progress).toMatchObject([{ judgments: 1 }]);
    expect(report.judgments).toBe(11);
  });

  it("makes one comparison of both orders and keeps the sides", async () => {
    const context = await withMaterial(kind);
    const swapped = judgment(2, { annotator: "other", leftSystem: "B", rightSystem: "A", sideKnown: false });
    await load(context, fileOf("j", [judgment(1), swapped]));
    const { comparison, assignment } = await contents(context);
    expect(comparison).toHaveLength(1);
    const [first, second] = assignment as {
      left_system_id: number;
      right_system_id: number;
      side_known: number;
    }[];
    expect(first).toMatchObject({ left_system_id: second?.right_system_id, side_known: 1 });
    expect(second).toMatchObject({ left_system_id: first?.right_system_id, side_known: 0 });
  });

  it("changes nothing when the same file comes again", async () => {
    const context = await withMaterial(kind);
    const file = fileOf("j", [judgment(1), judgment(2), judgment(3, { annotator: "b", judgmentId: "x" })]);
    await load(context, file);
    const before = await contents(context);
    const report = await load(context, file);
    expect(report.files[0]).toMatchObject({
      outcome: "unchanged",
      judgments: { read: 3, new: 0, unchanged: 3 },
    });
    expect(await contents(context)).toEqual(before);
  });

  it("takes the same judgment id for the same judgment, in whatever file", async () => {
    const context = await withMaterial(kind);
    const one = judgment(1, { judgmentId: "17" });
    await load(context, fileOf("j", [one]));
    const report = await load(
      context,
      fileOf("k", [{ ...one, row: 9 }, judgment(10, { judgmentId: "18", annotator: "b" })]),
    );
    expect(report.files[0]).toMatchObject({
      outcome: "published",
      judgments: { new: 1, unchanged: 1 },
      repeats: 0,
    });
  });

  it("refuses one judgment id for two different judgments", async () => {
    const context = await withMaterial(kind);
    await load(context, fileOf("j", [judgment(1, { judgmentId: "17" })]));
    const rows = [
      judgment(1, { judgmentId: "17", choice: "tie" }),
      judgment(2, { judgmentId: "9" }),
      judgment(3, { judgmentId: "9", annotator: "b" }),
    ];
    const { errors } = await load(context, fileOf("k", rows));
    expect(errors.listed.map(({ name, line }) => [name, line])).toEqual([
      ["JudgmentConflict", 1],
      ["JudgmentConflict", 3],
    ]);
  });

  it("keeps several judgments of one row apart", async () => {
    const context = await withMaterial(kind);
    const group = { name: "gpt", kind: "model" as const };
    const file = fileOf(
      "j",
      [judgment(1, { group }), judgment(1, { group, leftSystem: "B", rightSystem: "A" })],
      1,
    );
    expect((await load(context, file)).files[0]).toMatchObject({
      rows: 1,
      judgments: { new: 2 },
      repeats: 0,
    });
    expect((await load(context, file)).files[0]).toMatchObject({ outcome: "unchanged" });
  });

  it("makes a comparison of each turn, the last where none is named", async () => {
    const context = await withMaterial(kind);
    await load(context, fileOf("p", [prompt(1, "p3", "one", "two")]));
    const rows = [1, 2, null].map((turn, i) => judgment(i + 1, { promptId: "p3", turn, annotator: `a${i}` }));
    await load(context, fileOf("j", rows));
    expect((await counted(context)).map((one) => one.turn)).toEqual([1, 2, 2]);
    expect((await contents(context)).comparison).toHaveLength(2);
    const { errors } = await load(context, fileOf("k", [judgment(1, { promptId: "p3", turn: 3 })]));
    expect(errors.listed).toMatchObject([{ name: "TurnUnknown", line: 1 }]);
  });

  it("accepts judgments of texts that were never loaded, and says how many", async () => {
    const context = await withMaterial(kind);
    const rows = [judgment(1), judgment(2, { promptId: "unseen" }), judgment(3, { rightSystem: "C" })];
    const report = await load(context, fileOf("j", rows));
    expect(report.done).toBe(true);
    expect(await counted(context)).toHaveLength(3);
    const remarks = new Map(report.warnings.listed.map((one) => [one.name, one.message]));
    expect(remarks.get("JudgedTextMissing")).toMatch(/^2 judgments/);
    expect(remarks.get("PromptTextMissing")).toContain("unseen");
    expect(remarks.get("SystemWithoutOutputs")).toContain("C");
    const one = await load(context, fileOf("k", [judgment(1, { promptId: "unseen", annotator: "b" })]));
    expect(one.warnings.listed.find((remark) => remark.name === "JudgedTextMissing")?.message).toBe(
      "1 judgment is of texts that were never loaded. It counts, but what was judged cannot be shown.",
    );
  });

  it("keeps the texts that come with a judgment, and refuses them where they differ", async () => {
    const context = await withMaterial(kind);
    const whole = judgment(1, { promptId: null, promptTurns: ["New?"], leftTurns: ["l"], rightTurns: ["r"] });
    const report = await load(context, fileOf("j", [whole, { ...whole, row: 2, annotator: "b" }]));
    expect(report.files[0]).toMatchObject({
      prompts: { read: 2, new: 1, unchanged: 1 },
      responses: { read: 4, new: 2, unchanged: 2 },
      judgments: { new: 2 },
    });
    const refused = await load(
      context,
      fileOf("k", [judgment(1, { annotator: "c", leftTurns: ["It walks."] })]),
    );
    expect(refused.errors.listed).toMatchObject([{ name: "ResponseConflict" }]);
    expect((await contents(context)).judgment).toHaveLength(2);
  });

  it("refuses a comparison of a system with itself, and a group of another kind", async () => {
    const context = await withMaterial(kind);
    const rows = [
      judgment(1, { rightSystem: "A" }),
      judgment(2, { group: { name: "g", kind: "crowd" } }),
      judgment(3, { group: { name: "g", kind: "model" } }),
      judgment(4, { promptId: null }),
    ];
    const { errors } = await load(context, fileOf("j", rows));
    expect(errors.listed.map(({ name, line }) => [name, line]).sort()).toEqual([
      ["GroupKindConflict", 3],
      ["PromptMissing", 4],
      ["SameSystemTwice", 1],
    ]);
  });

  it("takes a group as the draft's protocol declares it, where the file does not say", async () => {
    const context = await withMaterial(kind);
    const wanted = { judgments: 1, sharedJudgments: 1, judgmentsPerAnnotator: null };
    const authors = { ...wanted, name: "authors", kind: "author", headline: false } as const;
    const { protocol } = await context.database.read((reader) => currentProtocol(reader, 1));
    await changeProtocol(context, "s", { groups: [...protocol.groups, authors] });
    const rows = [
      judgment(1, { group: { name: "authors", kind: null } }),
      judgment(2, { group: { name: "others", kind: null } }),
    ];
    await load(context, fileOf("j", rows));
    expect((await contents(context)).annotator_group).toMatchObject([
      { name: "authors", kind: "author", headline: 0 },
      { name: "others", kind: "crowd", headline: 1 },
    ]);
    await changeState(context, { study: "s", to: "open", by: "test" });
  });

  it("keeps one name in two groups apart", async () => {
    const context = await withMaterial(kind);
    const inGroup = (row: number, name: string, annotator: string) =>
      judgment(row, { group: { name, kind: "crowd" }, annotator });
    const rows = [inGroup(1, "g", "x"), inGroup(2, "h", "x"), inGroup(3, "h", "h/x"), inGroup(4, "h", "x")];
    const report = await load(context, fileOf("j", rows, 1));
    expect(report.files[0]).toMatchObject({ judgments: { new: 4 }, repeats: 1 });
    const { annotator } = await contents(context);
    expect(annotator).toMatchObject([
      { external_id: "x", display_number: 1 },
      { external_id: "h/x", display_number: 2 },
      { external_id: "h/h/x", display_number: 3 },
    ]);
    const again = await load(context, fileOf("k", [inGroup(1, "h", "x"), inGroup(2, "h", "y")]), {
      yes: true,
    });
    expect(again.files[0]).toMatchObject({ judgments: { new: 2 }, repeats: 1 });
    expect((await contents(context)).annotator).toHaveLength(4);
  });

  it("marks where loaded judgments come from", async () => {
    const context = await withMaterial(kind);
    await load(context, fileOf("j", [judgment(1)]), { origin: "simulated", by: "demo" });
    const { assignment, study_change: changes } = await contents(context);
    expect(assignment).toMatchObject([{ origin: "simulated" }]);
    expect(changes?.at(-1)).toMatchObject({ by_whom: "demo" });
  });
});
