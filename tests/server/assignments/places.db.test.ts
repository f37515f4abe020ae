import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { up as freeSlots } from "../../../migrations/0007-freed-slots.ts";
import type { ProtocolGroup } from "../../../server/contract/studies.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { times } from "../../support/effort.ts";
import {
  bringBack,
  close,
  expectFinal,
  expectPlacesHold,
  holders,
  judge,
  leaveOut,
  nameOf,
} from "../../support/places.ts";
import { judgmentOf, openStudy, skipOf } from "../../support/study.ts";

const crowd = (over: Partial<ProtocolGroup> = {}): ProtocolGroup => ({
  ...{ name: "crowd", kind: "crowd", judgments: 1, sharedJudgments: 1 },
  ...{ judgmentsPerAnnotator: null, headline: true },
  ...over,
});

describe.each(DATABASES)("work that does not count, on %s", (kind) => {
  const study = async (given: { prompts?: number; annotators?: number; groups?: ProtocolGroup[] } = {}) => {
    const context = await testContext(kind);
    const { prompts = 6, annotators = 3, groups = [crowd()] } = given;
    const made = await openStudy(context, { prompts, baselines: 1, annotators, protocol: { groups } });
    return { context, made };
  };

  it("frees its places for others, and says how many", async () => {
    const { context, made } = await study({ groups: [crowd({ judgmentsPerAnnotator: 3 })] });
    await judge(made, 0);
    await judge(made, 1);
    expect((await made.desk.workFor(made.tokens[2]!, [])).state).toBe("done");
    expect(await buildFullReport(context, { study: "s" })).toMatchObject({
      analysis: { status: "confirmatory" },
    });
    expect(await leaveOut(context, 0)).toEqual({
      ...{ changed: ["annotator-1"], freed: 3, held: 0, state: "open" },
    });
    await expectPlacesHold(context);
    expect(await buildFullReport(context, { study: "s" })).toMatchObject({
      ...{ analysis: { status: "interim" }, slots: { wanted: 6, judged: 3 } },
      exclusions: { annotators: 1, judgments: 3 },
    });
    const { work } = await judge(made, 2);
    expect(work).toMatchObject({ state: "done", progress: { judged: 3, of: 3 } });
    await expectPlacesHold(context);
    const { slots, judgments, exclusions } = await buildFullReport(context, { study: "s" });
    expect([slots, judgments]).toEqual([{ wanted: 6, judged: 6 }, 6]);
    expect(exclusions.pairs[0]).toMatchObject({ before: { judgments: 9 }, after: { judgments: 6 } });
  });

  it("is followed by no other: who is left out is given nothing, and what they held is free at once", async () => {
    const { context, made } = await study({ annotators: 2 });
    const { work } = await judge(made, 0, 1);
    expect(work.buffer.length).toBe(4);
    expect(await leaveOut(context, 0)).toMatchObject({ freed: 1, held: 4 });
    const told = await made.desk.workFor(made.tokens[0]!, []);
    expect(told).toMatchObject({ state: "ended", buffer: [], assignments: [], askAgainSeconds: null });
    expect(told.progress).toEqual({ judged: 1, of: 1 });
    expect((await judge(made, 1)).done.length).toBe(6);
    await expectPlacesHold(context);
  });

  it("comes back where nobody has filled its place, and is surplus elsewhere", async () => {
    const { context, made } = await study({ annotators: 2 });
    await judge(made, 0);
    await leaveOut(context, 0);
    await judge(made, 1, 2);
    expect(await bringBack(context, 0)).toEqual({
      ...{ changed: ["annotator-1"], filled: 4, surplus: 2, state: "open" },
    });
    await expectPlacesHold(context);
    const held = [...(await holders(context)).values()];
    expect(held.filter((name) => name === "annotator-2").length).toBe(2);
    const { surplus, judgments } = await buildFullReport(context, { study: "s" });
    expect([surplus, judgments]).toEqual([2, 6]);
  });

  it("lets an annotator go on with what they held, once brought back and where nobody has taken it", async () => {
    const { context, made } = await study({ annotators: 1 });
    const { work } = await judge(made, 0, 1);
    await leaveOut(context, 0);
    await bringBack(context, 0);
    expect((await made.desk.workFor(made.tokens[0]!, [])).buffer).toEqual(work.buffer);
    expect((await judge(made, 0)).work).toMatchObject({ state: "done", progress: { judged: 6, of: 6 } });
    await expectPlacesHold(context);
  });

  it("is kept where it was on its way, and counts once its annotator is brought back", async () => {
    const { context, made } = await study({ annotators: 1 });
    const [token] = made.tokens as [string];
    const { buffer } = await made.desk.workFor(token, []);
    await leaveOut(context, 0);
    const late = judgmentOf(buffer[0]!);
    const reply = await recordJudgment(made.desk, token, late);
    expect(reply).toMatchObject({ accepted: true, surplus: false, work: { state: "ended" } });
    expect(await recordJudgment(made.desk, token, late)).toMatchObject({ accepted: true, surplus: false });
    await expectPlacesHold(context);
    expect(await buildFullReport(context, { study: "s" })).toMatchObject({ judgments: 0, surplus: 0 });
    expect(await bringBack(context, 0)).toMatchObject({ filled: 1, surplus: 0 });
    await expectPlacesHold(context);
  });

  it("gives its place to a judgment of it that came too late", async () => {
    const { context, made } = await study({ prompts: 1, annotators: 2 });
    const { buffer } = await made.desk.workFor(made.tokens[0]!, []);
    context.advance(2 * 3_600_000);
    await judge(made, 1);
    const late = await recordJudgment(made.desk, made.tokens[0]!, judgmentOf(buffer[0]!));
    expect(late.surplus).toBe(true);
    expect(await leaveOut(context, 1)).toMatchObject({ freed: 0 });
    await expectPlacesHold(context);
    expect([...(await holders(context)).values()]).toEqual(["annotator-1"]);
    expect(await bringBack(context, 1)).toMatchObject({ filled: 0, surplus: 1 });
    await expectPlacesHold(context);
  });

  it("of an older database gives up the places that it still held", async () => {
    const { context, made } = await study({ prompts: 3, annotators: 2, groups: [crowd({ judgments: 2 })] });
    await judge(made, 0);
    await judge(made, 1);
    await context.database.transact(async ({ db }) => {
      const { id, study_id } = await db
        .selectFrom("annotator")
        .selectAll()
        .where("external_id", "=", "annotator-1")
        .executeTakeFirstOrThrow();
      const times = { excluded_at: "2026-01-05T09:00:00.000Z", lifted_at: null };
      await db
        .insertInto("exclusion")
        .values({ study_id, annotator_id: id, rule: "r", ...times })
        .execute();
      await freeSlots(db as never);
    });
    await expectPlacesHold(context);
    const { judgments, exclusions } = await buildFullReport(context, { study: "s" });
    expect([judgments, exclusions.judgments]).toEqual([3, 3]);
    expect(await bringBack(context, 0)).toMatchObject({ filled: 3, surplus: 0 });
    await expectPlacesHold(context);
  });

  it("is never counted twice nor taken from anybody, whatever is judged, skipped, left out, brought back or closed", async () => {
    const steps = fc.array(
      fc.record({
        what: fc.constantFrom(
          "judge",
          "judge",
          "judge",
          "hold",
          "late",
          "skip",
          "take back",
          "leave out",
          "bring back",
          "lapse",
          "close",
        ),
        who: fc.nat({ max: 3 }),
        most: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: 6, maxLength: 16 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { context, made } = await study({
          prompts: 4,
          annotators: 4,
          groups: [crowd({ judgments: 2 })],
        });
        const held = made.tokens.map((): string[] => []);
        const judged = made.tokens.map((): string[] => []);
        let sent = 0;
        for (const { what, who, most } of all) {
          const token = made.tokens[who]!;
          const before = await holders(context);
          if (what === "judge") {
            const { done } = await judge(made, who, most);
            judged[who]!.push(...done);
            sent += done.length;
          }
          if (what === "hold") held[who] = (await made.desk.workFor(token, [])).buffer;
          if (what === "lapse") context.advance(2 * 3_600_000);
          if (what === "leave out") await leaveOut(context, who);
          if (what === "bring back") await bringBack(context, who);
          if (what === "close") await close(context).catch(() => undefined);
          const late = what === "late" ? held[who]!.shift() : undefined;
          if (late !== undefined)
            await recordJudgment(made.desk, token, judgmentOf(late)).then(() => sent++, expectFinal);
          const not =
            what === "skip" ? held[who]!.shift() : what === "take back" ? judged[who]!.pop() : undefined;
          if (not !== undefined)
            await recordSkip(made.desk, token, skipOf(not, "other")).then(() => undefined, expectFinal);
          await expectPlacesHold(context);
          const after = await holders(context);
          for (const [slot, name] of before) {
            const isOver = what === "leave out" || what === "skip" || what === "take back";
            if (!isOver || name !== nameOf(who)) expect(after.get(slot)).toBe(name);
          }
        }
        const { kept } = await context.database.read(({ db }) =>
          db
            .selectFrom("judgment")
            .select((e) => e.fn.countAll<number>().as("kept"))
            .executeTakeFirstOrThrow(),
        );
        expect(Number(kept)).toBe(sent);
      }),
      { numRuns: times(kind === "sqlite" ? 15 : 4), seed: 7, endOnFailure: true },
    );
  });

  it("is left out and brought back while 20 people judge, and every place holds", async () => {
    const shape = { prompts: 60, annotators: 20, groups: [crowd({ judgments: 2 })] };
    const { context, made } = await study(shape);
    let judging = true;
    const people = Promise.all(
      made.tokens.map(async (token) => {
        let sent = 0;
        for (let i = 0; i < 12; i++) {
          const { buffer } = await made.desk.workFor(token, []);
          if (buffer.length === 0) continue;
          await recordJudgment(made.desk, token, judgmentOf(buffer[0]!));
          sent++;
        }
        return sent;
      }),
    ).finally(() => (judging = false));
    const owner = async (annotators: number[]) => {
      while (judging) {
        await leaveOut(context, ...annotators);
        await bringBack(context, ...annotators);
        await new Promise(setImmediate); // those who judge have their turn
      }
      await leaveOut(context, annotators[0]!);
    };
    const [sent] = await Promise.all([people, owner([0, 1, 2]), owner([3, 2])]);
    await expectPlacesHold(context);
    const kept = await context.database.read(({ db }) => db.selectFrom("judgment").select("id").execute());
    expect(kept.length).toBe(sent.reduce((sum, one) => sum + one, 0));
  });
});
