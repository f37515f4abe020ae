import { afterEach, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { generateResponses } from "../../../server/generation/generate.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { generationOf, meansAt, moving, responsesOf } from "../../support/generation.ts";
import { SECRET } from "../../support/model-servers/ask.ts";
import type { ModelServerScript } from "../../support/model-servers/script.ts";
import { type RunningModelServer, startModelServer } from "../../support/model-servers/server.ts";
import { addMaterial } from "../../support/study.ts";

const PROMPTS = 6;
const running: RunningModelServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
async function serving(script: ModelServerScript = {}): Promise<RunningModelServer> {
  const server = await startModelServer(script);
  running.push(server);
  return server;
}
const names = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);

describe.each(DATABASES)("missing responses, on %s", (kind) => {
  async function study(turns = 1, prompts = PROMPTS): Promise<Context> {
    const context = moving(await testContext(kind));
    await createStudy(context, { name: "s", target: "t", baselines: ["b0"], seed: "seed" });
    await addMaterial(context, "s", { prompts, systems: ["t"], turns });
    return context;
  }
  const loads = (context: Context) =>
    context.database.read(({ db }) => db.selectFrom("load").selectAll().orderBy("id").execute());

  it("are asked for with LIMA's settings, and nothing else is", async () => {
    const context = await study();
    const model = await serving();
    const done = await generateResponses(context, generationOf(), meansAt(model.url));
    expect(done).toMatchObject({ ending: "done", said: "No response of b0 is missing." });
    expect(done.progress).toMatchObject({ stored: PROMPTS, of: PROMPTS, calls: PROMPTS, failed: 0 });
    expect(model.requests[0]!.body).toEqual({
      ...{ model: "m", max_tokens: 2048, temperature: 0.7, top_p: 0.9 },
      ...{ repetition_penalty: 1.2, repeat_penalty: 1.2 },
      messages: [{ role: "user", content: "prompt 0 turn 1" }],
    });
    const stored = await responsesOf(context, "b0");
    expect(stored.map(({ prompt }) => prompt)).toEqual(names(PROMPTS));
    expect(stored.map(({ turns }) => turns)).toEqual(
      names(PROMPTS).map((_, i) => [`A response to 15 characters: prompt ${i} turn 1`]),
    );
    const other = await generateResponses(context, generationOf({ system: "t" }), meansAt(model.url));
    expect(other.progress).toMatchObject({ stored: 0, of: 0, calls: 0 });
    expect(model.count()).toBe(PROMPTS);
  });

  it("stop at a limit and go on, and nothing is asked for twice", async () => {
    const context = await study();
    const model = await serving();
    const some = generationOf({ limits: { calls: 4, concurrency: 3 } });
    const first = await generateResponses(context, some, meansAt(model.url));
    expect(first).toMatchObject({ ending: "calls spent", progress: { stored: 4, of: PROMPTS, calls: 4 } });
    expect(first.said).toContain("after 4 of 6 responses and 4 calls");
    const rest = generationOf({ limits: { concurrency: 3 } });
    const second = await generateResponses(context, rest, meansAt(model.url));
    expect(second).toMatchObject({ ending: "done", progress: { stored: 2, of: 2 } });
    const asked = model.requests.map(({ body }) => body.messages!.at(-1)!.content);
    expect([...asked].sort()).toEqual(names(PROMPTS).map((_, i) => `prompt ${i} turn 1`));
  });

  it("carry how they were asked for", async () => {
    const context = await study(1, 1);
    const model = await serving();
    const own = { temperature: 0.2, topP: null, repetitionPenalty: null, maxTokens: 99, seed: 7 };
    const request = generationOf({ settings: { ...own, systemPrompt: "Be brief." } });
    await generateResponses(context, request, meansAt(model.url));
    expect(model.requests[0]!.body).toEqual({
      ...{ model: "m", max_tokens: 99, temperature: 0.2, seed: 7 },
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "prompt 0 turn 1" },
      ],
    });
    const { generation } = (await responsesOf(context, "b0"))[0]!;
    const { baseUrl } = request.settings;
    expect(generation).toMatchObject({ adapter: "openai", baseUrl, model: "m", ...own, truncated: false });
    expect(generation).toMatchObject({ systemPrompt: "Be brief.", notTaken: [] });
    expect(generation).toMatchObject({ reportedModel: "m-2025-01-01", fingerprint: "fp_scripted" });
    expect(generation.turns).toEqual([
      {
        ...{ at: expect.stringMatching(/^2026-01-05T09:/) as string, finish: "complete", promptTokens: 7 },
        ...{ latencyMs: expect.any(Number) as number, completionTokens: 14 },
      },
    ]);
  });

  it("say nothing of settings that a kind of server has no word for", async () => {
    const context = await study(1, 1);
    const model = await serving();
    const request = generationOf({ settings: { adapter: "anthropic", seed: 3 } });
    await generateResponses(context, request, meansAt(model.url, { adapter: "anthropic" }));
    const [stored] = await responsesOf(context, "b0");
    expect(stored!.generation).toMatchObject({
      temperature: 0.7,
      topP: 0.9,
      repetitionPenalty: null,
      seed: null,
    });
  });

  it("are marked where they were cut off", async () => {
    const context = await study();
    const model = await serving({ behaviour: "truncated", times: 1 });
    const done = await generateResponses(context, generationOf(), meansAt(model.url));
    expect(done.truncated).toEqual({ count: 1, prompts: ["p0"] });
    const stored = await responsesOf(context, "b0");
    expect(stored.map(({ generation }) => generation.truncated)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    const kept = (await loads(context)).at(-1)!;
    expect(kept).toMatchObject({ state: "published", file_name: "responses of b0" });
    expect(kept.report).toContain("was cut off at 2048 tokens");
  });

  it("are asked for without what the server does not take, which is said once", async () => {
    const context = await study();
    const model = await serving({ behaviour: "rejects repetition penalties" });
    const means = meansAt(model.url);
    const done = await generateResponses(context, generationOf(), means);
    expect(done).toMatchObject({ ending: "done", notTaken: ["repeat_penalty", "repetition_penalty"] });
    expect(means.notices).toEqual([
      "The server does not accept repeat_penalty, repetition_penalty. Calls go on without.",
    ]);
    expect(model.count()).toBe(PROMPTS + 2);
    for (const { generation } of await responsesOf(context, "b0"))
      expect(generation).toMatchObject({ repetitionPenalty: null, topP: 0.9, notTaken: done.notTaken });
  });

  it("of several turns are asked for turn by turn, with the system's own answers", async () => {
    const context = await study(3, 1);
    const model = await serving();
    const done = await generateResponses(context, generationOf(), meansAt(model.url));
    const [stored] = await responsesOf(context, "b0");
    expect(done.progress).toMatchObject({ stored: 1, calls: 3 });
    expect(stored!.turns).toHaveLength(3);
    const user = (turn: number) => ({ role: "user", content: `prompt 0 turn ${turn}` });
    const own = (turn: number) => ({ role: "assistant", content: stored!.turns[turn - 1] });
    expect(model.requests.map(({ body }) => body.messages)).toEqual([
      [user(1)],
      [user(1), own(1), user(2)],
      [user(1), own(1), user(2), own(2), user(3)],
    ]);
    expect(stored!.generation.turns).toHaveLength(3);
  });

  it("of several turns are not begun where the calls that are left do not suffice", async () => {
    const context = await study(3, 2);
    const model = await serving();
    const done = await generateResponses(context, generationOf({ limits: { calls: 5 } }), meansAt(model.url));
    expect(done).toMatchObject({ ending: "calls spent", progress: { stored: 1, calls: 3 } });
    expect(model.count()).toBe(3);
  });

  it.each([
    ["refusal", "refused"],
    ["moderated", "refused"],
    ["empty", "empty"],
    ["too long", "too long"],
  ] as const)("that come as %s are named, not stored, and asked for again later", async (behaviour, name) => {
    const context = await study(1, 3);
    const model = await serving({ times: 1, then: behaviour });
    const done = await generateResponses(context, generationOf(), meansAt(model.url));
    expect(done).toMatchObject({ ending: "done", progress: { stored: 1, of: 3, failed: 2 } });
    expect(done.progress.calls).toBe(name === "empty" ? 5 : 3); // an empty one is asked for with more room
    expect(done.said).toContain("2 of 3 responses of b0 are still missing");
    expect(done.unanswered.map(({ prompt, kind }) => [prompt, kind])).toEqual([
      ["p1", name],
      ["p2", name],
    ]);
    expect(await responsesOf(context, "b0")).toHaveLength(1);
    expect((await loads(context)).at(-1)!.report).toContain(`no output for the prompt “p2”: ${name}`);
    model.become({});
    const again = await generateResponses(context, generationOf(), meansAt(model.url));
    expect(again.progress).toMatchObject({ stored: 2, of: 2, calls: 2 });
  });

  it("never cost more than the limit, however many are asked for at once", async () => {
    const context = await study(1, 12);
    const model = await serving();
    const price = { input: 1, output: 1000 };
    const limits = { dollars: 0.1, concurrency: 8 };
    const request = generationOf({ price, limits, settings: { maxTokens: 20 } });
    const done = await generateResponses(context, request, meansAt(model.url));
    expect(done.ending).toBe("budget spent");
    const spent = done.progress.dollars!;
    expect(spent).toBeLessThanOrEqual(0.1);
    expect(spent).toBeGreaterThan(0.1 - 0.021);
    expect(done.said).toMatch(/after \d+ of 12 responses/);
    expect(await responsesOf(context, "b0")).toHaveLength(done.progress.stored);
    const unpriced = generationOf({ limits: { dollars: 1 } });
    await expect(generateResponses(context, unpriced, meansAt(model.url))).rejects.toThrow("--prices");
  });

  it("wait for a busy server as long as it wants, and ask again", async () => {
    const context = await study(1, 2);
    const model = await serving({ behaviour: "rate limited", retryAfter: "0.2", times: 2 });
    const means = meansAt(model.url);
    const started = Date.now();
    const done = await generateResponses(context, generationOf(), means);
    expect(done).toMatchObject({ ending: "done", progress: { stored: 2, calls: 4 } });
    expect(Date.now() - started).toBeGreaterThanOrEqual(400);
    expect(means.notices).toEqual([expect.stringContaining("answered 429")]);
  });

  it("leave nothing behind where the server is not there, or wants no such key", async () => {
    const context = await study();
    const before = await loads(context);
    const gone = await serving();
    await gone.stop();
    const nobody = await generateResponses(moving(context, 1000), generationOf(), meansAt(gone.url));
    expect(nobody.ending).toBe("gave up");
    expect(nobody.said).toMatch(/cannot be reached .* Is the server there/);
    const model = await serving({ behaviour: "unauthorised" });
    const closed = await generateResponses(context, generationOf(), meansAt(model.url));
    expect(closed).toMatchObject({ ending: "gave up", unanswered: [] });
    expect(closed.said).toContain("[key]");
    expect(JSON.stringify([nobody, closed])).not.toContain(SECRET);
    expect(await loads(context)).toEqual(before);
    const systems = await context.database.read(({ db }) => db.selectFrom("system").select("name").execute());
    expect(systems).toEqual([{ name: "t" }]);
  });

  it("are refused by name where they cannot be asked for", async () => {
    const context = moving(await testContext(kind));
    await createStudy(context, { name: "s", target: "t", baselines: ["b0"], seed: "seed" });
    const model = await serving();
    const ask = (over: Parameters<typeof generationOf>[0]) =>
      generateResponses(context, generationOf(over), meansAt(model.url));
    await expect(ask({ study: "none" })).rejects.toThrow("There is no study “none”");
    await expect(ask({})).rejects.toThrow("has no prompts with a text");
    await expect(ask({ system: " " })).rejects.toThrow("no name");
    expect(model.count()).toBe(0);
  });
});
