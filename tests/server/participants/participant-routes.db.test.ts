import { createSign, generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import type { JoinSheet } from "../../../server/contract/judging.ts";
import type { FinishReply, PlatformShown } from "../../../server/contract/platforms.ts";
import type { StudyDetail } from "../../../server/contract/studies.ts";
import { bearer, HOST, ownerHeaders, testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgeSome, pid, queryOf, studyOf } from "./participants-support.ts";

it.each(DATABASES)("the routes take a participant from the platform and back, on %s", async (kind) => {
  const context = await testContext(kind);
  const { desk } = await studyOf(context, 4, 2);
  const app = await testApp(context);
  const owner = await ownerHeaders(app, context);
  const url = "/api/studies/s/platform";
  const set = (payload: object) => app.inject({ method: "POST", url, headers: owner, payload });
  expect((await app.inject({ method: "POST", url, headers: HOST, payload: {} })).statusCode).toBe(401);
  expect((await set({ platform: "elsewhere" })).statusCode).toBe(400);
  expect((await set({ platform: "prolific", group: "nobody" })).statusCode).toBe(404);
  const prolific = { platform: "prolific", finishes: { stopped: { code: "STOP" } } };
  const first = (await set(prolific)).json<PlatformShown>();
  expect((await app.inject({ url, headers: owner })).json()).toEqual({ platforms: [first] });
  const ofPlatform = async () =>
    (await app.inject({ url: "/api/studies/s", headers: owner }))
      .json<StudyDetail>()
      .groups.map(({ isOfPlatform }) => isOfPlatform);
  expect(await ofPlatform()).toEqual([true]);
  const take = () => app.inject({ method: "DELETE", url: `${url}?group=crowd`, headers: owner });
  expect((await take()).json()).toEqual({ platforms: [] });
  expect(await ofPlatform()).toEqual([false]);
  expect((await take()).json()).toMatchObject({ error: "PlatformNotSet" });
  const platform = (await set(prolific)).json<PlatformShown>();
  const link = platform.address?.split("#")[1] ?? "";

  const post = (path: string, query: string, more: object = {}) =>
    app.inject({ method: "POST", url: path, headers: HOST, payload: { link, query, ...more } });
  const sheet = (await post("/api/join/sheet", queryOf(1))).json<JoinSheet>();
  expect(sheet).toMatchObject({ visitor: "new", state: "open", platform: "Prolific", finish: null });
  for (const path of ["/api/join/sheet", "/api/join", "/api/join/decline"]) {
    expect((await post(path, "")).json()).toMatchObject({ error: "ParticipantMissing" });
    expect((await post(path, `${queryOf(1)}&PROLIFIC_PID=${pid(2)}`)).statusCode).toBe(400);
    expect((await post(path, "x".repeat(3000))).statusCode).toBe(400);
    expect((await post(path, queryOf(1), { participant: pid(3) })).statusCode).toBe(400);
  }
  expect((await post("/api/join/decline", queryOf(1))).json()).toMatchObject({ finish: "no_consent" });
  const { token } = (await post("/api/join", queryOf(1))).json<{ token: string }>();
  expect((await post("/api/join", queryOf(1))).json()).toEqual({ token });
  expect((await post("/api/join/sheet", queryOf(1))).json()).toMatchObject({ visitor: "known" });
  expect((await take()).json()).toMatchObject({ error: "PlatformInUse" });
  expect((await set({ platform: "connect" })).statusCode).toBe(409);
  expect((await set({ ...prolific, minutes: 90 })).json()).toMatchObject({ minutes: 90 });

  const call = async (path: string) => {
    const reply = await app.inject({ method: "POST", url: path, headers: bearer(token) });
    expect(reply.headers["cache-control"]).toBe("no-store");
    return reply.json<FinishReply>().finish;
  };
  const own = await app.inject({ url: "/api/judge/sheet", headers: bearer(token) });
  expect(own.json()).toMatchObject({ platform: "Prolific" });
  expect(own.body).not.toContain(pid(1));
  expect(await call("/api/judge/finish")).toBeNull();
  await judgeSome(desk, token, 1);
  const address = "https://app.prolific.com/submissions/complete?cc=STOP";
  const stopped = { platform: "Prolific", finish: "stopped", code: "STOP", address };
  expect(await call("/api/judge/stop")).toEqual(stopped);
  expect(await call("/api/judge/stop")).toEqual(stopped);
  expect(await call("/api/judge/finish")).toEqual(stopped);
  const stranger = { ...HOST, authorization: `Bearer ${"x".repeat(43)}` };
  expect((await app.inject({ method: "POST", url: "/api/judge/stop", headers: stranger })).statusCode).toBe(
    401,
  );
  await app.close();
});

it.each(DATABASES)(
  "the routes let in an address that Prolific signed for this server, on %s",
  async (kind) => {
    const context = await testContext(kind);
    await studyOf(context, 4, 2);
    const app = await testApp(context);
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const keys = { keys: [publicKey.export({ format: "jwk" })] };
    const reply = await app.inject({
      ...{ method: "POST", url: "/api/studies/s/platform", headers: await ownerHeaders(app, context) },
      payload: { platform: "prolific", keys },
    });
    const link = reply.json<PlatformShown>().address?.split("#")[1] ?? "";
    const exp = Math.floor(context.clock().getTime() / 1000) + 120;
    const signedFor = (aud: string): string => {
      const claims = { sub: "t1", exp, aud, prolific: Object.fromEntries(new URLSearchParams(queryOf(1))) };
      const parts = [{ alg: "RS256" }, claims].map((one) =>
        Buffer.from(JSON.stringify(one)).toString("base64url"),
      );
      const mark = createSign("sha256").update(parts.join(".")).sign(privateKey, "base64url");
      return `${queryOf(1)}&prolific_token=${parts.join(".")}.${mark}`;
    };
    for (const url of ["/api/join/sheet", "/api/join/decline", "/api/join"]) {
      const post = (query: string) =>
        app.inject({ method: "POST", url, headers: HOST, payload: { link, query } });
      expect((await post(queryOf(1))).json()).toMatchObject({ error: "ParticipantWrong" });
      expect((await post(signedFor("elsewhere.test"))).json()).toMatchObject({ error: "ParticipantWrong" });
      expect((await post(signedFor("http://tiebreak.test"))).statusCode, url).toBe(200);
    }
    await app.close();
  },
);
