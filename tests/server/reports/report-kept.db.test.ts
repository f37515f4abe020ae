import fs from "node:fs";
import { expect, it } from "vitest";
import { BLOCK_NAMES, blockSchemas, type Report, reportSchema } from "../../../server/contract/report.ts";
import { ESTIMATOR_VERSION } from "../../../server/reports/estimator.ts";
import { snapshotPart, takeSnapshot } from "../../../server/reports/snapshots.ts";
import { verifySnapshot } from "../../../server/reports/verify-snapshot.ts";
import { testContext } from "../../support/context.ts";
import { StudyRows } from "../../support/study-rows.ts";

it("a report that earlier methods made is told apart by their name, and still opens", async () => {
  const context = await testContext("sqlite");
  const groups = [{ name: "crowd", kind: "crowd" as const }];
  const by = { left: "A", right: "B", group: "crowd" };
  await new StudyRows(context, { name: "kept", groups, systems: ["A", "B"] })
    .judge({ ...by, prompt: "p1", annotator: "a1", choice: "left" })
    .judge({ ...by, prompt: "p2", annotator: "a2", choice: "right" })
    .write();
  const kept = await takeSnapshot(context, { study: "kept", reason: "to compare", by: "me" });
  expect(await verifySnapshot(context, { study: "kept", number: null })).toMatchObject({ outcome: "same" });

  // as the version before this one wrote it
  const earlier = "tiebreak-report-3";
  expect(ESTIMATOR_VERSION).not.toBe(earlier);
  await context.database.transact(async ({ db }) => {
    const { body } = await db.selectFrom("report_snapshot").select("body").executeTakeFirstOrThrow();
    const report = JSON.parse(body) as Report & { pairs: Record<string, unknown>[] };
    for (const pair of report.pairs) {
      delete pair.tTest;
      delete pair.conclusion;
    }
    const older = JSON.stringify({ ...report, estimator: earlier });
    await db.updateTable("report_snapshot").set({ body: older, estimator: earlier }).execute();
  });
  expect(await verifySnapshot(context, { study: "kept", number: null })).toMatchObject({
    outcome: "estimator differs",
    estimator: { then: earlier, now: ESTIMATOR_VERSION },
  });
  const tests = JSON.parse(await snapshotPart(context, kept.id, "tests")) as Record<string, unknown>[];
  expect(tests[0]).toHaveProperty("permutationTest");
  expect(tests[0]).not.toHaveProperty("conclusion");
});

it("opens what an earlier version wrote, block by block, with every figure as it was", async () => {
  const body = fs.readFileSync("fixtures/kept/tiebreak-report-3.json", "utf8");
  const written = JSON.parse(body) as Record<string, unknown> & { pairs: Record<string, unknown>[] };
  const context = await testContext("sqlite");
  await new StudyRows(context, { name: "kept", groups: [], systems: ["A", "B"] }).write();
  const kept = await takeSnapshot(context, { study: "kept", reason: "to compare", by: "me" });
  await context.database.transact(async ({ db }) => {
    await db.updateTable("report_snapshot").set({ body, estimator: "tiebreak-report-3" }).execute();
  });
  const part = async (name: Parameters<typeof snapshotPart>[2]) =>
    JSON.parse(await snapshotPart(context, kept.id, name)) as unknown;
  const head = (await part("report")) as Record<string, unknown>;
  for (const name of Object.keys(reportSchema.shape).filter((name) => name !== "snapshot" && name in written))
    expect(head[name], name).toEqual(written[name]);
  for (const name of BLOCK_NAMES) {
    const opened = await part(name);
    if (name === "tests") {
      expect(opened).toEqual(written.pairs);
      continue;
    }
    expect(blockSchemas[name].safeParse(opened).error, name).toBeUndefined();
    if (name in written) expect(opened, name).toMatchObject(written[name] as object);
  }
});
