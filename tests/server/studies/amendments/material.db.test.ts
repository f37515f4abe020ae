import { describe, expect, it } from "vitest";
import type { Context } from "../../../../server/context.ts";
import { reportText } from "../../../../server/loading/report-text.ts";
import { buildFullReport } from "../../../../server/reports/report.ts";
import { allotWork } from "../../../../server/studies/allotment.ts";
import { planAmendment } from "../../../../server/studies/amendments/amend-study.ts";
import { listRevisions } from "../../../../server/studies/amendments/revisions.ts";
import { DEFAULT_GROUP } from "../../../../server/studies/default-protocol.ts";
import { studyDetail } from "../../../../server/studies/detail.ts";
import { requireStudy } from "../../../../server/studies/store.ts";
import { changeState } from "../../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../../support/context.ts";
import { openStudy } from "../../../support/study.ts";
import { contents, fileOf, load, prompt, response } from "../../loading/loading-support.ts";
import { amend, atWork, loadLate } from "./amending-support.ts";

describe.each(DATABASES)("more prompts in an open study, on %s", (kind) => {
  it("amend it: listed first, with a reason or not at all", async () => {
    const context = await testContext(kind);
    const { tokens } = await openStudy(context, { prompts: 4, baselines: 1, annotators: 2 });
    const [first, second] = tokens.map((token) => [token]);
    await (await atWork(context, first!)).judge();
    const more = fileOf("more", [
      prompt(1, "m1", "More?"),
      prompt(2, "m2", "Nothing is compared here."),
      response(3, "m1", "t", "Yes."),
      response(4, "m1", "b0", "No."),
      response(5, "m2", "t", "Alone."),
      response(6, "p3", "elsewhere", "Of a system that is not compared."),
    ]);
    const before = await contents(context);
    const changes = [{ kind: "material", prompts: 1, comparisons: 1 }];
    const plan = { revision: 2, changes, added: { judgments: 1, comparisons: 1 }, kept: 4, marked: 0 };
    const listed = await load(context, more, { dryRun: true });
    expect(listed).toMatchObject({ done: true, amendment: { ...plan, done: false } });
    expect(reportText(listed)).toMatch(
      /Revision 2 of s:\n {2}1 more prompt, 1 more comparison\n {2}Added: 1 judg/,
    );
    const refused = await load(context, more, { reason: " " });
    expect(refused).toMatchObject({ done: false, files: [{ outcome: "held back" }], amendment: plan });
    expect(reportText(refused)).toContain('npx tiebreak load s FILE… --reason "…"');
    expect(await contents(context)).toEqual(before);
    const done = await load(context, more, { reason: "too few" });
    expect(done).toMatchObject({ done: true, amendment: { ...plan, done: true } });
    expect(await load(context, more)).not.toHaveProperty("amendment"); // nothing is new, so nothing is amended
    const unseen = fileOf("unseen", [response(1, "m2", "elsewhere", "Never compared.")]);
    expect(await load(context, unseen)).toMatchObject({ done: true, files: [{ outcome: "published" }] });
    await (await atWork(context, second!)).judge();
    expect(await listRevisions(context, "s")).toMatchObject([
      { revision: 1, judgments: 4 },
      { revision: 2, judgments: 1, reason: "too few", changes },
    ]);
    const { revisions } = await buildFullReport(context, { study: "s" });
    expect(revisions!.parts.map(({ from, pairs }) => [from, pairs[0]!.judgments])).toEqual([
      [1, 4],
      [2, 1],
    ]);
  });

  it("are asked for in a closed study only once it is opened again", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
    await changeState(context, { study: "s", to: "closed", by: "test" });
    const more = [prompt(1, "m1", "More?"), response(2, "m1", "t", "Yes."), response(3, "m1", "b0", "No.")];
    const { amendment } = await load(context, fileOf("more", more), { reason: "too few" });
    expect(amendment).toMatchObject({ changes: [{ comparisons: 1 }], added: { judgments: 0 } });
    const reopened = await amend(context, { reopen: true });
    expect(reopened).toMatchObject({ revision: 3, added: { judgments: 1, comparisons: 1 } });
  });

  it("are listed anew where the study was amended while files were read", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
    await loadLate(context);
    const more = [prompt(1, "m1", "More?"), response(2, "m1", "t", "Yes."), response(3, "m1", "late", "No.")];
    let isLate = true;
    const report = await load(context, fileOf("more", more), {
      // what is loaded is not compared until somebody adds its baseline, in the last moment
      onReady: async () => {
        if (isLate) await amend(context, { protocol: { pairs: { target: "t", baselines: ["b0", "late"] } } });
        isLate = false;
      },
    });
    expect(report).toMatchObject({ done: false, amendment: { revision: 3, added: { comparisons: 1 } } });
    expect((await studyDetail(context, "s")).prompts).toBe(2);
  });
});

