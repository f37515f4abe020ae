import { describe, expect, it } from "vitest";
import type { AssignmentService } from "../../../server/assignments/assignment-service.ts";
import type { Context } from "../../../server/context.ts";
import type { ProtocolGroup } from "../../../server/contract/studies.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { inviteAnnotators } from "../../../server/studies/annotators.ts";
import { changeState } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";

const crowd = (over: Partial<ProtocolGroup>): ProtocolGroup => ({
  name: "crowd",
  kind: "crowd",
  judgments: 1,
  sharedJudgments: 1,
  judgmentsPerAnnotator: null,
  headline: true,
  ...over,
});

const assignments = (context: Context) =>
  context.database.read(({ db }) =>
    db
      .selectFrom("assignment as a")
      .innerJoin("prompt as p", "p.id", "a.prompt_id")
      .selectAll("a")
      .select("p.external_id")
      .orderBy("a.id")
      .execute(),
  );

/** Judges until the desk has no more for this annotator; returns how it ended. */
async function judgeAll(desk: AssignmentService, token: string, most = 10_000): Promise<string> {
  let work = await desk.workFor(token, []);
  for (let i = 0; i < most && work.state === "work"; i++) {
    const choice = (["left", "tie", "right"] as const)[i % 3] ?? "tie";
    work = (await recordJudgment(desk, token, judgmentOf(work.buffer[0] ?? "", choice))).work;
  }
  return work.state;
}

