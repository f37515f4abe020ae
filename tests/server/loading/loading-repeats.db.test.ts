import { describe, expect, it } from "vitest";
import { reportText } from "../../../server/loading/report-text.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { contents, counted, fileOf, judgment, load, MATERIAL, newStudy } from "./loading-support.ts";

const DAY = (day: number) => `2026-01-${String(day).padStart(2, "0")}T00:00:00.000Z`;

const withMaterial = async (kind: "sqlite" | "postgres") => {
  const context = await testContext(kind);
  await newStudy(context);
  await load(context, fileOf("material", MATERIAL));
  return context;
};

describe.each(DATABASES)("loading several judgments of one annotator on one comparison on %s", (kind) => {
  it("counts equal rows of one file as repeats", async () => {
    const context = await withMaterial(kind);
    const report = await load(context, fileOf("j", [judgment(1), judgment(2), judgment(3)]));
    expect(report.files[0]).toMatchObject({ judgments: { new: 3 }, repeats: 2 });
    const { assignment } = await contents(context);
    expect(assignment).toMatchObject([
      { purpose: "main", presentation: 0, ordinal: 1 },
      { purpose: "repeat", presentation: 1, ordinal: 2 },
      { purpose: "repeat", presentation: 2, ordinal: 3 },
    ]);
    expect(await counted(context)).toHaveLength(1);
  });

  it("counts the first by its time, then by its row", async () => {
    const context = await withMaterial(kind);
    const rows = [
      judgment(1, { choice: "tie" }),
      judgment(2, { choice: "right", createdAt: DAY(3) }),
      judgment(3, { choice: "left", createdAt: DAY(2) }),
      judgment(4, { choice: "both_bad", createdAt: DAY(2) }),
    ];
    const report = await load(context, fileOf("j", rows));
    expect(report.files[0]).toMatchObject({ repeats: 3 });
    expect(await counted(context)).toMatchObject([{ choice: "left" }]);
    const { assignment } = await contents(context);
    expect(assignment).toMatchObject([
      { presentation: 3, purpose: "repeat" },
      { presentation: 2, purpose: "repeat" },
      { presentation: 0, purpose: "main" },
      { presentation: 1, purpose: "repeat" },
    ]);
  });

  it("numbers anew when an earlier judgment is loaded later, and writes it down", async () => {
    const context = await withMaterial(kind);
    await load(context, fileOf("j", [judgment(1, { choice: "right", createdAt: DAY(5) })]));
    const report = await load(context, fileOf("k", [judgment(1, { choice: "left", createdAt: DAY(4) })]), {
      yes: true,
    });
    expect(report.files[0]).toMatchObject({ outcome: "published", repeats: 1 });
    expect(await counted(context)).toMatchObject([{ choice: "left" }]);
    const { assignment, study_change: changes } = await contents(context);
    expect(assignment).toMatchObject([
      { presentation: 1, purpose: "repeat" },
      { presentation: 0, purpose: "main" },
    ]);
    const detail = JSON.parse((changes?.at(-1) as { detail: string }).detail) as unknown;
    expect(detail).toMatchObject({ file: "k", judgments: 1, repeats: 1, renumbered: 2 });
  });

  it("says what a corrected file would add, and adds it only when told to", async () => {
    const context = await withMaterial(kind);
    const rows = [judgment(1), judgment(2, { annotator: "b" }), judgment(3, { annotator: "c" })];
    await load(context, fileOf("j", rows));
    const before = await contents(context);
    const corrected = fileOf("j", [
      ...rows.slice(0, 2),
      judgment(3, { annotator: "c", choice: "right" }),
      judgment(4, { annotator: "d" }),
    ]);
    const dry = await load(context, corrected, { dryRun: true });
    expect(dry).toMatchObject({
      done: true,
      files: [{ outcome: "would publish", judgments: { new: 4 }, repeats: 3 }],
    });
    expect(dry.warnings.listed).toMatchObject([{ name: "JudgmentsAgain" }]);
    expect(reportText(dry)).toContain("Run it again without --dry-run and with --yes to load.");
    expect(reportText(await load(context, corrected, { dryRun: true, yes: true }))).toContain(
      "Run it again without --dry-run to load.",
    );
    const refused = await load(context, corrected);
    expect(refused).toMatchObject({ done: false, files: [{ outcome: "refused" }] });
    expect(refused.errors.listed).toMatchObject([{ name: "JudgmentsAgain", line: 0 }]);
    expect(refused.errors.listed[0]?.message).toContain("would add 1 new judgment and 3 repeats");
    expect(refused.errors.listed[0]?.message).toContain("--yes");
    expect({ ...(await contents(context)), load: 0 }).toEqual({ ...before, load: 0 });
    const added = await load(context, corrected, { yes: true });
    expect(added.files[0]).toMatchObject({ outcome: "published", judgments: { new: 4 }, repeats: 3 });
    expect(await counted(context)).toHaveLength(4);
  });

  it("does not ask about judgments with ids, nor about other annotators or comparisons", async () => {
    const context = await withMaterial(kind);
    await load(context, fileOf("j", [judgment(1)]));
    const other = [
      judgment(1, { promptId: "p2" }),
      judgment(2, { annotator: "b" }),
      judgment(3, { judgmentId: "1" }),
    ];
    const report = await load(context, fileOf("k", other));
    expect(report.files[0]).toMatchObject({ outcome: "published", judgments: { new: 3 }, repeats: 1 });
  });

  it("takes opposite sides of a model for its two orders", async () => {
    const context = await withMaterial(kind);
    const group = { name: "gpt", kind: "model" as const };
    const turned = { leftSystem: "B", rightSystem: "A", group };
    const rows = [
      judgment(1, { group }),
      judgment(2, { group, choice: "tie" }),
      judgment(3, { ...turned, choice: "right" }),
      judgment(4, { ...turned, annotator: "unknown side", sideKnown: false }),
      judgment(5, { group, annotator: "unknown side" }),
    ];
    const report = await load(context, fileOf("j", rows));
    expect(report.files[0]).toMatchObject({ repeats: 2 });
    const { assignment } = await contents(context);
    expect(assignment).toMatchObject([
      { presentation: 0, purpose: "main" },
      { presentation: 2, purpose: "repeat" },
      { presentation: 1, purpose: "main" },
      { presentation: 0, purpose: "main" },
      { presentation: 1, purpose: "repeat" },
    ]);
    expect(await counted(context)).toHaveLength(2);
    const later = await load(context, fileOf("k", [judgment(1, { ...turned, annotator: "new" })]));
    const other = await load(context, fileOf("l", [judgment(1, { group, annotator: "new" })]));
    expect([later.done, other.done, other.files[0]?.repeats]).toEqual([true, true, 0]);
  });

  it.each(["crowd", "author"] as const)(
    "takes opposite sides of a person (%s) for a repeat",
    async (people) => {
      const context = await withMaterial(kind);
      const group = { name: "people", kind: people };
      const turned = judgment(2, { group, leftSystem: "B", rightSystem: "A" });
      const report = await load(context, fileOf("j", [judgment(1, { group }), turned]));
      expect(report.files[0]).toMatchObject({ repeats: 1 });
      expect((await contents(context)).assignment).toMatchObject([
        { presentation: 0, purpose: "main" },
        { presentation: 1, purpose: "repeat" },
      ]);
      expect(await counted(context)).toHaveLength(1);
    },
  );
});
