import { afterEach, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { openServers } from "../../../server/model-servers/servers.ts";
import { testContext } from "../../support/context.ts";
import { startModelServer } from "../../support/model-servers/server.ts";
import { openStudy } from "../../support/study.ts";
import { judgingApp, RUNS, until } from "./judge-runs-support.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function world() {
  const context = await testContext("sqlite");
  await openStudy(context, { prompts: 40, baselines: 1, annotators: 0 });
  const model = await startModelServer({ latencyMs: 50 });
  const desk = await judgingApp(context, await openServers(`- {url: "${model.url}/v1"}`, {}));
  ends.push(() => model.stop(), () => desk.app.close()); // prettier-ignore
  const server = `${model.url}/v1`;
  return { context, model, ...desk, wanted: { server, model: "m", group: "models" } };
}

/** All that a run could leave behind. */
const traces = ({ database }: Context) =>
  database.read(async ({ db }) => ({
    runs: await db.selectFrom("judge_run").select("id").execute(),
    groups: await db.selectFrom("annotator_group").select("name").execute(),
    annotators: await db.selectFrom("annotator").select("external_id").execute(),
    revisions: await db.selectFrom("protocol").select("revision").execute(),
  }));

describe("a run that cannot start", () => {
  it("is refused by name and leaves nothing behind", async () => {
    const { context, model, post, wanted } = await world();
    const before = await traces(context);
    const refusals: [object, number, string][] = [
      [{ ...wanted, server: "http://127.0.0.1:9/v1" }, 400, "AddressNotAllowed"],
      [{ ...wanted, server: `${model.url}/other` }, 400, "AddressNotAllowed"],
      [{ ...wanted, server: "https://10.1.2.3/v1" }, 400, "AddressNotAllowed"],
      [{ ...wanted, server: "https://localhost/v1" }, 400, "AddressNotAllowed"],
      [{ ...wanted, server: "https://10.1.2.3/v1", dryRun: true }, 400, "AddressNotAllowed"],
      [{ ...wanted, server: "https://models.example", adapter: "gemini" }, 400, "JudgeWrong"],
      [{ ...wanted, language: "xx" }, 400, "JudgeWrong"],
      [{ ...wanted, language: "xx", dryRun: true }, 400, "JudgeWrong"],
      [{ ...wanted, group: "crowd" }, 400, "JudgeWrong"],
      [{ ...wanted, limits: { dollars: 1 } }, 400, "JudgeWrong"],
      [{ ...wanted, group: " " }, 400, "RequestWrong"],
      [{ ...wanted, model: "" }, 400, "RequestWrong"],
      [{ ...wanted, temperature: 3 }, 400, "RequestWrong"],
      [{ ...wanted, limits: { concurrency: 0 } }, 400, "RequestWrong"],
      [{ ...wanted, key: "sk-test" }, 400, "RequestWrong"],
    ];
    for (const [body, status, error] of refusals) {
      const reply = await post(RUNS, body);
      expect([reply.status, reply.body], JSON.stringify(body)).toEqual([
        status,
        expect.stringContaining(`"${error}"`),
      ]);
    }
    expect(JSON.parse((await post("/api/studies/none/judge-runs", wanted)).body)).toMatchObject({
      error: "StudyNotFound",
    });
    expect(await traces(context)).toEqual(before);
    expect(model.count()).toBe(0);
  });

  it("is one too many, or the same annotator's again", async () => {
    const { post, runs, wanted } = await world();
    for (const name of ["a", "b", "c", "d"])
      expect((await post(RUNS, { ...wanted, annotator: name, limits: { concurrency: 1 } })).status).toBe(202);
    const same = await post(RUNS, { ...wanted, annotator: "a" });
    expect(JSON.parse(same.body)).toMatchObject({ error: "JudgeNotReady" });
    const fifth = await post(RUNS, { ...wanted, annotator: "e" });
    expect(fifth.status).toBe(409);
    expect(JSON.parse(fifth.body)).toMatchObject({ error: "TooManyRuns" });
    const { id } = (await runs()).find(({ annotator }) => annotator === "b")!;
    await post(`${RUNS}/${id}/stop`);
    await until(async () => (await runs()).some((run) => run.id === id && run.ending === "stopped"));
    expect((await post(RUNS, { ...wanted, annotator: "e", limits: { concurrency: 1 } })).status).toBe(202);
  });
});

describe("stopping", () => {
  it("knows no run of another study, nor one that is not there", async () => {
    const { post, runs, wanted } = await world();
    await post(RUNS, { ...wanted, limits: { concurrency: 1 } });
    const { id } = (await runs())[0]!;
    const missing = await post(`${RUNS}/${id + 1}/stop`);
    expect(missing.status).toBe(404);
    expect(JSON.parse(missing.body)).toMatchObject({ error: "RunNotFound" });
    await post("/api/studies", { name: "other" });
    const foreign = await post(`/api/studies/other/judge-runs/${id}/stop`);
    expect(JSON.parse(foreign.body)).toMatchObject({ error: "RunNotFound" });
    expect((await post(`${RUNS}/x/stop`)).status).toBe(400);
    expect((await runs())[0]).toMatchObject({ isHere: true, isStopping: false });
  });
});
