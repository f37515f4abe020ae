import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { JudgeEstimate, JudgeRuns, JudgeTemplate } from "../../../server/contract/judges.ts";
import type { Report } from "../../../server/contract/report.ts";
import { openServers } from "../../../server/model-servers/servers.ts";
import { changeState } from "../../../server/studies/study.ts";
import { DATABASES, type DatabaseKind, testContext } from "../../support/context.ts";
import type { ModelServerScript } from "../../support/model-servers/script.ts";
import { type RunningModelServer, startModelServer } from "../../support/model-servers/server.ts";
import { openStudy } from "../../support/study.ts";
import { judgingApp, RUNS, until } from "./judge-runs-support.ts";

const KEY = "sk-test-0123456789abcdef";
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function world(kind: DatabaseKind, script: ModelServerScript, prompts = 6) {
  const context = await testContext(kind);
  await openStudy(context, { prompts, baselines: 1, annotators: 0 });
  const model = await startModelServer(script);
  const file = `- {url: "${model.url}/v1", key_env: K, prices: {m: {input: 1, output: 2}}}`;
  const servers = await openServers(file, { K: KEY });
  const desk = await judgingApp(context, servers);
  ends.push(() => model.stop(), () => desk.app.close()); // prettier-ignore
  return { context, model, servers, ...desk };
}

const wanted = ({ url }: RunningModelServer, more: object = {}) => ({
  ...{ server: `${url}/v1`, model: "m", group: "models", ...more },
});

describe.each(DATABASES)("a run from the API on %s", (kind) => {
  it("is estimated, started, told of while it runs, and ends in the report", async () => {
    const { model, post, get, runs } = await world(kind, { behaviour: "longer wins", latencyMs: 30 });
    const estimated = await post(RUNS, wanted(model, { orders: "both", dryRun: true }));
    expect(estimated.status).toBe(200);
    const estimate = JSON.parse(estimated.body) as JudgeEstimate;
    expect(estimate.calls).toBe(12);
    expect(estimate.dollars).toBeCloseTo((estimate.promptTokens + 2 * estimate.completionTokens) / 1e6, 9);
    expect(model.count()).toBe(0);
    expect(await runs()).toEqual([]);

    const limits = { concurrency: 1 };
    const started = await post(RUNS, wanted(model, { orders: "both", limits }));
    expect(started.status).toBe(202);
    const { id } = JSON.parse(started.body) as { id: number };
    await until(async () => (await runs())[0]!.progress !== null);
    const [running] = await runs();
    expect(running).toMatchObject({ id, isHere: true, isStopping: false, ending: null, group: "models" });
    expect(running!.progress).toMatchObject({ of: 12, failed: 0 });
    await until(async () => (await runs())[0]!.ending !== null);
    expect((await runs())[0]).toMatchObject({
      ...{ id, isHere: false, progress: null, ending: "done", calls: 12, answered: 12, failures: [] },
      annotator: "m",
      settings: { orders: "both", adapter: "openai", baseUrl: `${model.url}/v1/chat/completions` },
    });
    expect((await runs())[0]!.dollars).toBeGreaterThan(0);

    const report = JSON.parse((await get("/api/studies/s/report")).body) as Report;
    const pair = report.pairs.find(({ group }) => group === "models");
    expect(pair).toMatchObject({ system: "t", against: "b0" });
    expect(pair!.loss).toMatchObject({ count: 6 });
  });

  it("is never seen as dead while it begins, and its id comes before its first call is back", async () => {
    const { model, post, runs } = await world(kind, { latencyMs: 500 });
    const started = post(RUNS, wanted(model));
    const seen: JudgeRuns["runs"][number][] = [];
    let isStarted = false;
    void started.finally(() => (isStarted = true));
    await until(async () => {
      seen.push(...(await runs()));
      return isStarted;
    });
    const { id } = JSON.parse((await started).body) as { id: number };
    seen.push(...(await runs()));
    expect(seen.at(-1)).toMatchObject({ id, isHere: true, answered: 0 });
    expect(seen.filter(({ ending }) => ending !== null)).toEqual([]);
  });

  it("stops in the middle when asked, and goes on later without asking anything twice", async () => {
    const script = { behaviour: "longer wins", latencyMs: 40 } as const;
    const { model, post, runs } = await world(kind, script, 30);
    const { body } = await post(RUNS, wanted(model, { orders: "one", limits: { concurrency: 2 } }));
    const { id } = JSON.parse(body) as { id: number };
    await until(() => model.count() >= 4);
    expect((await post(`${RUNS}/${id}/stop`)).status).toBe(202);
    await until(async () => (await runs())[0]!.ending !== null);
    const [stopped] = await runs();
    expect(stopped).toMatchObject({ ending: "stopped", failures: [], isHere: false });
    expect(stopped!.answered).toBe(model.count());
    expect(stopped!.answered).toBeLessThan(30);
    expect((await post(`${RUNS}/${id}/stop`)).status).toBe(202); // what has ended is stopped

    await post(RUNS, wanted(model, { orders: "one", limits: { concurrency: 8 } }));
    await until(async () => (await runs()).length === 2 && (await runs())[0]!.ending !== null);
    expect((await runs())[0]).toMatchObject({ ending: "done", answered: 30 - stopped!.answered });
    const asked = model.requests.map(({ body: sent }) => /prompt \d+ turn/.exec(JSON.stringify(sent))?.[0]);
    expect(new Set(asked).size).toBe(30);
    expect(asked.length).toBe(30);
  });

  it("ends with the server: calls under way are waited for", async () => {
    const { app, context, model, post } = await world(kind, { latencyMs: 200 }, 30);
    await post(RUNS, wanted(model, { limits: { concurrency: 3 } }));
    await until(() => model.count() >= 3);
    await app.close();
    const rows = await context.database.read(({ db }) =>
      db.selectFrom("judge_run").select(["ended_how", "said"]).execute(),
    );
    expect(rows).toMatchObject([{ ended_how: "stopped" }]);
    const states = await context.database.read(({ db }) =>
      db
        .selectFrom("judge_call")
        .select("state")
        .where("state", "not in", ["answered", "released"])
        .execute(),
    );
    expect(states).toEqual([]);
  });
});

