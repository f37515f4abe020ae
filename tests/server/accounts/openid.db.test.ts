import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openIdProvider } from "../../../server/accounts/openid/provider.ts";
import { buildApp } from "../../../server/app.ts";
import type { Context } from "../../../server/context.ts";
import type { Audit } from "../../../server/contract/accounts.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { appParts, HOST, ORIGIN, ownerHeaders } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { addMember } from "../../support/members.ts";
import { type ProviderPerson, startProvider, type TestProvider } from "../../support/openid-provider.ts";

const ADA: ProviderPerson = { sub: "1", name: "Ada", email: "Ada@example.org", email_verified: true };
const BEN: ProviderPerson = { sub: "2", name: "Ben", email: "ben@example.org", email_verified: true };

let provider: TestProvider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.end());
beforeEach(() => {
  Object.assign(provider, { person: ADA, isForged: false, isDenied: false, isSparse: false });
  provider.claims = (claims) => claims;
});

interface Place {
  readonly context: Context;
  readonly app: FastifyInstance;
}

async function start(kind: "sqlite" | "postgres" = "sqlite", path = ""): Promise<Place> {
  const context = await testContext(kind);
  await createStudy(context, { name: "s" });
  const { issuer, clientId, clientSecret } = provider;
  const openId = openIdProvider({ issuer, clientId, clientSecret, name: "Example ID" });
  const app = await buildApp({ ...appParts(context), openId, origin: () => ORIGIN + path });
  await app.ready();
  return { context, app };
}

type Headers = Record<string, string>;

/** Begins a sign-in. @returns where the browser goes, and the cookie that it has */
async function begin(
  { app }: Place,
  body: object = {},
  { url = "/api/openid", headers = {} }: { url?: string; headers?: Headers } = {},
) {
  const reply = await app.inject({ method: "POST", url, headers: { ...HOST, ...headers }, payload: body });
  expect(reply.statusCode, reply.body).toBe(200);
  const cookie = reply.cookies.find(({ name }) => name === "tiebreak_openid");
  return { url: reply.json<{ url: string }>().url, cookie: cookie?.value ?? "", attributes: cookie };
}

/** Comes back from the provider. */
async function comeBack({ app }: Place, address: string, cookie: string | null) {
  const { pathname, search } = new URL(address);
  const headers = cookie === null ? HOST : { ...HOST, cookie: `tiebreak_openid=${cookie}` };
  const reply = await app.inject({ url: pathname + search, headers });
  const session = reply.cookies.find(({ name }) => name === "tiebreak_session")?.value;
  return {
    to: reply.headers.location,
    headers: { ...HOST, origin: ORIGIN, cookie: `tiebreak_session=${session ?? ""}` } as Headers,
    isIn: session !== undefined,
  };
}

/** The whole way of somebody who follows it. */
async function goThrough(place: Place, body: object = {}, options: Parameters<typeof begin>[2] = {}) {
  const { url, cookie } = await begin(place, body, options);
  return comeBack(place, await provider.answer(url), cookie);
}

async function inviteTo(place: Place, name: string, url = "/api/studies/s/invitations"): Promise<string> {
  const headers = await ownerHeaders(place.app, place.context);
  const body = { name, role: "viewer" };
  const reply = await place.app.inject({ method: "POST", url, headers, payload: body });
  return reply.json<{ url: string }>().url.split("#")[1] ?? "";
}

const session = async ({ app }: Place, headers: Headers) =>
  (await app.inject({ url: "/api/session?study=s", headers })).json<object>();

describe.each(["sqlite", "postgres"] as const)("signing in at an OpenID provider, on %s", (kind) => {
  it("begins with the owner link or an invitation, and then knows people by issuer and subject", async () => {
    const place = await start(kind);
    const owner = await ownerHeaders(place.app, place.context);
    const made = await goThrough(place, {}, { url: "/api/account/openid", headers: owner });
    expect(made.to).toBe("/account");
    const ada = { name: "Ada", email: "ada@example.org", role: "owner", via: "OpenID Connect" };
    expect(await session(place, owner)).toMatchObject(ada);

    const token = await inviteTo(place, "Ben from the lab");
    provider.person = BEN;
    const ben = await goThrough(place, { token });
    expect(ben.to).toBe("/dashboard");
    expect(await session(place, ben.headers)).toMatchObject({ name: "Ben", rights: ["view", "results"] });
    const again = await place.app.inject({
      method: "POST",
      url: "/api/openid",
      headers: HOST,
      payload: { token },
    });
    expect(again.json()).toMatchObject({ error: "InvitationNotValid" });

    provider.person = { ...ADA, email: "new@example.org", name: "Ada Married" };
    expect(await session(place, (await goThrough(place)).headers)).toMatchObject(ada);
    const audit = (await place.app.inject({ url: "/api/audit", headers: owner })).json<Audit>();
    const entries = audit.entries.filter(({ via }) => via === "OpenID Connect");
    expect(entries.map(({ who, verb }) => `${who}: ${verb}`)).toEqual(
      expect.arrayContaining(["Ada: sign in", "Ben: accept invitation", "Ada: create account"]),
    );
  });
});

