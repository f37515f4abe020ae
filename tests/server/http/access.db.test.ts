import { describe, expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import { makeOwnerToken } from "../../../server/accounts/owner.ts";
import { makeOpenLink } from "../../../server/studies/annotators.ts";
import { reportsHere } from "../../../server/reports/report-service.ts";
import { shareResults } from "../../../server/reports/share.ts";
import { bearer, HOST, ORIGIN, ownerHeaders, testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";

/** Who may call what: the whole table, so that a route without a stated role fails this test. */
const ROUTES: Record<string, "public" | "annotator" | "owner" | "reader"> = {
  "GET /api/judge/entry": "annotator",
  "GET /api/judge/sheet": "annotator",
  "GET /api/judge/running-figure": "annotator",
  "POST /api/judge/work": "annotator",
  "POST /api/judge/judgments": "annotator",
  "POST /api/judge/skips": "annotator",
  "POST /api/judge/earlier": "annotator",
  "POST /api/judge/extend": "annotator",
  "GET /api/judge/pace": "annotator",
  "POST /api/judge/entry": "annotator",
  "POST /api/judge/review": "annotator",
  "POST /api/judge/signs": "annotator",
  "POST /api/judge/warning": "annotator",
  "GET /api/studies/:study/quality": "owner",
  "GET /api/studies/:study/signs": "owner",
  "POST /api/studies/:study/reviews": "owner",
  "POST /api/judge/messages": "annotator",
  "POST /api/judge/messages/open": "annotator",
  "POST /api/judge/guess": "annotator",
  "GET /api/studies/:study/messages": "owner",
  "POST /api/studies/:study/messages": "owner",
  "POST /api/judge/finish": "annotator",
  "POST /api/judge/stop": "annotator",
  "GET /api/judge/leaving": "annotator",
  "POST /api/judge/withdraw": "annotator",
  "POST /api/judge/erase": "annotator",
  "POST /api/join/sheet": "public",
  "POST /api/join": "public",
  "POST /api/join/decline": "public",
  "POST /api/contact": "public",
  "POST /api/session": "public",
  "GET /api/session": "owner",
  "DELETE /api/session": "owner",
  "GET /api/studies": "owner",
  "POST /api/studies": "owner",
  "GET /api/studies/:study": "owner",
  "PATCH /api/studies/:study/protocol": "owner",
  "PATCH /api/studies/:study": "owner",
  "DELETE /api/studies/:study": "owner",
  "PATCH /api/studies/:study/systems": "owner",
  "GET /api/studies/:study/outlook": "owner",
  "POST /api/studies/:study/copy": "owner",
  "GET /api/studies/:study/uploads": "owner",
  "PATCH /api/studies/:study/uploads": "owner",
  "POST /api/studies/:study/uploads": "owner",
  "POST /api/studies/:study/uploads/remove": "owner",
  "POST /api/studies/:study/uploads/run": "owner",
  "POST /api/studies/:study/state": "owner",
  "POST /api/studies/:study/invite": "owner",
  "POST /api/studies/:study/share": "owner",
  "GET /api/studies/:study/platform": "owner",
  "POST /api/studies/:study/platform": "owner",
  "DELETE /api/studies/:study/platform": "owner",
  "GET /api/studies/:study/departures": "owner",
  "POST /api/studies/:study/departures/done": "owner",
  "POST /api/studies/:study/withdraw": "owner",
  "POST /api/studies/:study/erase": "owner",
  "PATCH /api/studies/:study/retention": "owner",
  "GET /api/studies/:study/links": "owner",
  "POST /api/studies/:study/links/revoke": "owner",
  "POST /api/studies/:study/links/restore": "owner",
  "GET /api/studies/:study/preview": "owner",
  "POST /api/studies/:study/entry": "owner",
  "POST /api/studies/:study/files": "owner",
  "GET /api/studies/:study/entry": "owner",
  "GET /api/studies/:study/judge-runs": "owner",
  "POST /api/studies/:study/judge-runs": "owner",
  "POST /api/studies/:study/judge-runs/:id/stop": "owner",
  "GET /api/studies/:study/judge-template": "owner",
  "GET /api/studies/:study/report": "reader",
  "GET /api/results": "reader",
  "GET /api/studies/:study/judged": "reader",
  "GET /api/results/judged": "reader",
  "GET /api/plan": "public",
  "GET /api/studies/:study/pilot": "owner",
  "GET /api/openapi.json": "public",
  "GET /healthz": "public",
  "GET /readyz": "public",
};
/** What answers everybody, whatever it is asked. */
const OPEN_TO_ALL = "GET /api/openapi.json";

/** What those who watch over a server ask, and anybody may. */
const HEALTH = new Set(["/healthz", "/readyz"]);

async function routeTable(): Promise<{ method: string; url: string; role: string | undefined }[]> {
  const context = await testContext("sqlite");
  const routes: { method: string; url: string; role: string | undefined }[] = [];
  const renderer = { render: async () => [], close: async () => undefined };
  const app = await buildApp({
    ...context,
    renderer,
    reports: reportsHere(context),
    pages: null,
    origin: () => ORIGIN,
    origins: () => [ORIGIN],
    onRoute: (route) => routes.push(route),
  });
  await app.ready();
  await app.close();
  return routes.filter((route) => route.method !== "HEAD");
}

describe("access", () => {
  it("is stated for every route, and as this table says", async () => {
    const table = Object.fromEntries((await routeTable()).map((r) => [`${r.method} ${r.url}`, r.role]));
    expect(table).toEqual(ROUTES);
  });

  it("refuses every route that is not public to somebody without credentials", async () => {
    const context = await testContext("sqlite");
    const app = await testApp(context);
    for (const [name, role] of Object.entries(ROUTES)) {
      const [method, url] = name.split(" ") as ["GET", string];
      const path = url.replace(":study", "s");
      const reply = await app.inject({
        method,
        url: path,
        headers: HOST,
        payload: method === "GET" ? "" : {},
      });
      if (name === OPEN_TO_ALL || HEALTH.has(url)) expect(reply.statusCode).toBe(200);
      else if (role === "public") expect(reply.statusCode, name).toBeGreaterThanOrEqual(400);
      else expect(reply.statusCode, name).toBe(401);
      expect(reply.headers["cache-control"], name).toBe("no-store");
    }
  });

  it("gives an annotator's token nothing of the owner's, and a share link nothing but its study's report", async () => {
    const context = await testContext("sqlite");
    const { tokens } = await openStudy(context, { prompts: 3, baselines: 1, annotators: 1 });
    const app = await testApp(context);
    const { token: share } = await shareResults(context, { study: "s", by: "test" });
    for (const [name, role] of Object.entries(ROUTES)) {
      const [method, url] = name.split(" ") as ["GET", string];
      const call = { method, url: url.replace(":study", "s"), payload: method === "GET" ? "" : {} };
      if (role === "owner" || role === "reader") {
        const reply = await app.inject({ ...call, headers: bearer(tokens[0]!) });
        expect(reply.statusCode, name).toBe(401);
      }
      if (role === "owner" || role === "annotator") {
        const reply = await app.inject({ ...call, headers: bearer(share) });
        expect([400, 401], name).toContain(reply.statusCode);
      }
    }
    const results = await app.inject({ url: "/api/results", headers: bearer(share) });
    expect(results.json()).toMatchObject({ study: "s" });
  });

  it("takes an owner link for a day and no longer", async () => {
    const context = await testContext("sqlite");
    const app = await testApp(context);
    const token = await makeOwnerToken(context);
    const enter = () =>
      app.inject({ method: "POST", url: "/api/session", headers: HOST, payload: { token } });
    const cookie = (await enter()).cookies[0];
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
    expect(Buffer.from(cookie?.value ?? "", "base64url").length).toBe(32);
    context.advance(25 * 3_600_000);
    expect((await enter()).json()).toMatchObject({ error: "OwnerLinkExpired" });
  });

  it("refuses other hosts, and writes from other sites or from none with a cookie", async () => {
    const context = await testContext("sqlite");
    const app = await testApp(context);
    const owner = await ownerHeaders(app, context);
    const rebound = await app.inject({ url: "/api/studies", headers: { ...owner, host: "evil.test" } });
    expect(rebound.statusCode).toBe(421);
    const inCapitals = await app.inject({
      url: "/api/studies",
      headers: { ...owner, host: owner.host!.toUpperCase() },
    });
    expect(inCapitals.statusCode).toBe(200);
    const create = { method: "POST" as const, url: "/api/studies", payload: { name: "x" } };
    const withoutOrigin = { host: owner.host, cookie: owner.cookie };
    for (const headers of [{ ...owner, origin: "http://evil.test" }, withoutOrigin]) {
      expect((await app.inject({ ...create, headers })).json()).toMatchObject({ error: "OriginUnknown" });
    }
    expect((await app.inject({ ...create, headers: owner })).statusCode).toBe(200);
  });

  it("refuses unknown fields instead of dropping them, and names them", async () => {
    const context = await testContext("sqlite");
    const { tokens } = await openStudy(context, { prompts: 3, baselines: 1, annotators: 1 });
    const app = await testApp(context);
    const payload = { holding: [], annotator: "somebody else" };
    const reply = await app.inject({
      method: "POST",
      url: "/api/judge/work",
      headers: bearer(tokens[0]!),
      payload,
    });
    expect(reply.statusCode).toBe(400);
    expect(reply.body).toContain("annotator");
  });

  it("takes no body that is larger than any answer can be", async () => {
    const context = await testContext("sqlite");
    const { tokens } = await openStudy(context, { prompts: 3, baselines: 1, annotators: 1 });
    const app = await testApp(context);
    const payload = { holding: ["x".repeat(300_000)] };
    const call = { method: "POST" as const, url: "/api/judge/work", headers: bearer(tokens[0]!), payload };
    const reply = await app.inject(call);
    expect([reply.statusCode, reply.json()]).toMatchObject([413, { error: "RequestTooLarge" }]);
  });

  it("makes an annotator by the open link only when asked to join", async () => {
    const context = await testContext("sqlite");
    await openStudy(context, { prompts: 3, baselines: 1, annotators: 0 });
    const app = await testApp(context);
    const link = await makeOpenLink(context, { study: "s", group: "crowd", by: "test" });
    const people = () => context.database.read(({ db }) => db.selectFrom("annotator").select("id").execute());
    const call = (url: string) => app.inject({ method: "POST", url, headers: HOST, payload: { link } });
    expect((await call("/api/join/sheet")).json()).toMatchObject({ language: "en" });
    expect(await people()).toEqual([]);
    const { token } = (await call("/api/join")).json<{ token: string }>();
    expect((await people()).length).toBe(1);
    const work = { method: "POST" as const, url: "/api/judge/work", payload: { holding: [] } };
    const reply = await app.inject({ ...work, headers: bearer(token) });
    expect(reply.json()).toMatchObject({ state: "work" });
  });
});
