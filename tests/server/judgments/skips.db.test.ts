import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import type { SkipRequest } from "../../../server/contract/judging.ts";
import { SKIP_REASONS } from "../../../server/contract/words.ts";
import { earlierJudgment } from "../../../server/judgments/earlier.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { changeState } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { expectSlotsWhole } from "../../support/slots.ts";
import { judgmentOf, openStudy, skipOf } from "../../support/study.ts";

const skips = (context: Context) =>
  context.database.read(({ db }) => db.selectFrom("skip").selectAll().orderBy("id").execute());
const counted = (context: Context) =>
  context.database.read(({ db }) => db.selectFrom("counted_judgment").selectAll().execute());
const comparisonOf = (context: Context, token: string) =>
  context.database.read(({ db }) =>
    db.selectFrom("assignment").selectAll().where("token", "=", token).executeTakeFirstOrThrow(),
  );
const onePerPair = { groups: [group({})] };

function group(over: { judgments?: number; each?: number | null }) {
  const { judgments = 1, each = null } = over;
  const limits = { judgments, sharedJudgments: 0, judgmentsPerAnnotator: each };
  return { name: "crowd", kind: "crowd" as const, headline: true, ...limits };
}

describe.each(DATABASES)("pairs that cannot be judged on %s", (kind) => {
  it.each(SKIP_REASONS)("end as skipped (%s), written once however often it is sent", async (reason) => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 6, baselines: 1, annotators: 1 });
    const { buffer } = await desk.workFor(tokens[0]!, []);
    const request = skipOf(buffer[0]!, reason);
    const replies = await Promise.all(Array.from({ length: 5 }, () => recordSkip(desk, tokens[0]!, request)));
    expect(replies.every(({ accepted }) => accepted)).toBe(true);
    for (const { work } of replies) expect(work.buffer).not.toContain(buffer[0]);
    expect(await skips(context)).toMatchObject([{ reason, active_ms: 1000 }]);
    expect(await comparisonOf(context, buffer[0]!)).toMatchObject({ ended_how: "skipped" });
    expect(await counted(context)).toEqual([]);
  });

  it("are refused under a key that had another answer, whichever came first", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 6, baselines: 1, annotators: 2 });
    const [token, other] = tokens as [string, string];
    const { buffer } = await desk.workFor(token, []);
    const skip = skipOf(buffer[0]!, "other");
    await recordSkip(desk, token, skip);
    const judgment = judgmentOf(buffer[1]!, "tie");
    await recordJudgment(desk, token, judgment);
    const conflict = { name: "JudgmentConflict", status: 409 };
    const again = (over: Partial<SkipRequest>) => recordSkip(desk, token, { ...skip, ...over });
    await expect(again({ reason: "language" })).rejects.toMatchObject(conflict);
    await expect(again({ assignment: buffer[1]! })).rejects.toMatchObject(conflict);
    await expect(again({ requestKey: judgment.requestKey })).rejects.toMatchObject(conflict);
    const { requestKey } = skip;
    const judged = recordJudgment(desk, token, { ...judgmentOf(buffer[0]!), requestKey });
    await expect(judged).rejects.toMatchObject(conflict);
    await expect(recordSkip(desk, other, skipOf(buffer[2]!))).rejects.toMatchObject({ status: 404 });
    expect((await skips(context)).length).toBe(1);
  });

  it("take a judgment back for good, though it is sent once more", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
    const [token] = tokens as [string];
    const { buffer } = await desk.workFor(token, []);
    const judgment = judgmentOf(buffer[0]!, "tie");
    await recordJudgment(desk, token, judgment);
    await recordSkip(desk, token, skipOf(buffer[0]!));
    expect(await recordJudgment(desk, token, judgment)).toMatchObject({ accepted: true, surplus: false });
    expect(await counted(context)).toEqual([]);
    expect(await comparisonOf(context, buffer[0]!)).toMatchObject({ ended_how: "skipped" });
  });

  it("are free for somebody else at once and never come back to the same person", async () => {
    const context = await testContext(kind);
    const shape = { prompts: 3, baselines: 1, annotators: 2, protocol: onePerPair };
    const { desk, tokens } = await openStudy(context, shape);
    const [first, second] = tokens as [string, string];
    const { buffer } = await desk.workFor(first, []);
    expect((await desk.workFor(second, [])).buffer).toEqual([]);
    const { work } = await recordSkip(desk, first, skipOf(buffer[0]!));
    expect(work.buffer).toEqual(buffer.slice(1));
    const theirs = (await desk.workFor(second, [])).buffer;
    expect(theirs.length).toBe(1);
    const [skipped, handed] = [
      await comparisonOf(context, buffer[0]!),
      await comparisonOf(context, theirs[0]!),
    ];
    expect([handed.comparison_id, handed.slot_id]).toEqual([skipped.comparison_id, skipped.slot_id]);
    await recordJudgment(desk, second, judgmentOf(theirs[0]!));
    for (const token of buffer.slice(1)) await recordJudgment(desk, first, judgmentOf(token));
    expect(await desk.workFor(first, [])).toMatchObject({ state: "done", progress: { judged: 2, of: 2 } });
    expect((await counted(context)).length).toBe(3);
    await expectSlotsWhole(context.database);
  });

  it("are made up for by other pairs where somebody's number is below what there is", async () => {
    const context = await testContext(kind);
    const protocol = { groups: [group({ each: 3 })] };
    const { desk, tokens } = await openStudy(context, { prompts: 8, baselines: 1, annotators: 1, protocol });
    let work = await desk.workFor(tokens[0]!, []);
    work = (await recordSkip(desk, tokens[0]!, skipOf(work.buffer[0]!))).work;
    for (let i = 0; i < 8 && work.state === "work"; i++)
      work = (await recordJudgment(desk, tokens[0]!, judgmentOf(work.buffer[0]!))).work;
    expect(work).toMatchObject({ state: "done", progress: { judged: 3, of: 3 } });
  });

  it("leave nobody waiting where everybody skipped", async () => {
    const context = await testContext(kind);
    const shape = {
      prompts: 2,
      baselines: 1,
      annotators: 3,
      protocol: { groups: [group({ judgments: 2 })] },
    };
    const { desk, tokens } = await openStudy(context, shape);
    for (let round = 0; round < 3; round++) {
      for (const token of tokens) {
        for (const pair of (await desk.workFor(token, [])).buffer)
          await recordSkip(desk, token, skipOf(pair));
      }
    }
    for (const token of tokens) {
      const { state, progress, askAgainSeconds } = await desk.workFor(token, []);
      expect({ state, progress, askAgainSeconds }).toEqual({
        ...{ state: "done", progress: { judged: 0, of: 0 }, askAgainSeconds: null },
      });
    }
    expect((await skips(context)).length).toBe(6);
  });

  it("can be judged after all, and what was judged can be taken back; the latest answer stands", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 4, baselines: 1, annotators: 1 });
    const [token] = tokens as [string];
    const { buffer, assignments } = await desk.workFor(token, []);
    await recordSkip(desk, token, skipOf(buffer[0]!, "language"));
    await recordSkip(desk, token, skipOf(buffer[0]!, "missing"));
    const view = assignments[0];
    expect(await earlierJudgment(desk, token, null)).toEqual({
      earlier: { view, reason: "missing" },
    });
    const judged = await recordJudgment(desk, token, judgmentOf(buffer[0]!, "right"));
    expect(judged).toMatchObject({ surplus: false, work: { progress: { judged: 1 } } });
    expect(await earlierJudgment(desk, token, null)).toEqual({
      earlier: { view, choice: "right" },
    });
    expect(await counted(context)).toMatchObject([{ choice: "right" }]);
    const taken = await recordSkip(desk, token, skipOf(buffer[0]!, "other"));
    expect(taken.work.progress.judged).toBe(0);
    expect(await counted(context)).toEqual([]);
    expect((await skips(context)).map(({ reason }) => reason)).toEqual(["language", "missing", "other"]);
    await expectSlotsWhole(context.database);
  });

  it("are kept of a pair that had been taken over, and take nothing from who judges it", async () => {
    const context = await testContext(kind);
    const shape = { prompts: 1, baselines: 1, annotators: 2, protocol: onePerPair };
    const { desk, tokens } = await openStudy(context, shape);
    const [first, second] = tokens as [string, string];
    const { buffer } = await desk.workFor(first, []);
    context.advance(61 * 60_000);
    const theirs = (await desk.workFor(second, [])).buffer;
    await recordJudgment(desk, second, judgmentOf(theirs[0]!));
    await recordSkip(desk, first, skipOf(buffer[0]!));
    expect((await counted(context)).length).toBe(1);
    expect(await comparisonOf(context, buffer[0]!)).toMatchObject({ ended_how: "skipped" });
    const late = await recordJudgment(desk, first, judgmentOf(buffer[0]!));
    expect(late.surplus).toBe(true);
    expect((await counted(context)).length).toBe(1);
  });

  it("may be told after closing where nothing was answered yet, once; answers then stand", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 6, baselines: 1, annotators: 1 });
    const [token] = tokens as [string];
    const { buffer } = await desk.workFor(token, []);
    await recordJudgment(desk, token, judgmentOf(buffer[0]!));
    await changeState(context, { study: "s", to: "closed", by: "test" });
    const request = skipOf(buffer[1]!);
    await recordSkip(desk, token, request);
    await recordSkip(desk, token, request);
    const stands = { name: "JudgmentFinal", status: 409 };
    await expect(recordSkip(desk, token, skipOf(buffer[0]!))).rejects.toMatchObject(stands);
    await expect(recordSkip(desk, token, skipOf(buffer[1]!, "missing"))).rejects.toMatchObject(stands);
    await expect(recordJudgment(desk, token, judgmentOf(buffer[1]!))).rejects.toMatchObject(stands);
    expect((await counted(context)).length).toBe(1);
    expect((await skips(context)).length).toBe(1);
  });

  it("of many people at once leave every slot whole and nobody with a pair twice", async () => {
    const context = await testContext(kind);
    const shape = {
      prompts: 12,
      baselines: 2,
      annotators: 12,
      protocol: { groups: [group({ judgments: 3 })] },
    };
    const { desk, tokens } = await openStudy(context, shape);
    await Promise.all(
      tokens.map(async (token, who) => {
        let work = await desk.workFor(token, []);
        for (let i = 0; i < 20 && work.state === "work"; i++) {
          const [pair] = work.buffer as [string];
          const skipsIt = (who + i) % 3 === 0;
          work = skipsIt
            ? (await recordSkip(desk, token, skipOf(pair))).work
            : (await recordJudgment(desk, token, judgmentOf(pair))).work;
        }
      }),
    );
    await expectSlotsWhole(context.database);
    const rows = await context.database.read(({ db }) => db.selectFrom("assignment").selectAll().execute());
    const had = rows.map((row) => `${row.annotator_id} ${row.comparison_id}`);
    expect(new Set(had).size).toBe(had.length);
    const skipped = rows.filter((row) => row.ended_how === "skipped");
    expect(skipped.length).toBe((await skips(context)).length);
    expect(skipped.length).toBeGreaterThan(0);
  });
});
