import { describe, expect, it } from "vitest";
import { previewStudy } from "../../../server/studies/preview.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";
import { bearer, ownerHeaders, testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";

const PROMPTS = ["p1", "p2"]
  .map((id) => JSON.stringify({ prompt_id: id, prompt: `Question ${id}?` }))
  .join("\n");
const outputs = (system: string) =>
  ["p1", "p2"].map((id) => JSON.stringify({ prompt_id: id, output: `${system} on ${id}` })).join("\n");

async function signedIn() {
  const context = await testContext("sqlite");
  const app = await testApp(context);
  const owner = await ownerHeaders(app, context);
  const call = (method: "GET" | "POST" | "PATCH", url: string, payload?: object) =>
    app.inject({ method, url, headers: owner, ...(payload ? { payload } : {}) });
  const upload = (query: string, body: string) =>
    app.inject({
      method: "POST",
      url: `/api/studies/s/files?${query}`,
      headers: { ...owner, "content-type": "application/octet-stream" },
      payload: body,
    });
  return { context, app, call, upload };
}

describe("the researcher's API", () => {
  it("takes files, opens the study, makes links, and reports what was judged", async () => {
    const { app, call, upload } = await signedIn();
    const made = await call("POST", "/api/studies", { name: "s", target: "ours", baselines: ["theirs"] });
    expect(made.json()).toMatchObject({ name: "s", state: "draft" });
    for (const [name, body] of [
      ["prompts.jsonl", PROMPTS],
      ["ours.jsonl", outputs("ours")],
      ["theirs.jsonl", outputs("theirs")],
    ]) {
      const reply = await upload(`name=${name}`, body ?? "");
      expect(reply.json()).toMatchObject({ done: true, files: [{ file: name, outcome: "published" }] });
    }
    expect((await call("POST", "/api/studies/s/state", { state: "open" })).json()).toMatchObject({
      state: "open",
      wanted: 2,
      prompts: 2,
    });
    const { links } = (await call("POST", "/api/studies/s/invite", { group: "crowd", count: 1 })).json<{
      links: { url: string }[];
    }>();
    const token = links[0]!.url.split("#")[1]!;
    const ask = { method: "POST" as const, headers: bearer(token) };
    const work = await app.inject({ ...ask, url: "/api/judge/work", payload: { holding: [] } });
    const { buffer } = work.json<{ buffer: string[] }>();
    await app.inject({ ...ask, url: "/api/judge/judgments", payload: judgmentOf(buffer[0]!, "tie") });
    const report = await call("GET", "/api/studies/s/report");
    expect(report.json()).toMatchObject({
      judgments: 1,
      pairs: [{ group: null, tie: { count: 1, rate: 1 } }, {}],
    });
  });

  it("answers a refused file with 422 and its errors, loads nothing, and says so in a dry run too", async () => {
    const { call, upload } = await signedIn();
    await call("POST", "/api/studies", { name: "s" });
    const bad = `${PROMPTS}\n{"prompt_id":"p1","prompt":"Another text"}\n`;
    for (const query of ["name=bad.jsonl&dryRun=1", "name=bad.jsonl"]) {
      const reply = await upload(query, bad);
      expect(reply.statusCode).toBe(422);
      expect(reply.json()).toMatchObject({
        done: false,
        errors: { listed: [{ file: "bad.jsonl", line: 3 }] },
      });
    }
    expect((await call("GET", "/api/studies/s")).json()).toMatchObject({ prompts: 0 });
    expect((await upload("name=x&format=nonsense", PROMPTS)).statusCode).toBe(400);
    const unknown = await upload("name=x&recipe=nonsense", PROMPTS);
    expect([unknown.statusCode, unknown.json<{ error: string }>().error]).toEqual([400, "RecipeWrong"]);
  });

  it("reads a file by a built-in recipe that is named", async () => {
    const { call, upload } = await signedIn();
    await call("POST", "/api/studies", { name: "s" });
    const reply = await upload(
      "name=x.jsonl&recipe=generated-text",
      '{"prompt":"Q?","generated_text":"A."}\n',
    );
    expect(reply.json()).toMatchObject({ done: true, files: [{ format: "generated-text" }] });
  });

  it("says 304 to a reader who has the report, until it changes", async () => {
    const { context, app, call } = await signedIn();
    const { desk, tokens } = await openStudy(context, { prompts: 4, baselines: 1, annotators: 1 });
    const { url } = (await call("POST", "/api/studies/s/share")).json<{ url: string }>();
    const headers = bearer(url.split("#")[1]!);
    const first = await app.inject({ url: "/api/results", headers });
    const etag = String(first.headers.etag);
    const again = { url: "/api/results", headers: { ...headers, "if-none-match": etag } };
    const same = await app.inject(again);
    expect([same.statusCode, same.body]).toEqual([304, ""]);
    const { buffer } = await desk.workFor(tokens[0]!, []);
    const judge = { method: "POST" as const, url: "/api/judge/judgments", headers: bearer(tokens[0]!) };
    await app.inject({ ...judge, payload: judgmentOf(buffer[0]!) });
    const changed = await app.inject(again);
    expect(changed.statusCode).toBe(200);
    expect(changed.json()).toMatchObject({ judgments: 1 });
  });

  it("freezes the protocol when the study opens, and refuses what cannot be opened", async () => {
    const { call, upload } = await signedIn();
    await call("POST", "/api/studies", { name: "s", target: "ours", baselines: ["theirs"] });
    const empty = await call("POST", "/api/studies/s/state", { state: "open" });
    expect(empty.json()).toMatchObject({ error: "NothingToJudge" });
    const changed = await call("PATCH", "/api/studies/s/protocol", { promptRepeats: "allow" });
    expect(changed.json()).toMatchObject({ protocol: { promptRepeats: "allow" }, protocolHash: null });
    await upload("name=prompts.jsonl", PROMPTS);
    await upload("name=ours.jsonl", outputs("ours"));
    await upload("name=theirs.jsonl", outputs("theirs"));
    const opened = (await call("POST", "/api/studies/s/state", { state: "open" })).json<{
      protocolHash: string;
    }>();
    expect(opened.protocolHash).toMatch(/^[0-9a-f]{64}$/);
    const late = await call("PATCH", "/api/studies/s/protocol", { promptRepeats: "forbid" });
    expect(late.json()).toMatchObject({ error: "ProtocolFrozen" });
    expect((await call("GET", "/api/studies/nowhere")).json()).toMatchObject({ error: "StudyNotFound" });
  });

  it("previews the annotator's page and records nothing", async () => {
    const { context, call, upload } = await signedIn();
    await call("POST", "/api/studies", { name: "s", target: "ours", baselines: ["theirs"] });
    await upload("name=prompts.jsonl", PROMPTS);
    await upload("name=ours.jsonl", outputs("ours"));
    await upload("name=theirs.jsonl", outputs("theirs"));
    const preview = await call("GET", "/api/studies/s/preview");
    expect(preview.json<{ assignments: object[] }>().assignments.length).toBe(2);
    expect(preview.body).not.toMatch(/"system|p1"/);
    const rows = await context.database.read(({ db }) => db.selectFrom("assignment").select("id").execute());
    expect(rows).toEqual([]);

    // where rendering fails, so does the request: no promise is left alone, which would end the server
    const fail = (turns: string[]) => Promise.reject(new Error(`not rendered: ${turns.length}`));
    await expect(previewStudy(context, { study: "s", language: "en" }, fail)).rejects.toThrow("not rendered");
  });
});