describe.each(DATABASES)("handing out work on %s", (kind) => {
  it("hands out every comparison once, fills every slot and then says done", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, {
      prompts: 12,
      baselines: 3,
      annotators: 1,
      protocol: { promptRepeats: "allow" },
    });
    expect(await judgeAll(desk, tokens[0]!)).toBe("done");
    const rows = await assignments(context);
    expect(rows.length).toBe(36);
    expect(new Set(rows.map((row) => row.comparison_id)).size).toBe(36);
    const work = await desk.workFor(tokens[0]!, []);
    expect(work.progress).toEqual({ judged: 36, of: 36 });
  });

  it("gives back what the annotator holds: same tokens, same sides, without the texts they have", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 12, baselines: 3, annotators: 1 });
    const first = await desk.workFor(tokens[0]!, []);
    const again = await desk.workFor(tokens[0]!, []);
    expect(first.buffer.length).toBe(4);
    expect(again).toEqual(first);
    const held = await desk.workFor(tokens[0]!, first.buffer);
    expect(held.assignments).toEqual([]);
    expect(held.buffer).toEqual(first.buffer);
  });

  it("brings a prompt back only when no new one is left, and never within twenty pairs", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 50, baselines: 5, annotators: 1 });
    await judgeAll(desk, tokens[0]!, 200);
    const prompts = (await assignments(context)).map((row) => row.external_id);
    expect(new Set(prompts.slice(0, 50)).size).toBe(50);
    prompts.forEach((prompt, i) => expect(prompts.slice(Math.max(0, i - 20), i)).not.toContain(prompt));
  });

  it("never brings a prompt back where that is forbidden, and says done", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, {
      prompts: 10,
      baselines: 3,
      annotators: 1,
      protocol: { promptRepeats: "forbid" },
    });
    expect(await judgeAll(desk, tokens[0]!)).toBe("done");
    const prompts = (await assignments(context)).map((row) => row.external_id);
    expect(prompts.length).toBe(10);
    expect(new Set(prompts).size).toBe(10);
  });

  it("stops at the annotator's number, and covers before it goes deep", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, {
      prompts: 30,
      baselines: 1,
      annotators: 3,
      protocol: { groups: [crowd({ judgments: 3, judgmentsPerAnnotator: 10 })] },
    });
    for (const token of tokens) expect(await judgeAll(desk, token)).toBe("done");
    const rows = await assignments(context);
    expect(rows.length).toBe(30);
    expect(new Set(rows.map((row) => row.comparison_id)).size).toBe(30);
  });

  it("hands out the shared set first, to every group", async () => {
    const context = await testContext(kind);
    const groups = [
      crowd({ sharedJudgments: 2 }),
      crowd({ name: "authors", kind: "author", sharedJudgments: 2 }),
    ];
    const { desk, tokens } = await openStudy(context, {
      prompts: 20,
      baselines: 2,
      annotators: 2,
      protocol: { groups, sharedPrompts: 5, promptRepeats: "allow" },
    });
    const authors = await inviteAnnotators(context, { study: "s", group: "authors", count: 2, by: "test" });
    for (const token of [...tokens, ...authors.map((one) => one.token)]) await judgeAll(desk, token, 15);
    const all = await assignments(context);
    const annotators = [...new Set(all.map((row) => row.annotator_id))];
    expect(annotators).toHaveLength(4);
    const shared = annotators.map((id) => {
      const rows = all.filter((row) => row.annotator_id === id);
      expect(rows.map((row) => row.purpose)).toEqual([...rows.map((row) => row.purpose)].sort().reverse());
      return rows.filter((row) => row.purpose === "shared").map((row) => row.comparison_id);
    });
    expect(new Set(shared.map((ids) => [...ids].sort((a, b) => a - b).join(" "))).size).toBe(1);
    expect(shared[0]).toHaveLength(10);
  });

  it("leaves a lapsed assignment with its holder where who asks has had the comparison, or just the prompt", async () => {
    const context = await testContext(kind);
    const groups = [crowd({ judgments: 2 })];
    const { desk, tokens } = await openStudy(context, {
      prompts: 4,
      baselines: 2,
      annotators: 2,
      protocol: { groups, promptRepeats: "forbid" },
    });
    const [quick, slow] = tokens as [string, string];
    expect(await judgeAll(desk, quick)).toBe("done");
    const held = await desk.workFor(slow, []);
    expect(held.buffer).toHaveLength(4);
    context.advance(61 * 60_000);
    expect(await desk.workFor(quick, [])).toMatchObject({ state: "done", buffer: [] });
    expect((await desk.workFor(slow, [])).buffer).toEqual(held.buffer);
  });

  it("waits while others hold the rest, takes over what lapsed, and keeps the late judgment as surplus", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 4, baselines: 1, annotators: 2 });
    const [slow, quick] = tokens as [string, string];
    const held = await desk.workFor(slow, []);
    expect(held.buffer.length).toBe(4);
    const waiting = await desk.workFor(quick, []);
    expect(waiting.state).toBe("wait");
    expect(waiting.askAgainSeconds).toBeGreaterThan(0);
    context.advance(61 * 60_000);
    expect(await judgeAll(desk, quick)).toBe("done");
    const late = await recordJudgment(desk, slow, judgmentOf(held.buffer[0]!));
    expect(late).toMatchObject({ accepted: true, surplus: true });
    const { db } = { db: context.database };
    const counted = await db.read((reader) => reader.db.selectFrom("counted_judgment").selectAll().execute());
    expect(counted.length).toBe(4);
  });

  it("renews the annotator's own lapsed assignments when nobody took them", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 4, baselines: 1, annotators: 1 });
    const before = await desk.workFor(tokens[0]!, []);
    context.advance(120 * 60_000);
    expect((await desk.workFor(tokens[0]!, [])).buffer).toEqual(before.buffer);
    const lease = (await assignments(context))[0]!.lease_end;
    expect(lease > context.clock().toISOString()).toBe(true);
  });

  it("stops handing out when paused and closed, and still accepts what was opened before", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 9, baselines: 1, annotators: 1 });
    const [token] = tokens as [string];
    let work = await desk.workFor(token, []);
    await changeState(context, { study: "s", to: "paused", by: "test" });
    for (const one of work.buffer) work = (await recordJudgment(desk, token, judgmentOf(one))).work;
    expect(work).toMatchObject({ state: "paused", buffer: [], progress: { judged: 4, of: 9 } });
    await changeState(context, { study: "s", to: "open", by: "test" });
    work = await desk.workFor(token, []);
    expect(work.buffer.length).toBe(4);
    await changeState(context, { study: "s", to: "closed", by: "test" });
    for (const one of work.buffer) work = (await recordJudgment(desk, token, judgmentOf(one))).work;
    expect(work.state).toBe("closed");
  });

  it("gives 50 annotators who come at once 50 × 4 different slots", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 60, baselines: 4, annotators: 50 });
    const all = await Promise.all(tokens.map((token) => desk.workFor(token, [])));
    expect(all.flatMap((work) => work.buffer).length).toBe(200);
    const live = (await assignments(context)).filter((row) => row.ended_at === null);
    expect(new Set(live.map((row) => row.slot_id)).size).toBe(200);
  });
});
