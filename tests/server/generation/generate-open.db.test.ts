import { afterEach, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { estimateGeneration } from "../../../server/generation/estimate.ts";
import { generateResponses, noticesAbout } from "../../../server/generation/generate.ts";
import type { ModelReply } from "../../../server/model-servers/model-call.ts";
import { openArrivals } from "../../../server/loading/arrivals.ts";
import { requireStudy } from "../../../server/studies/store.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { generationOf, meansAt, moving, responsesOf, serverThat } from "../../support/generation.ts";
import { SENT } from "../../support/judge.ts";
import { type RunningModelServer, startModelServer } from "../../support/model-servers/server.ts";
import { openStudy } from "../../support/study.ts";
import { fileOf, load, prompt, response } from "../loading/loading-support.ts";

const running: RunningModelServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
async function serving(): Promise<RunningModelServer> {
  const server = await startModelServer();
  running.push(server);
  return server;
}

/** Two prompts that both systems answered, and two more that only the target did. */
const MORE = fileOf("more", [
  prompt(1, "q0", "One more?"),
  prompt(2, "q1", "And another?"),
  response(3, "q0", "t", "Yes."),
  response(4, "q1", "t", "No."),
]);

describe.each(DATABASES)("missing responses of an open study, on %s", (kind) => {
  async function study(): Promise<Context & { url: string; advance: (ms: number) => void }> {
    const context = await testContext(kind);
    await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
    await load(context, MORE);
    return context;
  }
  const slots = (context: Context) =>
    context.database.read(({ db }) => {
      const rows = db.selectFrom("slot").innerJoin("prompt as p", "p.id", "slot.prompt_id");
      return rows.select("p.external_id as prompt").orderBy("p.id").execute();
    });
  const changes = (context: Context) =>
    context.database.read(({ db }) => db.selectFrom("study_change").selectAll().orderBy("id").execute());
  const arrivalsOf = async (context: Context) => {
    const study = await context.database.read((reader) => requireStudy(reader, "s"));
    const opened = await openArrivals(context, {
      study,
      name: "responses of b0",
      by: "test",
      reason: "more",
    });
    if ("aliveAt" in opened) throw new Error("Another one is alive.");
    return opened;
  };
  const q0 = async ({ database }: Context) =>
    database.read(({ db }) =>
      db
        .selectFrom("prompt")
        .select(["id", "external_id as name"])
        .where("external_id", "=", "q0")
        .executeTakeFirstOrThrow(),
    );

  it("become comparisons and slots as those of a file would", async () => {
    const context = moving(await study());
    expect(new Set((await slots(context)).map((slot) => slot.prompt))).toEqual(new Set(["p0", "p1"]));
    const before = await changes(context);
    await generateResponses(context, generationOf(), meansAt((await serving()).url));
    expect(new Set((await slots(context)).map((slot) => slot.prompt))).toEqual(
      new Set(["p0", "p1", "q0", "q1"]),
    );
    const added = (await changes(context)).slice(before.length);
    expect(added.map(({ kind: what, by_whom }) => [what, by_whom])).toEqual([
      ["protocol amended", "test"],
      ["load", "test"],
    ]);
    expect(JSON.parse(added[0]!.detail)).toMatchObject({
      ...{ revision: 2, reason: "more" },
      changes: [{ kind: "material", prompts: 2, comparisons: 2 }],
    });
    expect(JSON.parse(added[1]!.detail)).toMatchObject({ file: "responses of b0", responses: 2 });
  });

  it("need a reason, before anything is asked for, and none where nothing is missing", async () => {
    const context = moving(await study());
    const model = await serving();
    const without = generationOf({ reason: " " });
    await expect(generateResponses(context, without, meansAt(model.url))).rejects.toThrow("--reason");
    expect(model.count()).toBe(0);
    await generateResponses(context, generationOf(), meansAt(model.url));
    const calls = model.count();
    expect(calls).toBeGreaterThan(0);
    const again = await generateResponses(context, without, meansAt(model.url));
    expect([again.progress.stored, model.count()]).toEqual([0, calls]);
  });

  it("that a killed run left are kept, seen, and allotted by the next one", async () => {
    const context = await study();
    const dead = await arrivalsOf(context);
    const place = { prompt: await q0(context), system: "b0", turns: ["Left."], metadata: {} };
    expect(await dead.store(place)).toBe(true);
    expect((await responsesOf(context, "b0")).map(({ turns }) => turns[0])).toContain("Left.");
    context.advance(15_000);
    const model = await serving();
    const done = await generateResponses(moving(context), { ...generationOf() }, meansAt(model.url));
    expect(done.progress).toMatchObject({ stored: 1, of: 1 });
    expect(model.requests.map(({ body }) => body.messages![0]!.content)).toEqual(["And another?"]);
    expect((await slots(context)).map((slot) => slot.prompt)).toContain("q0");
    const ended = await context.database.read(({ db }) =>
      db.selectFrom("load").select("id").where("ended_at", "is", null).execute(),
    );
    expect(ended).toEqual([]);
    await expect(dead.beat()).rejects.toThrow("taken for dead");
  });

  it("are asked for by one run at a time", async () => {
    const context = moving(await study());
    const first = await arrivalsOf(context);
    const model = await serving();
    const beating = setInterval(() => void first.beat(), 50);
    const means = meansAt(model.url);
    await expect(generateResponses(context, generationOf(), means)).rejects.toThrow(
      "Another run is generating",
    );
    clearInterval(beating);
    expect(model.count()).toBe(0);
    expect(means.notices).toEqual([expect.stringContaining("Checking whether it is still running")]);
    const other = await generateResponses(context, generationOf({ system: "new" }), meansAt(model.url));
    expect(other.progress).toMatchObject({ stored: 4, of: 4 });
  });

  it("leave what was loaded meanwhile as it is", async () => {
    const context = moving(await study());
    const late = fileOf("late", [response(1, "q0", "b0", "From a file.")]);
    const server = serverThat(async ({ messages }): Promise<ModelReply> => {
      if (messages[0]!.content === "One more?") await load(context, late, { reason: "more" });
      return reply("From the model.");
    });
    const done = await generateResponses(context, generationOf(), meansAt("http://127.0.0.1:1", { server }));
    expect(done.unanswered).toMatchObject([{ prompt: "q0", kind: "taken" }]);
    const stored = (await responsesOf(context, "b0")).map(({ prompt: name, turns }) => [name, turns[0]]);
    expect(stored.slice(2)).toEqual([
      ["q0", "From a file."],
      ["q1", "From the model."],
    ]);
    const revisions = (await changes(context)).filter(({ kind: what }) => what === "protocol amended");
    expect(revisions.map(({ detail }) => (JSON.parse(detail) as { changes: unknown }).changes)).toEqual([
      [{ kind: "material", prompts: 1, comparisons: 1 }],
      [{ kind: "material", prompts: 1, comparisons: 1 }],
    ]);
  });

  it("are stored where somebody asks to stop, and those under way waited for", async () => {
    const context = moving(await study());
    const stop = new AbortController();
    const server = serverThat(async () => {
      stop.abort();
      await new Promise((resolve) => setTimeout(resolve, 5));
      return reply("There.");
    });
    const means = meansAt("http://127.0.0.1:1", { server, stop: stop.signal });
    const done = await generateResponses(context, generationOf(), means);
    expect(done).toMatchObject({ ending: "stopped", progress: { stored: 1, of: 2, calls: 1 } });
    expect(done.said).toContain("Run the same command again to continue");
    expect(await responsesOf(context, "b0")).toHaveLength(3);
  });

  it("are estimated without a call", async () => {
    const context = await study();
    const wanted = { ...generationOf(), price: { input: 1, output: 10 }, again: null };
    const estimate = await estimateGeneration(context, wanted);
    expect(estimate).toMatchObject({ missing: 2, calls: 2 });
    const { promptTokens, completionTokens, dollars, dollarsAtMost } = estimate;
    expect(promptTokens).toBe(3 + 4 + 3 + 4);
    expect(dollars).toBeCloseTo((promptTokens + 10 * completionTokens) / 1e6, 12);
    expect(dollarsAtMost).toBeCloseTo((promptTokens + 10 * 2 * 2048) / 1e6, 12);
    const none = await estimateGeneration(context, { ...wanted, system: "t", price: null });
    expect(none).toMatchObject({ missing: 0, calls: 0, dollars: null, dollarsAtMost: null });
  });

  it("of a system that the study does not compare are pointed out", async () => {
    const context = await study();
    expect(await noticesAbout(context, { study: "s", system: "b0" })).toEqual([]);
    const notices = await noticesAbout(context, { study: "s", system: "b00" });
    expect(notices.join(" ")).toMatch(/b00 is a new system of s\. The study compares t, b0; no annotator/);
    await expect(noticesAbout(context, { study: "none", system: "b0" })).rejects.toThrow("none");
  });
});

const reply = (text: string): ModelReply => ({
  ...{ text, finish: "complete", reportedModel: null, fingerprint: null },
  ...{ promptTokens: null, completionTokens: null, costDollars: null, raw: "" },
  ...{ thinking: null, toolInput: null, finishWord: "stop", sent: SENT, mayBeBilled: true },
});
