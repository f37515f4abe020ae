import { describe, expect, it } from "vitest";
import { ownerHeaders, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

async function loadedStudy(kind: (typeof DATABASES)[number]) {
  const context = await testContext(kind);
  const app = await testApp(context);
  const headers = await ownerHeaders(app, context);
  const call = async (method: Method, url: string, payload?: object) => {
    const reply = await app.inject({ method, url: `/api/studies${url}`, headers, payload });
    return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() };
  };
  await call("POST", "", { name: "s", target: "a", baselines: ["b"] });
  for (const system of ["a", "b"]) {
    const rows = ["p", "q"].map((prompt) => JSON.stringify({ prompt, output: `${system} on ${prompt}` }));
    await app.inject({
      method: "POST",
      url: `/api/studies/s/files?name=${system}.jsonl`,
      headers: { ...headers, "content-type": "text/plain" },
      payload: rows.join("\n"),
    });
  }
  return { app, call };
}

describe.each(DATABASES)("a study on %s", (kind) => {
  it("gets another name, title and names of systems, as a draft and when it is open", async () => {
    const { call } = await loadedStudy(kind);
    expect((await call("PATCH", "/s", { name: "t", publicTitle: "Which is better?" })).body).toMatchObject({
      ...{ name: "t", publicTitle: "Which is better?" },
    });
    expect((await call("GET", "/s")).status).toBe(404);
    expect((await call("POST", "/t/state", { state: "open" })).status).toBe(200);
    const renamed = await call("PATCH", "/t/systems", { system: "a", displayName: "Model A" });
    expect(renamed.body.systemList).toMatchObject([{ name: "a", displayName: "Model A" }, { name: "b" }]);
    const { body } = await call("GET", "/t/report");
    expect(JSON.stringify(body.pairs)).toContain('"Model A"');
    expect(body).toMatchObject({ study: "t", publicTitle: "Which is better?" });
    await call("POST", "", { name: "other" });
    expect((await call("PATCH", "/t", { name: "other" })).status).toBe(409);
    expect((await call("PATCH", "/t/systems", { system: "c", displayName: "C" })).status).toBe(404);
  });

  it("counts what it would ask for, is copied with its protocol alone, and deleted as a draft by its name", async () => {
    const { call } = await loadedStudy(kind);
    expect((await call("GET", "/s/outlook")).body).toEqual({ prompts: 2, comparisons: 2, words: 7 });
    expect((await call("POST", "/s/copy", { name: "again" })).body).toMatchObject({
      ...{
        name: "again",
        state: "draft",
        prompts: 0,
        protocol: { pairs: { target: "a", baselines: ["b"] } },
      },
    });
    expect((await call("DELETE", "/again", { name: "s" })).status).toBe(409);
    expect((await call("DELETE", "/again", { name: "again" })).body).toMatchObject({
      studies: [{ name: "s" }],
    });
    await call("POST", "/s/state", { state: "open" });
    expect((await call("DELETE", "/s", { name: "s" })).body).toMatchObject({ error: "StudyNotDraft" });
  });
});
