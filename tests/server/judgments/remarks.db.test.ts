import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { exclude } from "../../../server/assignments/exclude.ts";
import { packParts } from "../../../server/export/pack-parts.ts";
import type { Context } from "../../../server/context.ts";
import type { JudgmentRequest, SkipRequest } from "../../../server/contract/judging.ts";
import { earlierJudgment } from "../../../server/judgments/earlier.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { exportPack } from "../../../server/export/pack.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy, skipOf } from "../../support/study.ts";
import { exported, loadInto, newPath, rowsOf } from "../export/export-support.ts";

const limits = { judgments: 2, sharedJudgments: 1, judgmentsPerAnnotator: null };
const groups = [{ name: "crowd", kind: "crowd" as const, headline: true, ...limits }];
const OWN = "Wrong units";
const REMARKS = { groups, comment: ["tie" as const], flags: ["harmful", "names_maker", OWN] };

async function study(context: Context, over: object = {}, annotators = 2) {
  const protocol = { ...REMARKS, ...over };
  const { desk, tokens } = await openStudy(context, { prompts: 4, baselines: 1, annotators, protocol });
  const [token, other] = tokens as [string, string];
  const { buffer } = await desk.workFor(token, []);
  const judge = (request: JudgmentRequest) => recordJudgment(desk, token, request);
  const skip = (request: SkipRequest) => recordSkip(desk, token, request);
  return { desk, token, other, buffer, judge, skip };
}

const flag = (name: string, of: "left" | "right" | "prompt" = "left") => ({ flag: name, of });
const rationales = (context: Context) =>
  context.database.read(async ({ db }) =>
    (await db.selectFrom("judgment").select("rationale").orderBy("id").execute()).map((row) => row.rationale),
  );