describe("who gets in by an OpenID provider", () => {
  it("is known, or invited by a link or under a verified address", async () => {
    const place = await start();
    await addMember(place.context, { name: "Cy" });
    const outcome = async (person: ProviderPerson, body: object = {}) => {
      provider.person = person;
      return (await goThrough(place, body)).to;
    };
    const unknown = "/sign-in?problem=unknown";
    expect(await outcome(BEN)).toBe(unknown);
    await inviteTo(place, " Ben@Example.org ");
    await inviteTo(place, "ben@example.org", "/api/invitations");
    expect(await outcome({ ...BEN, email_verified: false })).toBe(unknown);
    expect(await outcome({ ...BEN, email_verified: "true" as unknown as boolean })).toBe(unknown);
    expect(await outcome({ ...BEN, email: "other@example.org" })).toBe(unknown);
    provider.isSparse = true; // the address is in the user information alone
    expect(await outcome(BEN)).toBe("/dashboard");
    expect(await outcome({ sub: BEN.sub })).toBe("/dashboard");
    provider.isSparse = false;

    // an address opens no account, be it verified
    expect(await outcome({ sub: "3", email: "cy@example.org", email_verified: true })).toBe(unknown);
    const token = await inviteTo(place, "Somebody");
    expect(await outcome({ sub: "3", email: "cy@example.org", email_verified: true }, { token })).toBe(
      "/sign-in?problem=address-taken",
    );
    expect(await outcome({ sub: "3", email: "x@example.org" }, { token })).toBe(
      "/sign-in?problem=no-address",
    );
    expect(await outcome({ sub: "3" }, { token, name: "Dee", email: "dee@example.org" })).toBe("/dashboard");
  });

  it("is refused what a lying or replayed answer claims, and the audit has it", async () => {
    const place = await start();
    provider.person = BEN;
    expect((await goThrough(place, { token: await inviteTo(place, "Ben") })).to).toBe("/dashboard");
    const lies: Record<string, () => void> = {
      "another nonce": () => (provider.claims = (claims) => ({ ...claims, nonce: "n" })),
      "no nonce": () => (provider.claims = (claims) => ({ ...claims, nonce: undefined })),
      "another issuer": () => (provider.claims = (claims) => ({ ...claims, iss: "https://id.example.com" })),
      "another audience": () => (provider.claims = (claims) => ({ ...claims, aud: "another" })),
      "an expired token": () => (provider.claims = (claims) => ({ ...claims, exp: 1, iat: 0 })),
      "another's signature": () => (provider.isForged = true),
    };
    for (const [lie, tell] of Object.entries(lies)) {
      Object.assign(provider, { isForged: false });
      tell();
      expect(await goThrough(place), lie).toMatchObject({ isIn: false, to: "/sign-in?problem=not-valid" });
    }
    Object.assign(provider, { isForged: false, isDenied: true });
    provider.claims = (claims) => claims;
    expect(await goThrough(place)).toMatchObject({ isIn: false, to: "/sign-in?problem=refused" });
    provider.isDenied = false;

    const late = { isIn: false, to: "/sign-in?problem=late" };
    const { url, cookie, attributes } = await begin(place);
    expect(attributes).toMatchObject({ sameSite: "Lax", httpOnly: true, maxAge: 600 });
    const answer = await provider.answer(url);
    const changed = (name: string, value: string) => {
      const other = new URL(answer);
      other.searchParams.set(name, value);
      return other.href;
    };
    expect(await comeBack(place, answer, null), "no cookie").toMatchObject(late);
    const stranger = await begin(place);
    expect(await comeBack(place, answer, stranger.cookie), "another browser").toMatchObject(late);
    expect(await comeBack(place, changed("state", "x"), cookie), "another state").toMatchObject(late);
    const back = await comeBack(place, changed("return_to", "https://evil.example"), cookie);
    expect(back, "an address to go on to").toMatchObject({ isIn: true, to: "/dashboard" });
    expect(await comeBack(place, answer, cookie), "the same again").toMatchObject(late);
    const other = await begin(place);
    const code = new URL(answer).searchParams.get("code") ?? "";
    const replayed = new URL(await provider.answer(other.url));
    replayed.searchParams.set("code", code);
    expect(await comeBack(place, replayed.href, other.cookie), "a used code").toMatchObject({
      ...{ isIn: false, to: "/sign-in?problem=not-valid" },
    });

    const slow = await begin(place);
    const slowAnswer = await provider.answer(slow.url);
    const inTenMinutes = { ...place.context, clock: () => new Date(Date.now() + 600_000) };
    const later = await buildApp({
      ...appParts(inTenMinutes),
      openId: openIdProvider({ ...provider, name: "n" }),
    });
    expect(await comeBack({ ...place, app: later }, slowAnswer, slow.cookie), "too slow").toMatchObject(late);

    const headers = await ownerHeaders(place.app, place.context);
    const { entries } = (await place.app.inject({ url: "/api/audit", headers })).json<Audit>();
    const failed = entries.filter(({ verb }) => verb === "sign-in failed").map(({ detail }) => detail);
    expect(failed.filter((detail) => detail === "not-valid")).toHaveLength(7);
    expect(failed.filter((detail) => detail === "late")).toHaveLength(5);
  });

  it("comes back below the path under which people reach the server", async () => {
    const place = await start("sqlite", "/labs/tiebreak");
    const token = await inviteTo(place, "Ada");
    const { url, cookie, attributes } = await begin(place, { token });
    const answer = await provider.answer(url);
    expect(answer).toMatch(/^http:\/\/tiebreak\.test\/labs\/tiebreak\/openid\/callback\?/);
    expect(attributes?.path).toBe("/labs/tiebreak/openid/callback");
    expect(await comeBack(place, answer, cookie)).toMatchObject({
      to: "/labs/tiebreak/dashboard",
      isIn: true,
    });
  });

  it("still has passwords and owner links where the provider does not answer, or there is none", async () => {
    const gone = await startProvider();
    await gone.end();
    const context = await testContext("sqlite");
    const openId = openIdProvider({ ...gone, name: "Example ID" });
    await expect(openId.check()).rejects.toMatchObject({ problem: "unreachable" });
    const app = await buildApp({ ...appParts(context), openId });
    const call = { method: "POST", url: "/api/openid", headers: HOST, payload: {} } as const;
    expect((await app.inject(call)).json()).toMatchObject({ error: "OpenIdUnreachable" });
    expect(await session({ context, app }, await ownerHeaders(app, context))).toMatchObject({
      role: "owner",
    });
    const without = await buildApp(appParts(context));
    expect((await without.inject(call)).json()).toMatchObject({ error: "NoOpenId" });
    expect((await without.inject({ url: "/api/sign-in", headers: HOST })).json()).toEqual({ openId: null });
  });
});