describe("a run from the API", () => {
  it("leaves the key in no reply and in no file of the database", async () => {
    const { context, model, post, get, runs } = await world("sqlite", { behaviour: "unauthorised" });
    const replies = [await post(RUNS, wanted(model, { dryRun: true })), await post(RUNS, wanted(model))];
    await until(async () => (await runs())[0]?.ending === "gave up");
    for (const url of [RUNS, "/api/studies/s/judge-template", "/api/studies/s/report", "/api/studies/s"])
      replies.push(await get(url));
    expect(model.requests[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
    for (const { body } of replies) expect(body).not.toContain(KEY);
    await context.database.read(({ db }) => db.selectFrom("judge_call").select("id").execute());
    const folder = path.dirname(context.url);
    const files = fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name)));
    expect(files.some((bytes) => bytes.includes("gave up"))).toBe(true);
    expect(files.filter((bytes) => bytes.includes(KEY))).toEqual([]);
    const { servers } = JSON.parse((await get(RUNS)).body) as JudgeRuns;
    expect(servers).toEqual([{ url: `${model.url}/v1`, adapter: "openai", hasKey: true }]);
  });

  it("shows what a model is told, with the study's wording and places for the texts", async () => {
    const { get, model, post, runs } = await world("sqlite", {}, 1);
    const shown = JSON.parse((await get("/api/studies/s/judge-template")).body) as JudgeTemplate;
    const free = JSON.parse((await get("/api/studies/s/judge-template?structured=0")).body) as JudgeTemplate;
    expect(free.hash).toBe(shown.hash);
    expect(free.text).toContain("Verdict: tie");
    await post(RUNS, wanted(model));
    await until(async () => (await runs())[0]?.ending === "done");
    expect((await runs())[0]!.template).toBe(shown.version);
    const sent = model.requests[0]!.body.messages![0]!.content;
    const code = /\[\[PROMPT ([\w-]+)\]\]/.exec(sent)![1]!;
    const asShown = sent
      .replaceAll(code, "code-of-the-prompt")
      .replace("prompt 0 turn 1", "(the prompt)")
      .replace(/(?<=RESPONSE A code-of-the-prompt\]\]\n).*/, "(response A)")
      .replace(/(?<=RESPONSE B code-of-the-prompt\]\]\n).*/, "(response B)");
    expect(shown.text).toBe(asShown);
    const unknown = await get("/api/studies/s/judge-template?language=xx");
    expect(JSON.parse(unknown.body)).toMatchObject({ error: "JudgeWrong" });
    expect((await get("/api/studies/none/judge-template")).status).toBe(404);
  });

  it("says of a run whose process is gone that it died, and of another process's that it is elsewhere", async () => {
    const { context, model, post, runs } = await world("sqlite", { latencyMs: 1 }, 2);
    await post(RUNS, wanted(model));
    await until(async () => (await runs())[0]?.ending === "done");
    const again = (process: string) =>
      context.database.transact(({ db }) =>
        db
          .updateTable("judge_run")
          .set({ ended_at: null, ended_how: null, process, seen_at: context.clock().toISOString() })
          .execute(),
      );
    const id = (await runs())[0]!.id;
    await again("elsewhere:7");
    expect((await runs())[0]).toMatchObject({ ending: null, isHere: false });
    const refused = await post(`${RUNS}/${id}/stop`);
    expect(refused.status).toBe(409);
    expect(JSON.parse(refused.body)).toMatchObject({ error: "RunElsewhere" });
    context.advance(60_000);
    expect((await runs())[0]).toMatchObject({ ending: "died", isHere: false });
    await again("here:1"); // an earlier process of this one's name
    expect((await runs())[0]).toMatchObject({ ending: "died" });
    await again("batch");
    context.advance(48 * 3_600_000);
    expect((await runs())[0]).toMatchObject({ ending: null, isBatch: true });
    expect((await post(`${RUNS}/${id}/stop`)).body).toContain("waits for the results of a batch file");
    await changeState(context, { study: "s", to: "paused", by: "test" });
    expect(JSON.parse((await post(RUNS, wanted(model))).body)).toMatchObject({ error: "JudgeNotReady" });
  });
});