describe.each(DATABASES)("comments and flags on %s", (kind) => {
  it("are refused where the protocol does not have them, and a comment that it needs is asked for", async () => {
    const context = await testContext(kind);
    const { buffer, judge, skip } = await study(context);
    const refused = { name: "AnswerNotOffered", status: 400 };
    await expect(judge({ ...judgmentOf(buffer[0]!), flags: [flag("broken")] })).rejects.toMatchObject(
      refused,
    );
    await expect(skip({ ...skipOf(buffer[0]!), flags: [flag("broken")] })).rejects.toMatchObject(refused);
    await expect(judge(judgmentOf(buffer[0]!, "tie"))).rejects.toMatchObject({ name: "CommentMissing" });
    await judge(judgmentOf(buffer[0]!, "left"));
    await judge({ ...judgmentOf(buffer[1]!, "tie"), comment: "Both are fine." });
    expect(await rationales(context)).toEqual([null, "Both are fine."]);
    const without = await testContext(kind);
    const plain = await study(without, { comment: undefined, flags: undefined });
    const commented = { ...judgmentOf(plain.buffer[0]!), comment: "Why not?" };
    await expect(plain.judge(commented)).rejects.toMatchObject(refused);
  });

  it("are needed with every choice, and with no skip, where the protocol says required", async () => {
    const context = await testContext(kind);
    const { buffer, judge, skip } = await study(context, { comment: "required" });
    await expect(judge(judgmentOf(buffer[0]!, "right"))).rejects.toMatchObject({ status: 400 });
    expect(await skip(skipOf(buffer[0]!))).toMatchObject({ accepted: true });
  });

  it("are written once however often they are sent, and another one under the same key is refused", async () => {
    const context = await testContext(kind);
    const { buffer, judge, skip } = await study(context);
    const flags = [flag("harmful"), flag(OWN, "right"), flag("harmful", "prompt")];
    const judgment = { ...judgmentOf(buffer[0]!, "tie"), comment: " Two\u0000\nlines ", flags };
    const skipped = { ...skipOf(buffer[1]!), comment: "No idea", flags: [flag(OWN)] };
    for (let i = 0; i < 3; i++) {
      await judge(judgment);
      await skip(skipped);
    }
    expect(await rationales(context)).toEqual(["Two\nlines"]);
    const rows = await context.database.read(({ db }) => db.selectFrom("flag").selectAll().execute());
    expect(rows).toHaveLength(4);
    const conflict = { name: "JudgmentConflict" };
    await expect(judge({ ...judgment, comment: "Other" })).rejects.toMatchObject(conflict);
    await expect(judge({ ...judgment, flags: [flag(OWN)] })).rejects.toMatchObject(conflict);
    await expect(skip({ ...skipped, comment: "Other" })).rejects.toMatchObject(conflict);
    await expect(skip({ ...skipped, flags: undefined })).rejects.toMatchObject(conflict);
  });

  it("come back to their annotator, and those of the latest answer stand", async () => {
    const context = await testContext(kind);
    const { desk, token, buffer, judge, skip } = await study(context);
    const said = async () => (await earlierJudgment(desk, token, null)).earlier;
    await judge({ ...judgmentOf(buffer[0]!), comment: "First", flags: [flag("harmful")] });
    expect(await said()).toMatchObject({ choice: "left", comment: "First", flags: [flag("harmful")] });
    const counts = async () => (await buildFullReport(context, { study: "s" })).skips?.flags;
    expect(await counts()).toMatchObject({ answers: 1, bySystem: [{ flag: "harmful", count: 1 }] });
    await judge({ ...judgmentOf(buffer[0]!), comment: "Second", flags: [flag(OWN, "prompt")] });
    expect(await counts()).toMatchObject({ bySystem: [{ system: null, flag: OWN, count: 1 }] });
    await skip({ ...skipOf(buffer[0]!, "other"), comment: "Third" });
    expect(await said()).toEqual({ view: expect.anything() as unknown, reason: "other", comment: "Third" });
    expect(await counts()).toBeUndefined();
    await judge(judgmentOf(buffer[0]!));
    expect(Object.keys((await said())!)).toEqual(["view", "choice"]);
  });

  it("are counted by system and by prompt, of annotators who count, in every format", async () => {
    const context = await testContext(kind);
    const { desk, other, buffer, judge, skip } = await study(context);
    await judge({ ...judgmentOf(buffer[0]!), flags: [flag("harmful"), flag("harmful", "right")] });
    await skip({ ...skipOf(buffer[1]!), flags: [flag("names_maker", "prompt")] });
    const [theirs] = (await desk.workFor(other, [])).buffer;
    await recordJudgment(desk, other, { ...judgmentOf(theirs!), flags: [flag(OWN)] });
    const look = async () => (await buildFullReport(context, { study: "s" })).skips;
    expect((await look())?.flags).toMatchObject({ answers: 3, annotators: 2 });
    await exclude(context, { study: "s", annotators: ["annotator-2"], rule: "a test", by: "test" });
    const report = await buildFullReport(context, { study: "s" });
    expect(report.skips?.flags).toMatchObject({
      ...{ answers: 2, annotators: 1 },
      bySystem: [
        { system: "b0", flag: "harmful", count: 1 },
        { system: "t", flag: "harmful", count: 1 },
        { system: null, flag: "names_maker", count: 1 },
      ],
    });
    expect(report.skips?.flags?.byPrompt).toHaveLength(3);
    for (const format of ["text", "markdown", "html", "latex"] as const)
      expect(formatReport(report, format)).toContain("names its maker");
    expect(formatReport(report, "csv", { part: "skips" })).toContain("flags");
  });

  it("are exported with their judgment, in the pack too, and loaded again", async () => {
    const context = await testContext(kind);
    const { buffer, judge, skip } = await study(context);
    const flags = [flag("harmful"), flag(OWN, "prompt")];
    await judge({ ...judgmentOf(buffer[0]!, "tie"), comment: "=Both", flags });
    await judge(judgmentOf(buffer[1]!));
    await skip({ ...skipOf(buffer[2]!), comment: "Nonsense", flags: [flag("harmful", "right")] });
    const { file, text } = await exported(context, "jsonl", { study: "s" });
    const rows = rowsOf(text);
    expect(rows).toMatchObject([
      { rationale: "=Both", answers: { flags: expect.arrayContaining(flags) as unknown } },
      { rationale: null, answers: null },
    ]);
    expect((await exported(context, "csv", { study: "s" })).text).toContain("harmful");
    const out = newPath("pack");
    await exportPack(context, { study: "s", out }, packParts());
    const read = (name: string) => fs.readFileSync(path.join(out, name), "utf8");
    expect(rowsOf(read("judgments.jsonl"))[0]).toMatchObject({ rationale: "=Both", answers: { flags: {} } });
    const [skipped] = rowsOf(read("skips.jsonl"));
    expect(skipped).toMatchObject({ comment: "Nonsense", flags: [{ flag: "harmful" }] });
    expect(["t", "b0"]).toContain((skipped as { flags: { of: string }[] }).flags[0]?.of);
    await createStudy(context, { name: "again", target: "t", baselines: ["b0"] });
    await loadInto(context, "again", [file], null, { made: true });
    const twice = await exported(context, "jsonl", { study: "again" });
    expect(rowsOf(twice.text)).toMatchObject([{ rationale: "=Both" }, { rationale: null }]);
  });
});
