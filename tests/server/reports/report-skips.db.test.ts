import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { type FullReport, fullReportSchema } from "../../../server/contract/report.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { exclude, lift } from "../../../server/assignments/exclude.ts";
import { formatReport, REPORT_FORMATS } from "../../../server/report-document/write/index.ts";
import { buildFullReport, ReportBuilder } from "../../../server/reports/report.ts";
import { revokeLinks } from "../../../server/links/revoke-links.ts";
import { etagFor } from "../../../server/reports/snapshot-key.ts";
import { snapshotPart, takeSnapshot } from "../../../server/reports/snapshots.ts";
import { studyDetail } from "../../../server/studies/detail.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy, skipOf } from "../../support/study.ts";

const limits = { judgments: 2, sharedJudgments: 0, judgmentsPerAnnotator: null };
const PROTOCOL = { groups: [{ name: "crowd", kind: "crowd" as const, headline: true, ...limits }] };

/** Two people, four prompts: both judge all of them ties, but the second cannot judge one. */
async function skippedOnce(context: Context) {
  const shape = { prompts: 4, baselines: 1, annotators: 2, protocol: PROTOCOL };
  const { desk, tokens } = await openStudy(context, shape);
  const [first, second] = tokens as [string, string];
  for (const pair of (await desk.workFor(first, [])).buffer)
    await recordJudgment(desk, first, judgmentOf(pair, "tie"));
  const { buffer } = await desk.workFor(second, []);
  for (const pair of buffer.slice(1)) await recordJudgment(desk, second, judgmentOf(pair, "tie"));
  await recordSkip(desk, second, skipOf(buffer[0]!, "missing"));
  return { desk, second, skipped: buffer[0]! };
}

const report = (context: Context) => buildFullReport(context, { study: "s" });
const rates = ({ skips }: FullReport) => {
  const [pair] = skips?.pairs ?? [];
  return [pair?.allLosses, pair?.asJudged, pair?.allWins].map((one) => {
    const rate = one?.halfTieRateByPrompt ?? {};
    return "value" in rate ? rate.value : null;
  });
};