describe("an account", () => {
  it("is connected by who has its password, with a person whom no other account has, and disconnected again", async () => {
    const place = await start();
    const { app } = place;
    const post = async (url: string, body: object, headers: Headers = HOST) =>
      app.inject({ method: "POST", url, headers, payload: body });
    const password = "correct horse battery";
    const token = await inviteTo(place, "Cy");
    const accepted = await post("/api/invitation/accept", { token, email: "cy@example.org", password });
    const secret = accepted.cookies.find(({ name }) => name === "tiebreak_session")?.value ?? "";
    const cy = { ...HOST, origin: ORIGIN, cookie: `tiebreak_session=${secret}` };
    expect((await post("/api/account/openid", {}, cy)).json()).toMatchObject({ error: "SignInRefused" });

    const connect = { url: "/api/account/openid", headers: cy };
    expect(await goThrough(place, { password }, connect)).toMatchObject({ to: "/account", isIn: false });
    const signedIn = await goThrough(place);
    expect(await session(place, signedIn.headers)).toMatchObject({ name: "Cy", via: "OpenID Connect" });

    provider.person = BEN;
    expect((await goThrough(place, { token: await inviteTo(place, "Ben") })).to).toBe("/dashboard");
    expect((await goThrough(place, { password }, connect)).to).toBe("/sign-in?problem=taken");

    const ways = (await app.inject({ url: "/api/account/sign-in", headers: cy })).json<{
      identities: { id: number; issuer: string }[];
    }>();
    expect(ways).toMatchObject({
      ...{ hasPassword: true, openId: { name: "Example ID" }, identities: [{ issuer: provider.issuer }] },
    });
    const remove = (headers: Headers, id: number) =>
      app.inject({ method: "DELETE", url: `/api/account/openid/${id}`, headers });
    const id = ways.identities[0]?.id ?? 0;
    const ben = (await goThrough(place)).headers;
    expect((await remove(ben, id)).json()).toMatchObject({ error: "NothingToRevoke" });
    expect((await remove(ben, id + 1)).json()).toMatchObject({ error: "LastWayToSignIn" });
    expect((await remove(cy, id)).json()).toMatchObject({ hasPassword: true, identities: [] });
    expect(await session(place, signedIn.headers)).toMatchObject({ error: "SignInNeeded" });
    provider.person = ADA;
    expect((await goThrough(place)).to).toBe("/sign-in?problem=unknown");
  });
});
