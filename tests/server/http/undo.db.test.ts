import type { FastifyInstance } from "fastify";
import { describe, expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import { setRetention } from "../../../server/leaving/retention.ts";
import { changeState, createStudy } from "../../../server/studies/study.ts";
import { appParts, ownerHeaders } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { addMember } from "../../support/members.ts";
import { openStudy } from "../../support/study.ts";

/** How what a member does is taken back: by another route, by a command, or by the same with what was before. */
type WayBack = `${"POST" | "PATCH" | "DELETE"} /api/${string}` | `npx tiebreak ${string}` | typeof AGAIN;
const AGAIN = "the same, with what was before";
/** What cannot be taken back asks for the name of what it is about. */
const TYPED = { typed: true };
/** What takes nothing away: something is added that can be left unused, or that is a record. */
const ADDS = { adds: true };

const UNDONE_BY: Readonly<Record<string, WayBack | typeof TYPED | typeof ADDS>> = {
  "POST /api/studies/:study/reviews": "POST /api/studies/:study/exclusions/lift",
  "POST /api/studies/:study/messages": ADDS,
  "DELETE /api/session": "POST /api/session",
  "POST /api/account": "DELETE /api/members/:id",
  "POST /api/account/password": AGAIN,
  "POST /api/account/openid": "DELETE /api/account/openid/:id",
  "DELETE /api/account/openid/:id": "POST /api/account/openid",
  "DELETE /api/sessions/:id": "POST /api/session",
  "POST /api/tokens": "DELETE /api/tokens/:id",
  "DELETE /api/tokens/:id": "POST /api/tokens",
  "PATCH /api/members/:id": AGAIN,
  "DELETE /api/members/:id": TYPED,
  "POST /api/members/:id/password-link": "DELETE /api/invitations/:id",
  "POST /api/invitations": "DELETE /api/invitations/:id",
  "DELETE /api/invitations/:id": "POST /api/invitations",
  "PATCH /api/studies/:study/members/:id": AGAIN,
  "POST /api/studies/:study/invitations": "DELETE /api/studies/:study/invitations/:id",
  "DELETE /api/studies/:study/invitations/:id": "POST /api/studies/:study/invitations",
  "POST /api/studies": "DELETE /api/studies/:study",
  "PATCH /api/studies/:study/protocol": AGAIN,
  "PATCH /api/studies/:study": AGAIN,
  "DELETE /api/studies/:study": TYPED,
  "PATCH /api/studies/:study/systems": AGAIN,
  "POST /api/studies/:study/copy": "DELETE /api/studies/:study",
  "PATCH /api/studies/:study/uploads": AGAIN,
  "POST /api/studies/:study/uploads": "POST /api/studies/:study/uploads/remove",
  "POST /api/studies/:study/uploads/remove": "POST /api/studies/:study/uploads",
  "POST /api/studies/:study/uploads/run": "npx tiebreak unload",
  "POST /api/studies/:study/prompts": "npx tiebreak unload",
  "POST /api/prompt-sets/:set/versions": ADDS,
  "POST /api/prompt-sets/:set/drop": ADDS, // a version; the one before stays
  "DELETE /api/prompt-sets/:set": TYPED,
  "POST /api/studies/:study/files": "npx tiebreak unload",
  "POST /api/studies/:study/blinding": ADDS,
  "POST /api/studies/:study/blinding/decisions": AGAIN,
  "POST /api/studies/:study/state": AGAIN, // but for closing
  "POST /api/studies/:study/invite": "POST /api/studies/:study/links/revoke",
  "POST /api/studies/:study/share": "POST /api/studies/:study/links/revoke",
  "POST /api/studies/:study/platform": "DELETE /api/studies/:study/platform",
  "DELETE /api/studies/:study/platform": "POST /api/studies/:study/platform",
  "POST /api/studies/:study/departures/done": AGAIN, // with `undo`
  "POST /api/studies/:study/withdraw": TYPED,
  "POST /api/studies/:study/erase": TYPED,
  "PATCH /api/studies/:study/retention": TYPED, // where it erases at once
  "POST /api/studies/:study/links/limit": AGAIN,
  "POST /api/studies/:study/links/label": AGAIN,
  "POST /api/studies/:study/links/revoke": "POST /api/studies/:study/links/restore",
  "POST /api/studies/:study/links/restore": "POST /api/studies/:study/links/revoke",
  "POST /api/studies/:study/links/replace": AGAIN,
  "POST /api/studies/:study/entry": AGAIN,
  "POST /api/studies/:study/judge-runs": "POST /api/studies/:study/judge-runs/:id/stop",
  "POST /api/studies/:study/judge-runs/:id/stop": "POST /api/studies/:study/judge-runs",
  "POST /api/studies/:study/snapshots": ADDS,
  "POST /api/studies/:study/verify": ADDS,
  "POST /api/studies/:study/exclusions": "POST /api/studies/:study/exclusions/lift",
  "POST /api/studies/:study/exclusions/lift": "POST /api/studies/:study/exclusions",
  "POST /api/studies/:study/exclusions/preview": ADDS,
  "POST /api/studies/:study/amendments": TYPED,
  "POST /api/studies/:study/comparisons/:id/notes": "DELETE /api/studies/:study/notes/:id",
  "PATCH /api/studies/:study/notes/:id": AGAIN,
  "DELETE /api/studies/:study/notes/:id": "POST /api/studies/:study/comparisons/:id/notes",
  "POST /api/studies/:study/comparisons/:id/adjudication":
    "DELETE /api/studies/:study/comparisons/:id/adjudication",
  "DELETE /api/studies/:study/comparisons/:id/adjudication":
    "POST /api/studies/:study/comparisons/:id/adjudication",
  "POST /api/studies/:study/look": TYPED, // a look that is due; see look.db.test.ts
  "POST /api/studies/:study/platform/submissions": ADDS,
  "POST /api/studies/:study/rename": AGAIN,
  "POST /api/studies/:study/unload": "POST /api/studies/:study/files",
};

/** What each route that asks for a name is sent: without the name, or with another. */
const WITHOUT_NAME: Readonly<Record<string, object>> = {
  "DELETE /api/members/:id": { name: "Somebody else" },
  "DELETE /api/studies/:study": { name: "another" },
  "DELETE /api/prompt-sets/:set": { name: "another" },
  "POST /api/studies/:study/withdraw": { annotator: "nobody" },
  "POST /api/studies/:study/erase": { annotator: "nobody" },
  "PATCH /api/studies/:study/retention": { days: 0 },
  "POST /api/studies/:study/amendments": { reopen: true, reason: "more", confirm: "another" },
  "POST /api/studies/:study/look": { confirm: "another" },
};

async function started(): Promise<{
  app: FastifyInstance;
  routes: string[];
  headers: Record<string, string>;
}> {
  const context = await testContext("sqlite");
  await openStudy(context, { prompts: 3, baselines: 1, annotators: 1 });
  await setRetention(context, { study: "s", days: 30, names: false, by: "test" });
  await changeState(context, { study: "s", to: "closed", by: "test" });
  await createStudy(context, { name: "draft" });
  await addMember(context, { name: "Ben", role: "viewer" });
  const routes: string[] = [];
  const app = await buildApp({
    ...appParts(context),
    onRoute: ({ method, url, access }) => {
      const isOurs = access !== "public" && access !== "annotator";
      if (isOurs && method !== "GET" && method !== "HEAD") routes.push(`${method} ${url}`);
    },
  });
  await app.ready();
  return { app, routes, headers: await ownerHeaders(app, context) };
}

describe("whatever a member does", () => {
  it("can be taken back, or asks for a typed name", async () => {
    const { app, routes, headers } = await started();
    expect(Object.keys(UNDONE_BY).sort()).toEqual(routes.sort());
    const ways = Object.values(UNDONE_BY).filter((way) => typeof way === "string");
    const byRoute = ways.filter((way) => way.includes(" /api/"));
    expect(byRoute.filter((way) => !routes.includes(way) && way !== "POST /api/session")).toEqual([]);

    const asking = Object.keys(UNDONE_BY).filter((route) => UNDONE_BY[route] === TYPED);
    expect(asking.sort()).toEqual(Object.keys(WITHOUT_NAME).sort());
    for (const route of asking) {
      const [method, path] = route.split(" ") as ["POST", string];
      const study = method.startsWith("DELETE") ? "draft" : "s";
      const url = path.replace(":study", study).replace(":id", "1").replace(":set", "s");
      const call = (payload: object) => app.inject({ method, url, headers, payload });
      expect((await call({})).statusCode, route).toBeGreaterThanOrEqual(400);
      const refused = await call(WITHOUT_NAME[route]!);
      expect(refused.statusCode, `${route}: ${refused.body}`).toBeGreaterThanOrEqual(404);
    }
    const url = "/api/members/1";
    const removed = await app.inject({ method: "DELETE", url, headers, payload: { name: "Ben" } });
    expect(removed.json()).toMatchObject({ members: [] });
    const due = { method: "PATCH", url: "/api/studies/s/retention", headers } as const;
    const erased = await app.inject({ ...due, payload: { days: 0, typed: "s" } });
    expect(erased.json()).toMatchObject({ retention: { days: 0 } });
  });
});
