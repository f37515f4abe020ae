import { describe, expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import { makeOwnerToken } from "../../../server/accounts/owner.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { makeOpenLink } from "../../../server/studies/annotators.ts";
import { shareResults } from "../../../server/reports/share.ts";
import { type MemberRole, memberRoleSchema, type Right, rightsBy } from "../../../server/contract/rights.ts";
import type { Access } from "../../../server/http/access.ts";
import { appParts, bearer, HOST, ownerHeaders, testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { addMember, tokenHeaders } from "../../support/members.ts";
import { openStudy } from "../../support/study.ts";

/** Who may call what: the whole table, so that a route whose access nobody stated fails this test. */
const ROUTES: Readonly<Record<string, Access>> = {
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
  "GET /api/studies/:study/annotators": "people",
  "GET /api/studies/:study/pace": "view",
  "GET /api/studies/:study/quality": "people",
  "GET /api/studies/:study/signs": "people",
  "POST /api/studies/:study/reviews": "people",
  "POST /api/judge/messages": "annotator",
  "POST /api/judge/messages/open": "annotator",
  "POST /api/judge/guess": "annotator",
  "GET /api/studies/:study/messages": "people",
  "POST /api/studies/:study/messages": "people",
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
  "GET /api/session": "member",
  "DELETE /api/session": "member",
  "POST /api/account": "administer",
  "POST /api/account/password": "member",
  "GET /api/sessions": "member",
  "DELETE /api/sessions/:id": "member",
  "GET /api/tokens": "member",
  "POST /api/tokens": "member",
  "DELETE /api/tokens/:id": "member",
  "GET /api/members": "administer",
  "PATCH /api/members/:id": "administer",
  "DELETE /api/members/:id": "administer",
  "POST /api/members/:id/password-link": "administer",
  "POST /api/invitations": "administer",
  "DELETE /api/invitations/:id": "administer",
  "POST /api/invitation": "public",
  "POST /api/invitation/accept": "public",
  "GET /api/studies/:study/members": "manage",
  "PATCH /api/studies/:study/members/:id": "manage",
  "POST /api/studies/:study/invitations": "manage",
  "DELETE /api/studies/:study/invitations/:id": "manage",
  "GET /api/audit": "administer",
  "GET /api/today": "member",
  "GET /api/studies": "member",
  "POST /api/studies": "edit",
  "GET /api/studies/:study": "results",
  "GET /api/studies/:study/people": "people",
  "PATCH /api/studies/:study/protocol": "edit",
  "PATCH /api/studies/:study": "edit",
  "DELETE /api/studies/:study": "manage",
  "PATCH /api/studies/:study/systems": "edit",
  "GET /api/studies/:study/outlook": "edit",
  "POST /api/studies/:study/copy": "edit",
  "GET /api/studies/:study/uploads": "edit",
  "PATCH /api/studies/:study/uploads": "edit",
  "POST /api/studies/:study/uploads": "edit",
  "POST /api/studies/:study/uploads/remove": "edit",
  "POST /api/studies/:study/uploads/run": "edit",
  "GET /api/studies/:study/blinding": "results",
  "POST /api/studies/:study/blinding": "edit",
  "POST /api/studies/:study/blinding/decisions": "edit",
  "POST /api/studies/:study/state": "edit",
  "POST /api/studies/:study/invite": "people",
  "POST /api/studies/:study/share": "manage",
  "GET /api/studies/:study/platform": "people",
  "POST /api/studies/:study/platform": "people",
  "DELETE /api/studies/:study/platform": "people",
  "GET /api/studies/:study/departures": "people",
  "POST /api/studies/:study/departures/done": "people",
  "POST /api/studies/:study/withdraw": "people",
  "POST /api/studies/:study/erase": "people",
  "PATCH /api/studies/:study/retention": "edit",
  "GET /api/studies/:study/links": "people",
  "POST /api/studies/:study/links/revoke": "people",
  "POST /api/studies/:study/links/restore": "people",
  "GET /api/studies/:study/preview": "view",
  "POST /api/studies/:study/entry": "edit",
  "POST /api/studies/:study/files": "edit",
  "GET /api/studies/:study/entry": "people",
  "GET /api/studies/:study/judge-runs": "results",
  "POST /api/studies/:study/judge-runs": "edit",
  "POST /api/studies/:study/judge-runs/:id/stop": "edit",
  "GET /api/studies/:study/judge-template": "results",
  "GET /api/studies/:study/report": "reader",
  "GET /api/studies/:study/report/:format": "results",
  "GET /api/studies/:study/export": "results",
  "POST /api/studies/:study/snapshots": "edit",
  "POST /api/studies/:study/verify": "results",
  "GET /api/studies/:study/exclusions": "edit",
  "POST /api/studies/:study/exclusions": "edit",
  "POST /api/studies/:study/exclusions/preview": "edit",
  "POST /api/studies/:study/exclusions/lift": "edit",
  "GET /api/results": "reader",
  "GET /api/studies/:study/judged": "reader",
  "GET /api/results/judged": "reader",
  "GET /api/plan": "public",
  "GET /api/studies/:study/pilot": "results",
  "GET /api/openapi.json": "public",
  "GET /healthz": "public",
  "GET /readyz": "public",
};
/** What answers everybody, whatever it is asked. */
const OPEN_TO_ALL = "GET /api/openapi.json";

/** What those who watch over a server ask, and anybody may. */
const HEALTH = new Set(["/healthz", "/readyz"]);

const pathOf = (url: string): string => url.replace(":study", "s").replace(":id", "1");

async function routeTable(): Promise<{ method: string; url: string; access: string | undefined }[]> {
  const context = await testContext("sqlite");
  const routes: { method: string; url: string; access: string | undefined }[] = [];
  const app = await buildApp({ ...appParts(context), onRoute: (route) => routes.push(route) });
  await app.ready();
  await app.close();
  return routes.filter((route) => route.method !== "HEAD");
}

/** What needs nobody to be signed in. */
const WITHOUT_ACCOUNT = new Set(["public", "annotator"]);

const mayIn = (role: MemberRole, isOfInstance: boolean): ReadonlySet<Right> =>
  rightsBy(isOfInstance ? { instance: role, study: null } : { instance: null, study: role });

describe("access", () => {
  it("is stated for every route, and as this table says", async () => {
    const table = Object.fromEntries((await routeTable()).map((r) => [`${r.method} ${r.url}`, r.access]));
    expect(table).toEqual(ROUTES);
  });

  it("refuses every route that is not public to somebody without credentials", async () => {
    const context = await testContext("sqlite");
    const app = await testApp(context);
    for (const [name, who] of Object.entries(ROUTES)) {
      const [method, url] = name.split(" ") as ["GET", string];
      const call = { method, url: pathOf(url), headers: HOST, payload: method === "GET" ? "" : {} };
      const reply = await app.inject(call);
      if (name === OPEN_TO_ALL || HEALTH.has(url)) expect(reply.statusCode).toBe(200);
      else if (who === "public") expect(reply.statusCode, name).toBeGreaterThanOrEqual(400);
      else expect(reply.statusCode, name).toBe(401);
      expect(reply.headers["cache-control"], name).toBe("no-store");
    }
  });

  it("gives an annotator's token nothing of the owner's, and a share link nothing but its study's report", async () => {
    const context = await testContext("sqlite");
    const { tokens } = await openStudy(context, { prompts: 3, baselines: 1, annotators: 1 });
    const app = await testApp(context);
    const { token: share } = await shareResults(context, { study: "s", by: "test" });
    for (const [name, who] of Object.entries(ROUTES)) {
      const [method, url] = name.split(" ") as ["GET", string];
      const call = { method, url: pathOf(url), payload: method === "GET" ? "" : {} };
      if (who !== "annotator" && who !== "public") {
        const reply = await app.inject({ ...call, headers: bearer(tokens[0]!) });
        expect(reply.statusCode, name).toBe(401);
      }
      if (who !== "reader" && who !== "public") {
        const reply = await app.inject({ ...call, headers: bearer(share) });
        expect([400, 401], name).toContain(reply.statusCode);
      }
    }
    const results = await app.inject({ url: "/api/results", headers: bearer(share) });
    expect(results.json()).toMatchObject({ study: "s" });
  });

  it("lets every role call in its study exactly what the table of rights says, and nothing in another", async () => {
    const context = await testContext("sqlite");
    await openStudy(context, { prompts: 3, baselines: 1, annotators: 1 });
    await createStudy(context, { name: "other" });
    const app = await testApp(context);
    const holders: { role: MemberRole; isOfInstance: boolean; headers: Record<string, string> }[] = [];
    for (const role of memberRoleSchema.options) {
      const inStudy = await addMember(context, { name: `${role}1`, studies: { s: role } });
      const inAll = await addMember(context, { name: `${role}2`, role });
      holders.push({ role, isOfInstance: false, headers: await tokenHeaders(context, inStudy) });
      holders.push({ role, isOfInstance: true, headers: await tokenHeaders(context, inAll) });
    }
    const wrong: string[] = [];
    for (const { method, url, access: who } of await routeTable()) {
      if (who === undefined || WITHOUT_ACCOUNT.has(who)) continue;
      const needed = who === "reader" ? "results" : who;
      for (const { role, isOfInstance, headers } of holders) {
        for (const study of url.includes(":study") ? ["s", "other"] : [null]) {
          const path = url.replace(":study", study ?? "").replace(":id", "999");
          const payload = method === "GET" || method === "DELETE" ? "" : { nothing: "that any route takes" };
          const reply = await app.inject({ method: method as "GET", url: path, headers, payload });
          const isHere = isOfInstance || study === "s";
          const may = needed === "member" || (isHere && mayIn(role, isOfInstance).has(needed as Right));
          const isRefused = reply.json<{ error?: string } | null>()?.error === "NotAllowed";
          const isLinkAlone = who === "reader" && study === null; // by a link's token, and by nothing else
          if (isLinkAlone ? reply.statusCode !== 401 : isRefused === may || reply.statusCode === 401)
            wrong.push(
              `${role} ${isOfInstance} ${method} ${path}: ${reply.statusCode} ${reply.body.slice(0, 99)}`,
            );
        }
      }
    }
    expect(wrong).toEqual([]);
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