describe.each(DATABASES)("the shared set of an open study, on %s", (kind) => {
  const stages = (context: Context) =>
    context.database.read(({ db }) =>
      db
        .selectFrom("slot as s")
        .innerJoin("prompt as p", "p.id", "s.prompt_id")
        .select(["p.external_id as prompt", "s.stage"])
        .select((e) => e.fn.countAll<number>().as("slots"))
        .groupBy(["p.external_id", "s.stage"])
        .orderBy("p.external_id")
        .execute(),
    );
  const shared = (n: number) => ({ protocol: { sharedPrompts: n } });

  it("grows and shrinks, but for what somebody was given, and nothing is lost or doubled", async () => {
    const context = await testContext(kind);
    const groups = [{ ...DEFAULT_GROUP, judgments: 1, sharedJudgments: 2 }];
    const { tokens } = await openStudy(context, {
      ...{ prompts: 4, baselines: 1, annotators: 2 },
      protocol: { groups, sharedPrompts: 1 },
    });
    const count = async () => {
      const rows = await stages(context);
      const inShared = rows.filter(({ stage }) => stage === "shared");
      return [inShared.length, rows.reduce((sum, { slots }) => sum + Number(slots), 0)];
    };
    expect(await count()).toEqual([1, 5]);
    const first = await atWork(context, tokens.slice(0, 1));
    await first.judge();
    const plan = await planAmendment(context, { study: "s", amendment: shared(3) });
    const [change] = plan.changes;
    expect(plan).toMatchObject({ added: { judgments: 2, comparisons: 0 }, kept: 4, dropped: 0 });
    expect(change).toMatchObject({ kind: "shared", from: 1, to: 3, leaving: [] });
    expect(await count()).toEqual([1, 5]);
    await amend(context, shared(3));
    expect(await count()).toEqual([3, 7]);
    const names = (await stages(context)).filter(({ stage }) => stage === "shared").map((row) => row.prompt);
    expect(names).toEqual(expect.arrayContaining(change?.kind === "shared" ? [...change.joining] : []));
    await expect(amend(context, shared(2))).rejects.toThrow("given pairs of 3 shared prompts");
    const more = ["m1", "m2"].flatMap((id, i) => [
      ...[prompt(3 * i + 1, id, `More ${id}?`), response(3 * i + 2, id, "t", `Yes ${id}.`)],
      response(3 * i + 3, id, "b0", `No ${id}.`),
    ]);
    await load(context, fileOf("more", more), { reason: "too few" });
    await amend(context, shared(6));
    expect(await count()).toEqual([6, 12]);
    expect((await studyDetail(context, "s")).wanted).toBe(12);
    const fewer = await amend(context, shared(4));
    expect(fewer).toMatchObject({ dropped: 2, kept: 4, added: { judgments: 0 } });
    expect(await count()).toEqual([4, 10]);
    await first.judge();
    const second = await atWork(context, tokens.slice(1));
    await second.judge();
    expect(await studyDetail(context, "s")).toMatchObject({ wanted: 10, judged: 10 });
  });

  it("shrinks while slots are made by the plan before, of which none is left", async () => {
    const context = await testContext(kind);
    const groups = [{ ...DEFAULT_GROUP, judgments: 1, sharedJudgments: 2 }];
    await openStudy(context, {
      ...{ prompts: 4, baselines: 1, annotators: 1 },
      protocol: { groups, sharedPrompts: 3 },
    });
    const { database } = context;
    const { id } = await database.read((reader) => requireStudy(reader, "s"));
    let isAmended = false;
    const transact: typeof database.transact = async (use) => {
      if (!isAmended) await amend(context, shared(1)).then(() => (isAmended = true));
      return database.transact(use);
    };
    const read = database.read.bind(database);
    await allotWork({ ...context, database: { ...database, read, transact } }, id);
    expect((await stages(context)).map(({ stage, slots }) => `${stage} ${slots}`).sort()).toEqual([
      ...["main 1", "main 1", "main 1"],
      "shared 2",
    ]);
  });

  it("cannot want fewer judgments of a comparison than it was assigned", async () => {
    const context = await testContext(kind);
    const groups = [{ ...DEFAULT_GROUP, judgments: 2, sharedJudgments: 1 }];
    await openStudy(context, {
      ...{ prompts: 4, baselines: 1, annotators: 1 },
      protocol: { groups, sharedPrompts: 1 },
    });
    await expect(amend(context, shared(2))).rejects.toThrow("fewer judgments of a shared comparison");
  });
});
