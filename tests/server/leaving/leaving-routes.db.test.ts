import { describe, expect, it } from "vitest";
import type { Departures, LeavingSheet } from "../../../server/contract/leaving.ts";
import { join } from "../../../server/participants/join.ts";
import { bearer, HOST, ownerHeaders, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";
import { crowdOf, judgeSome, pid, queryOf, setProlific } from "../participants/participants-support.ts";

const CONTACT = "Ada Example, study@example.org";

describe.each(DATABASES)("leaving over HTTP, on %s", (kind) => {
  it("tells what leaving means, withdraws, erases, and lists it for the owner", async () => {
    const context = await testContext(kind);
    const protocol = { groups: [crowdOf(4, 3)], sharedPrompts: 0, contact: CONTACT };
    const { desk } = await openStudy(context, { prompts: 4, baselines: 1, annotators: 0, protocol });
    const { link } = await setProlific(context);
    const tokens = [];
    for (const n of [1, 2, 3]) tokens.push(await join(context, { link, query: queryOf(n) }));
    const [one, two, three] = tokens as [string, string, string];
    for (const token of tokens) await judgeSome(desk, token, 1);
    const app = await testApp(context);
    const owner = await ownerHeaders(app, context);
    const retention = await app.inject({
      ...{ method: "PATCH", url: "/api/studies/s/retention", headers: owner, payload: { days: 30 } },
    });
    expect(retention.json()).toMatchObject({ retention: { days: 30, names: false, dueAt: null } });
    const sheet = await app.inject({ url: "/api/judge/leaving", headers: bearer(one) });
    expect(sheet.json<LeavingSheet>()).toEqual({
      ...{ departure: null, isDone: false, isClosed: false, erasedJudgments: "excluded" },
      ...{ retention: { days: 30, names: false }, contact: CONTACT, platform: "Prolific" },
    });
    const withdraw = await app.inject({ method: "POST", url: "/api/judge/withdraw", headers: bearer(one) });
    expect(withdraw.json()).toMatchObject({ isDone: true, finish: { finish: "stopped" } });
    const erase = await app.inject({ method: "POST", url: "/api/judge/erase", headers: bearer(two) });
    expect(erase.json()).toMatchObject({ isDone: true, finish: { finish: "stopped" } });
    const again = await app.inject({ method: "POST", url: "/api/judge/erase", headers: bearer(two) });
    expect([again.statusCode, again.json<{ error: string }>().error]).toEqual([401, "LinkNotValid"]);
    const byOwner = await app.inject({
      ...{ method: "POST", url: "/api/studies/s/erase", headers: owner, payload: { annotator: pid(3) } },
    });
    expect(byOwner.json()).toEqual({ annotator: "annotator-3" });
    const list = await app.inject({ url: "/api/studies/s/departures", headers: owner });
    expect(
      list.json<Departures>().departures.map(({ annotator, kind, by }) => [annotator, kind, by]),
    ).toEqual([
      ["annotator-1", "withdrawn", "annotator"],
      ["annotator-2", "erased", "annotator"],
      ["annotator-3", "erased", "owner"],
    ]);
    expect(list.body).not.toContain(pid(1));
    const done = { annotator: "annotator-3", duty: "pay" };
    const ticked = await app.inject({
      ...{ method: "POST", url: "/api/studies/s/departures/done", headers: owner, payload: done },
    });
    expect(ticked.json<Departures>().departures.at(-1)).toMatchObject({
      ...{ annotator: "annotator-3", duties: ["copies"], done: [{ duty: "pay", by: "owner" }] },
    });
    expect(three).not.toBe(two);
    await app.close();
  });

  it("refuses whoever has no link, and the owner's routes to everybody else", async () => {
    const context = await testContext(kind);
    const { tokens } = await openStudy(context, { prompts: 2, baselines: 1, annotators: 1 });
    const app = await testApp(context);
    for (const url of ["/api/judge/withdraw", "/api/judge/erase"]) {
      expect((await app.inject({ method: "POST", url, headers: HOST })).statusCode).toBe(401);
      expect((await app.inject({ method: "POST", url, headers: bearer("x".repeat(43)) })).statusCode).toBe(
        401,
      );
    }
    for (const url of ["/api/studies/s/withdraw", "/api/studies/s/erase"]) {
      const payload = { annotator: "annotator-1" };
      const reply = await app.inject({ method: "POST", url, headers: bearer(tokens[0]!), payload });
      expect(reply.statusCode).toBe(401);
    }
    await app.close();
  });
});
