import { expect, describe, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy, skipOf } from "../../support/study.ts";

const FIRST = { first: true } as const;
const judgments = (context: Context) =>
  context.database.read(({ db }) => db.selectFrom("judgment").select("choice").orderBy("id").execute());
const atWork = async (context: Context) => {
  const { desk, tokens } = await openStudy(context, { prompts: 8, baselines: 1, annotators: 1 });
  const token = tokens[0]!;
  const { buffer } = await desk.workFor(token, []);
  return { desk, token, pair: buffer[0]!, other: buffer[1]! };
};

describe.each(DATABASES)("an answer to a pair that was answered elsewhere, on %s", (kind) => {
  it("is not written, and the one that stands comes back; as a change it is written", async () => {
    const context = await testContext(kind);
    const { desk, token, pair } = await atWork(context);
    await recordJudgment(desk, token, { ...judgmentOf(pair, "left"), ...FIRST });
    const second = { ...judgmentOf(pair, "right"), ...FIRST };
    const reply = await recordJudgment(desk, token, second);
    expect(reply).toMatchObject({ surplus: false, standing: { choice: "left" } });
    expect(reply.work.progress.judged).toBe(1);
    expect(await judgments(context)).toEqual([{ choice: "left" }]);
    const changed = await recordJudgment(desk, token, judgmentOf(pair, "right"));
    expect(changed).not.toHaveProperty("standing");
    expect(await judgments(context)).toEqual([{ choice: "left" }, { choice: "right" }]);
  });

  it("is the same answer where the same request comes again, also after a change", async () => {
    const context = await testContext(kind);
    const { desk, token, pair } = await atWork(context);
    const first = { ...judgmentOf(pair, "left"), ...FIRST };
    await recordJudgment(desk, token, first);
    await recordJudgment(desk, token, judgmentOf(pair, "tie"));
    expect(await recordJudgment(desk, token, first)).not.toHaveProperty("standing");
    expect(await judgments(context)).toEqual([{ choice: "left" }, { choice: "tie" }]);
  });

  it("neither takes back a judgment by a skip, nor a skip by a judgment", async () => {
    const context = await testContext(kind);
    const { desk, token, pair, other } = await atWork(context);
    await recordJudgment(desk, token, { ...judgmentOf(pair, "tie"), ...FIRST });
    const skipped = await recordSkip(desk, token, { ...skipOf(pair), ...FIRST });
    expect(skipped.standing).toEqual({ choice: "tie" });
    await recordSkip(desk, token, { ...skipOf(other), ...FIRST });
    const judged = await recordJudgment(desk, token, { ...judgmentOf(other, "left"), ...FIRST });
    expect(judged.standing).toEqual({ reason: "unreadable" });
    expect(await judgments(context)).toEqual([{ choice: "tie" }]);
  });

  it("is known to a browser that asks for work and holds the pair", async () => {
    const context = await testContext(kind);
    const { desk, token, pair, other } = await atWork(context);
    expect(await desk.workFor(token, [pair, other])).not.toHaveProperty("answered");
    await recordJudgment(desk, token, judgmentOf(pair, "left"));
    await recordSkip(desk, token, skipOf(other));
    expect(new Set((await desk.workFor(token, [pair, other])).answered)).toEqual(new Set([pair, other]));
    expect(await desk.workFor(token, [])).not.toHaveProperty("answered");
  });
});
