import { beforeAll, describe, expect, it } from "vitest";
import type { FastifyInstance } from "fastify";
import type { Context } from "../../../server/context.ts";
import { testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { tokenHeaders } from "../../support/members.ts";
import { openStudy } from "../../support/study.ts";

let app: FastifyInstance;
let context: Context;
let token: Record<string, string>;

beforeAll(async () => {
  context = await testContext("sqlite");
  await openStudy(context, { prompts: 3, baselines: 1, annotators: 1 });
  app = await testApp(context);
  token = await tokenHeaders(context, null);
});

const get = (url: string) => app.inject({ url: `/api/studies/${url}`, headers: token });
const post = (url: string, payload: object) =>
  app.inject({ method: "POST", url: `/api/studies/${url}`, headers: token, payload });

describe("a program with a token", () => {
  it.each([
    ["s/report/text", "text/plain", /^t against b0\nStudy s, /],
    ["s/report/json", "application/json", /"study": "s"/],
    ["s/report/csv?part=all", "text/csv", /^section,/],
    ["s/report/markdown", "text/markdown", /^## t against b0\n/],
    ["s/report/latex", "application/x-tex", /usepackage\{booktabs\}/],
    ["s/report/html", "text/html", /<!doctype html>/i],
    ["s/export?as=csv", "text/csv", /^judgment_id,/],
    ["s/export?as=texts", "application/x-ndjson", /^\{/],
    ["s/export?as=parquet", "application/vnd.apache.parquet", /^PAR1/],
  ])("gets %s as a file", async (url, type, text) => {
    const reply = await get(url);
    expect([reply.statusCode, String(reply.headers["content-type"]).split(";")[0]]).toEqual([200, type]);
    expect(reply.headers["content-disposition"]).toMatch(/^attachment; filename\*=UTF-8''s\./);
    expect(reply.body).toMatch(text);
  });

  it("saves a report, and learns that it can be computed again", async () => {
    expect((await post("s/snapshots", {})).json()).toMatchObject({ number: 1 });
    expect((await post("s/verify", {})).json()).toMatchObject({ outcome: "same", where: [] });
    expect((await get("s/report/json?snapshot=1")).json()).toMatchObject({ snapshot: { number: 1 } });
    expect((await get("s/report/json?snapshot=2")).json()).toMatchObject({ error: "SnapshotNotFound" });
  });

  it("excludes an annotator and brings them back", async () => {
    const { name } = await context.database.read(({ db }) =>
      db.selectFrom("annotator").select("external_id as name").executeTakeFirstOrThrow(),
    );
    const done = await post("s/exclusions", { annotators: [name], rule: "a test" });
    expect(done.json()).toMatchObject({ changed: [name] });
    const { exclusions } = (await get("s/exclusions")).json<{ exclusions: object[] }>();
    expect(exclusions).toMatchObject([{ annotator: name, rule: "a test", liftedAt: null }]);
    expect((await post("s/exclusions/lift", { annotators: [name] })).json()).toMatchObject({
      changed: [name],
    });
  });

  it("learns from a problem what was refused, and where", async () => {
    const reply = await app.inject({
      method: "POST",
      url: "/api/studies",
      headers: token,
      payload: { nam: "x" },
    });
    expect(reply.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(reply.json()).toMatchObject({
      type: "/api#RequestWrong",
      title: "Request wrong",
      status: 400,
      error: "RequestWrong",
      errors: expect.arrayContaining([expect.objectContaining({ pointer: "/name" })]) as object[],
    });
    expect((await get("none/export?as=csv")).json()).toMatchObject({ error: "StudyNotFound", status: 404 });
  });
});
