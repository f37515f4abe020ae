import { expect, it, describe } from "vitest";
import type { Context } from "../../../server/context.ts";
import { estimateGeneration } from "../../../server/generation/estimate.ts";
import { againIn, generateResponses } from "../../../server/generation/generate.ts";
import { judgeStudy } from "../../../server/judges/judge-study.ts";
import type { ModelReply } from "../../../server/model-servers/model-call.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { generationOf, meansAt, responsesOf, serverThat } from "../../support/generation.ts";
import { meansFor, requestFor, scriptedModel, SENT } from "../../support/judge.ts";
import { openStudy } from "../../support/study.ts";

const reply = (text: string): ModelReply => ({
  ...{ text, finish: "complete", reportedModel: null, fingerprint: null },
  ...{ promptTokens: null, completionTokens: null, costDollars: null, raw: "" },
  ...{ thinking: null, toolInput: null, finishWord: "stop", sent: SENT, mayBeBilled: true },
});

describe.each(DATABASES)("responses that are generated again, on %s", (kind) => {
  async function study(): Promise<Context> {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 4, baselines: 1, annotators: 1 });
    await context.database.transact(({ db }) =>
      db
        .updateTable("response")
        .set({ turns: JSON.stringify(["<think>\nHm.\n</think>\nYes."]) })
        .where("system_id", "=", (e) => e.selectFrom("system").select("id").where("name", "=", "b0"))
        .where("prompt_id", "in", (e) =>
          e.selectFrom("prompt").select("id").where("external_id", "in", ["p1", "p2"]),
        )
        .execute(),
    );
    return context;
  }
  const go = (context: Context, again: readonly string[], server = serverThat(async () => reply("Anew."))) =>
    generateResponses(context, generationOf({ again }), meansAt("http://127.0.0.1:1", { server }));
  const texts = async (context: Context) =>
    (await responsesOf(context, "b0"))
      .map(({ turns }) => turns.join())
      .map((text) => text.replace(/\n/g, " "));

  it("are those in which a check finds a fault, or those that are named", async () => {
    const context = await study();
    const wanted = {
      ...generationOf({ again: [] }),
      again: (await againIn(context, generationOf({ again: [] })))!.jobs,
    };
    expect(await estimateGeneration(context, wanted)).toMatchObject({ missing: 2, calls: 2 });
    const done = await go(context, []);
    expect(done).toMatchObject({ ending: "done", progress: { stored: 2, of: 2 } });
    expect(done.said).toContain("2 of 2 responses of b0 were generated again.");
    expect(await texts(context)).toEqual([
      "answer of b0 to 0 turn 1",
      "Anew.",
      "Anew.",
      "answer of b0 to 3 turn 1",
    ]);
    expect((await responsesOf(context, "b0"))[1]!.generation).toMatchObject({ model: "m", truncated: false });
    await go(
      context,
      ["p3"],
      serverThat(async () => reply("Once more.")),
    );
    expect((await texts(context))[3]).toBe("Once more.");
    await expect(go(context, ["p9"])).rejects.toThrow("no response to the prompt p9");
  });

  it("stay as they are where a model or a person was shown them, before or meanwhile", async () => {
    const context = await study();
    const once = requestFor({ limits: { calls: 1, concurrency: 1 } });
    await judgeStudy(context, once, meansFor(scriptedModel(() => "A")));
    const before = await texts(context);
    const some = await go(context, ["p0", "p1", "p2", "p3"]);
    const shown = some.unanswered.filter((one) => one.kind === "shown").map(({ prompt }) => prompt);
    expect(shown.length).toBeGreaterThan(0);
    const after = await texts(context);
    for (const [i, text] of after.entries()) expect(text).toBe(shown.includes(`p${i}`) ? before[i] : "Anew.");
    const free = [0, 1, 2, 3].map((i) => `p${i}`).find((name) => !shown.includes(name))!;
    const late = serverThat(async () => {
      await judgeStudy(context, requestFor(), meansFor(scriptedModel(() => "A")));
      return reply("Too late.");
    });
    expect((await go(context, [free], late)).unanswered).toMatchObject([{ prompt: free, kind: "shown" }]);
    expect(await texts(context)).toEqual(after);
  });

  it("stay as they are where nothing better comes", async () => {
    const context = await study();
    const before = await texts(context);
    const done = await go(
      context,
      [],
      serverThat(async () => reply("")),
    );
    expect(done).toMatchObject({ progress: { stored: 0, of: 2 } });
    expect(await texts(context)).toEqual(before);
  });
});