describe.each(DATABASES)("what could not be judged, in the report on %s", (kind) => {
  it("is in no rate, is told beforehand, and bounds the headline in every format", async () => {
    const context = await testContext(kind);
    await skippedOnce(context);
    const made = fullReportSchema.parse(await report(context));
    expect(made).toMatchObject({ judgments: 7, skipped: 1, skips: { skipped: 1, neverJudged: 0 } });
    expect(made.skips?.bySystem.map(({ system, reasons }) => [system, reasons.missing])).toEqual([
      ["b0", 1],
      ["t", 1],
    ]);
    expect(rates(made)).toEqual([0.4375, 0.5, 0.5625]);
    expect(made.notes.join()).toContain("Once an annotator could not judge a pair.");
    for (const format of REPORT_FORMATS.filter((one) => one !== "csv")) {
      const text = formatReport(made, format);
      for (const bound of format === "json" ? ["0.4375", "0.5625"] : [".438", ".563"])
        expect(text).toContain(bound);
    }
    const csv = formatReport(made, "csv", { part: "skips" });
    expect(csv).toContain("skips,pairs.allWins.halfTieRateByPrompt,t,b0,");
    expect(csv).toContain("0.5625");
  });

  it("moves the report when it comes, is judged after all, or its annotator is left out and brought back", async () => {
    const context = await testContext(kind);
    const { desk, second, skipped } = await skippedOnce(context);
    const builder = new ReportBuilder(context);
    const look = async () => {
      const { judgments, skipped: count, skips } = await builder.full({ study: "s" });
      return { judgments, count, inBlock: skips?.skipped };
    };
    const tag = () => context.database.read((reader) => etagFor(reader, "s"));
    expect(await look()).toEqual({ judgments: 7, count: 1, inBlock: 1 });
    const tags = [await tag()];
    await recordSkip(desk, second, skipOf(skipped, "language"));
    tags.push(await tag());
    expect((await builder.full({ study: "s" })).skips?.reasons).toMatchObject({ missing: 0, language: 1 });
    await recordJudgment(desk, second, judgmentOf(skipped, "left"));
    tags.push(await tag());
    expect(await look()).toEqual({ judgments: 8, count: 0, inBlock: 0 });
    await recordSkip(desk, second, skipOf(skipped, "other"));
    tags.push(await tag());
    expect(await look()).toEqual({ judgments: 7, count: 1, inBlock: 1 });
    const out = { study: "s", annotators: ["annotator-2"], by: "test" };
    await exclude(context, { ...out, rule: "too quick" });
    tags.push(await tag());
    expect(await look()).toEqual({ judgments: 4, count: 0, inBlock: 0 });
    await lift(context, out);
    expect(await look()).toMatchObject({ count: 1, inBlock: 1 });
    expect(new Set(tags).size).toBe(tags.length);
  });

  it("is in no count, nor are its flags and its comment, once its comparison is left out", async () => {
    const context = await testContext(kind);
    await skippedOnce(context);
    const skipped = "(select comparison_id from assignment where ended_how = 'skipped')";
    const byHand = (text: string) =>
      context.database.transact(async ({ db }) => void (await sql.raw(text).execute(db)));
    await byHand(
      `insert into flag (assignment_id, annotator_id, request_key, of_what, flag)
       select assignment_id, annotator_id, request_key, 'left', 'unsafe' from skip`,
    );
    await byHand(`update skip set comment = 'Nothing to see.'`);
    await byHand(`update protocol set body = replace(body, '"pairs"', '"comment":"optional","pairs"')`);
    const counts = async () => {
      const { judgments, skipped, skips } = await report(context);
      const { flags, written } = skips!;
      return [judgments, skipped, skips!.skipped, flags?.answers, written?.comments?.comments];
    };
    expect(await counts()).toEqual([7, 1, 1, 1, 1]);
    await byHand(
      `insert into left_out_response (response_id, kind, prompt_id, system_id)
       select r.id, 'cut', r.prompt_id, r.system_id from response r join comparison c
         on c.prompt_id = r.prompt_id and c.low_system_id = r.system_id and c.id = ${skipped}`,
    );
    expect(await counts()).toEqual([6, 0, 0, undefined, undefined]);
  });

  it("has nobody left where the others are left out, or lost their links", async () => {
    const context = await testContext(kind);
    const protocol = { groups: [{ ...PROTOCOL.groups[0]!, judgments: 1 }] };
    const { desk, tokens } = await openStudy(context, { prompts: 1, baselines: 1, annotators: 3, protocol });
    const { buffer } = await desk.workFor(tokens[0]!, []);
    await recordSkip(desk, tokens[0]!, skipOf(buffer[0]!, "missing"));
    const left = async () => (await studyDetail(context, "s")).skips.nobodyLeft;
    expect(await left()).toBe(0);
    await exclude(context, { study: "s", annotators: ["annotator-2"], rule: "too quick", by: "test" });
    expect(await left()).toBe(0);
    await revokeLinks(context, { study: "s", names: ["annotator-3"], by: "test" });
    expect(await left()).toBe(1);
    await lift(context, { study: "s", annotators: ["annotator-2"], by: "test" });
    expect(await left()).toBe(0);
  });

  it("is shown to the researcher by prompt and reason, with what nobody is left for", async () => {
    const context = await testContext(kind);
    await skippedOnce(context);
    const { skips } = await studyDetail(context, "s");
    expect(skips).toMatchObject({
      skipped: 1,
      comparisons: 1,
      nobodyLeft: 1,
      reasons: { missing: 1, other: 0 },
    });
    expect(skips.list).toMatchObject([{ turn: 1, group: "crowd", skipped: 1, reasons: { missing: 1 } }]);
    expect([...skips.list[0]!.systems].sort()).toEqual(["b0", "t"]);
    expect(skips.list[0]!.prompt).toMatch(/^p[0-3]$/);
  });

  it("is missing in a report that was kept before, which stays readable", async () => {
    const context = await testContext(kind);
    await skippedOnce(context);
    const { id } = await takeSnapshot(context, { study: "s", reason: "test", by: "test" });
    await context.database.transact(async ({ db }) => {
      const { body } = await db.selectFrom("report_snapshot").select("body").executeTakeFirstOrThrow();
      const { skips, skipped, ...before } = JSON.parse(body) as FullReport;
      expect([skips?.skipped, skipped]).toEqual([1, 1]);
      await db
        .updateTable("report_snapshot")
        .set({ body: JSON.stringify(before) })
        .execute();
    });
    expect(JSON.parse(await snapshotPart(context, id, "skips"))).toMatchObject({ skipped: 0, pairs: [] });
    expect(fullReportSchema.safeParse(JSON.parse(await snapshotPart(context, id, "full"))).success).toBe(
      true,
    );
  });
});
