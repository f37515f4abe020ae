import { describe, expect, it } from "vitest";
import { makeOwnerToken } from "../../../server/accounts/owner.ts";
import { makeOpenLink } from "../../../server/studies/annotators.ts";
import { bearer, HOST, ownerHeaders, testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";

describe("requests", () => {
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
