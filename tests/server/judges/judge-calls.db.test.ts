import { describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import type { JudgeCall } from "../../../server/contract/judge-calls.ts";
import { hashOfMessages } from "../../../server/judges/sent-messages.ts";
import { listCalls, showCall } from "../../../server/judges/shown-calls.ts";
import { estimateJudge, judgeStudy } from "../../../server/judges/judge-study.ts";
import { CallFailed } from "../../../server/model-servers/model-call.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { meansFor, requestFor, scriptedModel } from "../../support/judge.ts";
import { openStudy } from "../../support/study.ts";

describe.each(DATABASES)("calls of a model, on %s", (kind) => {
  async function judged(over: Parameters<typeof requestFor>[0] = {}) {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
    const model = scriptedModel(() => "A");
    await judgeStudy(context, requestFor(over), meansFor(model));
    return { context, model };
  }
  const list = (context: Context, query: object = {}) =>
    context.database.read((reader) => listCalls(reader, "s", { limit: 200, ...query }));
  const show = (context: Context, id: number) => context.database.read((reader) => showCall(reader, "s", id));

  it("can be shown again word for word, and repeats asked the very same", async () => {
    const { context, model } = await judged({ settings: { orders: "both", repeats: 1 } });
    const { calls, next } = await list(context);
    expect(next).toBeNull();
    expect(calls).toHaveLength(6);
    const shown = await Promise.all(calls.map(({ id }) => show(context, id)));
    const texts = shown.map(({ messages }) => messages!.map(({ content }) => content).join("\n"));
    expect([...texts].sort()).toEqual(model.asked.map(({ text }) => text).sort());
    for (const { messages, messagesHash } of shown) expect(hashOfMessages(messages!)).toBe(messagesHash);
    expect(new Set(calls.map(({ messagesHash }) => messagesHash)).size).toBe(4); // two pairs, two orders
    const boundaries = texts.map((text) => /\[\[PROMPT (\S+)\]\]/.exec(text)![1]);
    expect(new Set(boundaries).size).toBe(2); // one for each prompt
    expect(shown[0]).toMatchObject({ model: "m", sent: { temperature: 0 }, whyNot: null, body: {} });

    const again = await judged({ settings: { orders: "both" } }); // a study of the same texts and seed
    const hashes = (of: JudgeCall[]) => [...new Set(of.map(({ messagesHash }) => messagesHash))].sort();
    expect(hashes((await list(again.context)).calls)).toEqual(hashes(calls));
  });

  it("are shown as they were sent after a correction, and not at all where nothing fits their hash", async () => {
    const { context } = await judged();
    const [one] = (await list(context)).calls;
    const before = await show(context, one!.id);
    const texts = await context.database.read(({ db }) => db.selectFrom("response").selectAll().execute());
    await context.database.transact(async ({ db }) => {
      for (const { id: response_id, turns, content_hash } of texts)
        await db
          .insertInto("corrected_response")
          .values({ response_id, revision: 2, turns, content_hash })
          .execute();
      await db.updateTable("response").set({ turns: '["another"]' }).execute();
    });
    expect(await show(context, one!.id)).toEqual(before);
    await context.database.transact(({ db }) => db.deleteFrom("corrected_response").execute());
    expect(await show(context, one!.id)).toMatchObject({ messages: null, whyNot: "changed" });
    await context.database.transact(({ db }) =>
      db.updateTable("judge_call").set({ messages_hash: null }).execute(),
    );
    expect(await show(context, one!.id)).toMatchObject({ messages: null, whyNot: "no hash" });
    await expect(show(context, 999)).rejects.toThrow("This study has no call 999.");
  });

  it("come in pages, by judge and by what came of them", async () => {
    const { context } = await judged();
    const refuses = scriptedModel(({ calls }) => (calls === 0 ? new CallFailed("too long", "No.") : "tie"));
    await judgeStudy(context, requestFor({ annotator: "other" }), meansFor(refuses));
    const { calls, next } = await list(context, { limit: 3 });
    expect(calls.map(({ annotator }) => annotator)).toEqual(["other", "other", "m"]);
    const rest = await list(context, { limit: 3, after: Number(next) });
    expect(rest).toMatchObject({ calls: [{ annotator: "m" }], next: null });
    expect((await list(context, { annotator: "m" })).calls).toHaveLength(2);
    expect((await list(context, { state: "failed" })).calls).toMatchObject([{ outcome: "too long" }]);
    expect((await list(context, { outcome: "tie" })).calls).toMatchObject([{ annotator: "other" }]);
  });

  it("are of one model with one setting, by name", async () => {
    const { context, model } = await judged({ settings: { temperature: 0 } });
    const other = requestFor({ settings: { temperature: 1, model: "m2" } });
    const said = "m has judged with the model m, temperature 0; this run has the model m2, temperature 1.";
    await expect(judgeStudy(context, other, meansFor(model))).rejects.toThrow(said);
    await expect(estimateJudge(context, other)).rejects.toThrow(
      '--annotator "m, the model m2, temperature 1"',
    );
    const more = requestFor({ settings: { orders: "both", repeats: 1, maxTokens: 900 } });
    expect((await judgeStudy(context, more, meansFor(model))).progress.judged).toBe(6);
    const named = { ...other, annotator: "m, the model m2, temperature 1" };
    expect((await judgeStudy(context, named, meansFor(model))).progress.judged).toBe(2);
  });

  it("bind nobody to a setting that brought no verdict", async () => {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
    const wrong = scriptedModel(() => new CallFailed("rejected", "No such model."));
    await judgeStudy(context, requestFor({ settings: { model: "typo" } }), meansFor(wrong));
    const { ending } = await judgeStudy(context, requestFor(), meansFor(scriptedModel(() => "A")));
    expect(ending).toBe("done");
  });
});
