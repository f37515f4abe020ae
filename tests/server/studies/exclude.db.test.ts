import { describe, expect, it } from "vitest";
import { exclude, lift, listExclusions } from "../../../server/assignments/exclude.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { takeSnapshot } from "../../../server/reports/snapshots.ts";
import { verifySnapshot } from "../../../server/reports/verify-snapshot.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { StudyRows } from "../../support/study-rows.ts";

const STUDY = {
  name: "small",
  systems: ["baseline", "target"],
  groups: [{ name: "crowd", kind: "crowd" as const }],
  pairs: { target: "target", baselines: ["baseline"] },
};

const BY = "test";

describe.each(DATABASES)("what moves a report on %s", (kind) => {
  async function study() {
    const context = await testContext(kind);
    const sides = { left: "target", right: "baseline", group: "crowd" };
    const rows = new StudyRows(context, STUDY).judge(
      ...["p1", "p2", "p3"].flatMap((prompt) => [
        { ...sides, prompt, annotator: "ann", choice: "left" as const },
        { ...sides, prompt, annotator: "bob", choice: "right" as const },
      ]),
    );
    await rows.write();
    return context;
  }

  const judgments = async (context: Awaited<ReturnType<typeof study>>) => {
    const { judgments, exclusions, byAnnotator } = await buildFullReport(context, { study: "small" });
    return { judgments, out: exclusions.annotators, excluded: byAnnotator.map(({ excluded }) => excluded) };
  };

  it("leaves judgments out by a rule, shows them, and brings them back", async () => {
    const context = await study();
    const request = { study: "small", annotators: ["bob"], by: BY };
    expect(await judgments(context)).toEqual({ judgments: 6, out: 0, excluded: [null, null] });
    expect((await exclude(context, { ...request, rule: "too quick" })).changed).toEqual(["bob"]);
    expect((await exclude(context, { ...request, rule: "another rule" })).changed).toEqual([]);
    expect(await judgments(context)).toEqual({ judgments: 3, out: 1, excluded: [null, "too quick"] });
    expect((await lift(context, request)).changed).toEqual(["bob"]);
    expect(await judgments(context)).toEqual({ judgments: 6, out: 0, excluded: [null, null] });
    const [only, ...rest] = await listExclusions(context, "small");
    expect(rest).toEqual([]);
    expect(only).toMatchObject({
      annotator: "bob",
      rule: "too quick",
      liftedAt: expect.any(String) as string,
    });
  });

  it("refuses annotators that there are not, naming those that there are, and a rule without words", async () => {
    const context = await study();
    const wrong = exclude(context, { study: "small", annotators: ["ann", "zoe"], rule: "r", by: BY });
    await expect(wrong).rejects.toThrow(
      "The study has no annotator called zoe. Its annotators are ann, bob.",
    );
    const empty = exclude(context, { study: "small", annotators: ["ann"], rule: "  ", by: BY });
    await expect(empty).rejects.toThrow("State the rule in words");
    expect(await listExclusions(context, "small")).toEqual([]);
  });

  it("keeps snapshots that can be verified, and tells what has changed since", async () => {
    const context = await study();
    const kept = await takeSnapshot(context, { study: "small", reason: "test", by: BY });
    expect(kept.number).toBe(1);
    const question = { study: "small", number: null };
    expect(await verifySnapshot(context, question)).toMatchObject({ outcome: "same", judgments: 6 });
    expect((await takeSnapshot(context, { study: "small", reason: "test", by: BY })).number).toBe(1);
    await exclude(context, { study: "small", annotators: ["bob"], rule: "too quick", by: BY });
    expect(await verifySnapshot(context, question)).toMatchObject({
      outcome: "judgments differ",
      judgments: { then: 6, now: 3 },
    });
    expect((await takeSnapshot(context, { study: "small", reason: "test", by: BY })).number).toBe(2);
    expect(await verifySnapshot(context, { study: "small", number: 2 })).toMatchObject({ outcome: "same" });
    await expect(verifySnapshot(context, { study: "small", number: 9 })).rejects.toThrow("no snapshot 9");
  });

  it("finds a kept report whose figures were changed by hand", async () => {
    const context = await study();
    const { id } = await takeSnapshot(context, { study: "small", reason: "test", by: BY });
    await context.database.transact(async ({ db }) => {
      const { body } = await db
        .selectFrom("report_snapshot")
        .select("body")
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      const changed = body.replace('"repeats":0', '"repeats":1');
      await db.updateTable("report_snapshot").set({ body: changed }).where("id", "=", id).execute();
    });
    const found = await verifySnapshot(context, { study: "small", number: null });
    expect(found).toMatchObject({ outcome: "figures differ", where: ["repeats"] });
  });
});
