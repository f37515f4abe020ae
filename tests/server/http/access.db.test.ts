import { describe, expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { shareResults } from "../../../server/reports/share.ts";
import { type MemberRole, memberRoleSchema, type Right, rightsBy } from "../../../server/contract/rights.ts";
import type { Access } from "../../../server/http/access.ts";
import type { ApiDocument } from "../../../server/http/openapi.ts";
import { appParts, bearer, HOST, testApp } from "../../support/app.ts";
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
  "GET /api/sign-in": "public",
  "POST /api/openid": "public",
  "GET /openid/callback": "public",
  "POST /api/account/openid": "member",
  "GET /api/account/sign-in": "member",
  "DELETE /api/account/openid/:id": "member",
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
  "GET /api/studies/:study/amendments": "results",
  "POST /api/studies/:study/amendments": "edit",
  "PATCH /api/studies/:study": "edit",
  "DELETE /api/studies/:study": "manage",
  "PATCH /api/studies/:study/systems": "edit",
  "GET /api/studies/:study/outlook": "edit",
  "POST /api/studies/:study/copy": "edit",
  "GET /api/studies/:study/warnings": "results",
  "POST /api/studies/:study/unload": "edit",
  "POST /api/studies/:study/rename": "edit",
  "POST /api/studies/:study/platform/submissions": "people",
  "GET /api/studies/:study/payments": "people",
  "GET /api/studies/:study/records/:what": "people",
  "POST /api/studies/:study/look": "edit",
  "GET /api/prompt-sets": "view",
  "GET /api/prompt-sets/:set": "view",
  "POST /api/prompt-sets/:set/versions": "edit",
  "POST /api/prompt-sets/:set/drop": "edit",
  "GET /api/prompt-sets/:set/diff": "view",
  "GET /api/prompt-sets/:set/draw": "view",
  "GET /api/prompt-sets/:set/export": "view",
  "DELETE /api/prompt-sets/:set": "manage",
  "POST /api/studies/:study/prompts": "edit",
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
  "POST /api/studies/:study/links/limit": "people",
  "POST /api/studies/:study/links/label": "people",
  "POST /api/studies/:study/links/replace": "people",
  "GET /api/studies/:study/preview": "view",
  "POST /api/studies/:study/entry": "edit",
  "POST /api/studies/:study/files": "edit",
  "GET /api/studies/:study/entry": "people",
  "GET /api/studies/:study/judge-runs": "results",
  "POST /api/studies/:study/judge-runs": "edit",
  "POST /api/studies/:study/judge-runs/:id/stop": "edit",
  "GET /api/studies/:study/judge-calls": "results",
  "GET /api/studies/:study/judge-calls/:id": "results",
  "GET /api/studies/:study/judge-template": "results",
  "GET /api/studies/:study/report": "reader",
  "GET /api/studies/:study/report/:format": "results",
  "GET /api/studies/:study/paper": "reader",
  "GET /api/studies/:study/paper/figures/:name": "reader",
  "GET /api/studies/:study/paper/tables/:name": "reader",
  "GET /api/studies/:study/paper/methods": "reader",
  "GET /api/studies/:study/paper/references": "reader",
  "GET /api/studies/:study/export": "results",
  "GET /api/studies/:study/pack": "results",
  "POST /api/studies/:study/snapshots": "edit",
  "POST /api/studies/:study/verify": "results",
  "GET /api/studies/:study/exclusions": "edit",
  "POST /api/studies/:study/exclusions": "edit",
  "POST /api/studies/:study/exclusions/preview": "edit",
  "POST /api/studies/:study/exclusions/lift": "edit",
  "GET /api/results": "reader",
  "GET /api/studies/:study/judged": "reader",
  "GET /api/results/judged": "reader",
  "GET /api/studies/:study/beside": "results",
  "GET /api/studies/:study/notes": "results",
  "GET /api/studies/:study/comparisons": "results",
  "POST /api/studies/:study/comparisons/:id/notes": "results",
  "PATCH /api/studies/:study/notes/:id": "results",
  "DELETE /api/studies/:study/notes/:id": "results",
  "POST /api/studies/:study/comparisons/:id/adjudication": "edit",
  "DELETE /api/studies/:study/comparisons/:id/adjudication": "edit",
  "GET /api/plan": "public",
  "GET /api/studies/:study/pilot": "results",
  "GET /api/openapi.json": "public",
  "GET /healthz": "public",
  "GET /readyz": "public",
};
/** What answers everybody, whatever it is asked. */
const OPEN_TO_ALL = new Set(["GET /api/openapi.json", "GET /api/sign-in"]);

/** What those who watch over a server ask, and anybody may. */
const HEALTH = new Set(["/healthz", "/readyz"]);

const pathOf = (url: string): string =>
  url.replace(":study", "s").replace(":id", "1").replace(":what", "none");

async function routeTable(): Promise<{ method: string; url: string; access: string | undefined }[]> {
  const context = await testContext("sqlite");
  const routes: { method: string; url: string; access: string | undefined }[] = [];
  const app = await buildApp({ ...appParts(context), onRoute: (route) => routes.push(route) });
  await app.ready();
  await app.close();
  return routes.filter((route) => route.method !== "HEAD");
}

/** Every call that the description of the interface names, with who may make it. */
async function describedCalls(
  app: Awaited<ReturnType<typeof testApp>>,
): Promise<{ method: "GET" | "DELETE"; url: string; access: Access }[]> {
  const { paths } = (await app.inject({ url: "/api/openapi.json", headers: HOST })).json<ApiDocument>();
  return Object.entries(paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase() as "GET" | "DELETE",
      url,
      access: operation["x-access"],
    })),
  );
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
      if (OPEN_TO_ALL.has(name) || HEALTH.has(url)) expect(reply.statusCode).toBe(200);
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
    const calls = await describedCalls(app);
    expect(calls.length).toBeGreaterThan(100);
    for (const { method, url, access: who } of calls) {
      if (WITHOUT_ACCOUNT.has(who)) continue;
      const needed = who === "reader" ? "results" : who;
      for (const { role, isOfInstance, headers } of holders) {
        for (const study of url.includes("{study}") ? ["s", "other"] : [null]) {
          const path = url
            .replace("{study}", study ?? "")
            .replace("{id}", "999")
            .replace("{what}", "none");
          const payload = method === "GET" || method === "DELETE" ? "" : { nothing: "that any route takes" };
          const reply = await app.inject({ method, url: path, headers, payload });
          const isHere = isOfInstance || study === "s";
          const may = needed === "member" || (isHere && mayIn(role, isOfInstance).has(needed as Right));
          const isRefused =
            reply.statusCode >= 400 && reply.json<{ error?: string }>().error === "NotAllowed";
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
});
