import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { earlierJudgment } from "../../../server/judgments/earlier.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";

const judgments = (context: Context) =>
  context.database.read(({ db }) => db.selectFrom("judgment").selectAll().orderBy("id").execute());
const counted = (context: Context) =>
  context.database.read(({ db }) => db.selectFrom("counted_judgment").selectAll().execute());

describe.each(DATABASES)("judgments on %s", (kind) => {
  it("are recorded once however often the request is sent, also all at once", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 8, baselines: 1, annotators: 1 });
    const [token] = tokens as [string];
    const { buffer } = await desk.workFor(token, []);
    const request = judgmentOf(buffer[0]!, "right");
    const replies = await Promise.all(Array.from({ length: 10 }, () => recordJudgment(desk, token, request)));
    expect(replies.every((reply) => reply.accepted && !reply.surplus)).toBe(true);
    expect(await judgments(context)).toMatchObject([{ choice: "right", revision: 1, active_ms: 1000 }]);
    for (const reply of replies) expect(reply.work.buffer).not.toContain(buffer[0]);
  });

  it("refuse another answer under the same request key", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 8, baselines: 1, annotators: 1 });
    const [token] = tokens as [string];
    const { buffer } = await desk.workFor(token, []);
    const request = judgmentOf(buffer[0]!, "right");
    await recordJudgment(desk, token, request);
    await expect(recordJudgment(desk, token, { ...request, choice: "left" })).rejects.toMatchObject({
      name: "JudgmentConflict",
      status: 409,
    });
    expect((await judgments(context)).length).toBe(1);
  });

  it("can be corrected: the latest revision counts, the first is kept", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 8, baselines: 1, annotators: 1 });
    const [token] = tokens as [string];
    const { buffer } = await desk.workFor(token, []);
    await recordJudgment(desk, token, judgmentOf(buffer[0]!, "left"));
    const reply = await recordJudgment(desk, token, judgmentOf(buffer[0]!, "tie"));
    expect(reply.work.progress).toEqual({ judged: 1, of: 8 });
    expect(await judgments(context)).toMatchObject([
      { choice: "left", revision: 1 },
      { choice: "tie", revision: 2 },
    ]);
    expect(await counted(context)).toMatchObject([{ choice: "tie" }]);
  });

  it("of somebody else's assignment are refused, as is an unknown token", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 8, baselines: 2, annotators: 2 });
    const [mine, theirs] = tokens as [string, string];
    const { buffer } = await desk.workFor(theirs, []);
    const refused = recordJudgment(desk, mine, judgmentOf(buffer[0]!));
    await expect(refused).rejects.toMatchObject({ name: "AssignmentNotFound", status: 404 });
    const unknown = recordJudgment(desk, "x".repeat(43), judgmentOf(buffer[0]!));
    await expect(unknown).rejects.toMatchObject({ name: "LinkNotValid", status: 401 });
    expect(await judgments(context)).toEqual([]);
  });

  it("can be walked back through, latest first", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 8, baselines: 1, annotators: 1 });
    const [token] = tokens as [string];
    const { buffer, assignments } = await desk.workFor(token, []);
    await recordJudgment(desk, token, judgmentOf(buffer[0]!, "left"));
    await recordJudgment(desk, token, judgmentOf(buffer[1]!, "right"));
    const last = await earlierJudgment(desk, token, null);
    expect(last.earlier).toEqual({ view: assignments[1], choice: "right" });
    const first = await earlierJudgment(desk, token, buffer[1]!);
    expect(first.earlier).toEqual({ view: assignments[0], choice: "left" });
    expect(await earlierJudgment(desk, token, buffer[0]!)).toEqual({ earlier: null });
  });

  it("shows turn by turn only what is judged, each side with its own earlier turns", async () => {
    const context = await testContext(kind);
    const shape = { prompts: 1, baselines: 1, annotators: 1, turns: 2, protocol: { turns: "each" as const } };
    const { desk, tokens } = await openStudy(context, shape);
    let work = await desk.workFor(tokens[0]!, []);
    const lengths = [];
    for (let i = 0; i < 2 && work.state === "work"; i++) {
      const [view] = (await desk.workFor(tokens[0]!, [])).assignments;
      lengths.push([view?.prompt.length, view?.left.length, view?.right.length]);
      work = (await recordJudgment(desk, tokens[0]!, judgmentOf(view!.assignment))).work;
    }
    expect(lengths.every(([p, l, r]) => p === l && l === r)).toBe(true);
  });

  it("of 50 annotators at once leave at most one live assignment and one counted judgment a slot", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, { prompts: 40, baselines: 5, annotators: 50 });
    await Promise.all(
      tokens.map(async (token) => {
        let work = await desk.workFor(token, []);
        for (let i = 0; i < 6 && work.state === "work"; i++) {
          work = (await recordJudgment(desk, token, judgmentOf(work.buffer[0]!))).work;
        }
      }),
    );
    const rows = await context.database.read(({ db }) => db.selectFrom("slot").selectAll().execute());
    const held = rows.map((row) => row.counted_assignment_id).filter((id) => id !== null);
    expect(new Set(held).size).toBe(held.length);
    expect(held.length).toBe((await judgments(context)).length);
    expect(held.length).toBe((await counted(context)).length);
  });
});
