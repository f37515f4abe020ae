import type { FastifyInstance } from "fastify";
import { describe, expect, it } from "vitest";
import { makeOwnerToken } from "../../../server/accounts/owner.ts";
import { hashPassword } from "../../../server/accounts/password.ts";
import type { Context } from "../../../server/context.ts";
import type { Audit } from "../../../server/contract/accounts.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { HOST, ORIGIN, ownerHeaders, testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { addMember, tokenHeaders } from "../../support/members.ts";

const PASSWORD = "correct horse battery";
/** A cost that no hash has outside tests. */
const CHEAP = { ln: 4, r: 8, p: 1 };
const OTHER = "another staple entirely";

interface Sent {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

const send = (app: FastifyInstance, url: string, { method = "GET", headers = HOST, body }: Sent = {}) =>
  app.inject({ method, url, headers, ...(body && { payload: body }) });

async function signIn(app: FastifyInstance, body: object, url = "/api/session") {
  const reply = await send(app, url, { method: "POST", body });
  const cookie = reply.cookies.find((one) => one.name === "tiebreak_session")?.value ?? "";
  return { reply, headers: { ...HOST, origin: ORIGIN, cookie: `tiebreak_session=${cookie}` } };
}

const fragmentOf = (url: string): string => url.split("#")[1] ?? "";

async function studyAnd(
  kind: "sqlite" | "postgres",
): Promise<{ context: Awaited<ReturnType<typeof testContext>>; app: FastifyInstance }> {
  const context = await testContext(kind);
  await createStudy(context, { name: "s" });
  return { context, app: await testApp(context) };
}

/** An owner who came by the link, and has made their account. */
async function withOwner(app: FastifyInstance, context: Context) {
  const headers = await ownerHeaders(app, context);
  const body = { name: "Ada", email: "Ada@Example.org", password: PASSWORD };
  expect((await send(app, "/api/account", { method: "POST", headers, body })).statusCode).toBe(200);
  return headers;
}

describe.each(["sqlite", "postgres"] as const)("accounts on %s", (kind) => {
  it("begin with who came by the owner link, and others by invitations of one use", async () => {
    const { context, app } = await studyAnd(kind);
    const owner = await withOwner(app, context);
    expect((await send(app, "/api/session", { headers: owner })).json()).toMatchObject({
      ...{ name: "Ada", email: "ada@example.org", role: "owner", via: "password" },
    });
    const made = await send(app, "/api/studies/s/invitations", {
      ...{ method: "POST", headers: owner, body: { name: "Ben from the lab", role: "viewer" } },
    });
    const token = fragmentOf(made.json<{ url: string }>().url);
    const shown = await send(app, "/api/invitation", { method: "POST", body: { token } });
    expect(shown.json()).toEqual({ name: "Ben from the lab", role: "viewer", study: "s", email: null });
    const ben = { token, name: "Ben", email: "ben@example.org", password: OTHER };
    const { headers } = await signIn(app, ben, "/api/invitation/accept");
    const again = await signIn(app, { ...ben, email: "eve@example.org" }, "/api/invitation/accept");
    expect(again.reply.json()).toMatchObject({ error: "InvitationNotValid" });
    expect((await send(app, "/api/session?study=s", { headers })).json()).toMatchObject({
      ...{ role: null, rights: ["view", "results"] },
    });
    await createStudy(context, { name: "hidden" });
    const listed = (await send(app, "/api/studies", { headers })).json<{ studies: { name: string }[] }>();
    expect(listed.studies.map(({ name }) => name)).toEqual(["s"]);
    const members = (await send(app, "/api/studies/s/members", { headers: owner })).json<object>();
    expect(members).toMatchObject({
      members: [{ name: "Ada" }, { name: "Ben", studies: [{ study: "s", role: "viewer" }] }],
      invitations: [{ state: "used", by: "Ada" }],
    });
    expect(JSON.stringify(members)).not.toContain(token);
  });

  it("keep the last owner, and end with their sessions and tokens", async () => {
    const { context, app } = await studyAnd(kind);
    const headers = await withOwner(app, context);
    const on = (url: string, method: "PATCH" | "DELETE", body: object) =>
      send(app, url, { method, headers, body });
    for (const [method, body] of [
      ["PATCH", { role: "viewer" }],
      ["PATCH", { role: null }],
      ["DELETE", { name: "Ada" }],
    ] as const)
      expect((await on("/api/members/1", method, body)).json()).toMatchObject({ error: "LastOwner" });
    const second = await addMember(context, { name: "Cy", role: "owner" });
    const program = await tokenHeaders(context, second);
    expect((await send(app, "/api/members", { headers: program })).statusCode).toBe(200);
    expect((await on(`/api/members/${second}`, "DELETE", { name: "Cy" })).statusCode).toBe(200);
    expect((await send(app, "/api/members", { headers: program })).statusCode).toBe(401);
  });

  it("slow down wrong passwords without locking out, and answer unknown addresses alike", async () => {
    const { context, app } = await studyAnd(kind);
    await addMember(context, { name: "Ada", phc: await hashPassword(PASSWORD, CHEAP) });
    const enter = async (email: string, password: string) => (await signIn(app, { email, password })).reply;
    const unknown = await enter("nobody@example.org", PASSWORD);
    const wrong = await enter("ada@example.org", OTHER);
    expect([wrong.statusCode, wrong.body]).toEqual([401, unknown.body]);
    for (let tries = 1; tries < 3; tries++) await enter("ada@example.org", OTHER);
    const slowed = await enter("ada@example.org", PASSWORD);
    expect([slowed.statusCode, slowed.json()]).toMatchObject([429, { error: "SignInSlowed" }]);
    context.advance(61_000);
    expect((await enter("ada@example.org", PASSWORD)).statusCode).toBe(200);
    const { password } = await context.database.read(({ db }) =>
      db.selectFrom("account").select("password").executeTakeFirstOrThrow(),
    );
    expect(password, "hashed again at today's cost").toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
    const { entries } = await auditOf(app, context);
    const signs = entries.filter(({ verb }) => verb.startsWith("sign-in failed"));
    expect(signs.map(({ who }) => who)).toEqual(["Ada", "Ada", "Ada", "unknown address"]);
  });

  it("leave no way back or further: not by links made before, by guessing, by a narrow token, or by somebody's number", async () => {
    const { context, app } = await studyAnd(kind);
    const owner = await withOwner(app, context);
    const second = await addMember(context, { name: "Cy", role: "owner" });
    const cy = await tokenHeaders(context, second);
    const post = async (url: string, headers: Record<string, string>, body?: object) =>
      (await send(app, url, { method: "POST", headers, ...(body && { body }) })).json<{
        url: string;
        error?: string;
      }>();
    const invited = (headers: Record<string, string>) =>
      post("/api/studies/s/invitations", headers, { name: "Friend", role: "viewer" });
    const links = [
      await post("/api/invitations", cy, { name: "Cy again", role: "owner" }),
      await post("/api/members/1/password-link", cy),
      await invited(cy),
    ].map(({ url }) => fragmentOf(url));
    const kept = fragmentOf((await invited(owner)).url);
    const narrow = await tokenHeaders(context, second, { scopes: ["administer"] });
    expect(await post("/api/members/1/password-link", narrow)).toMatchObject({ error: "GrantsTooMuch" });
    await send(app, `/api/members/${second}`, { method: "DELETE", headers: owner, body: { name: "Cy" } });
    for (const token of links)
      expect(await post("/api/invitation", HOST, { token })).toMatchObject({ error: "InvitationNotValid" });

    const guess = { token: kept, email: "ada@example.org", password: OTHER };
    const guessed = [];
    for (let tries = 0; tries < 4; tries++)
      guessed.push((await post("/api/invitation/accept", HOST, guess)).error);
    expect(guessed).toEqual(["SignInRefused", "SignInRefused", "SignInRefused", "SignInSlowed"]);

    const head = await addMember(context, { name: "Di", studies: { s: "owner" } });
    const stranger = await addMember(context, { name: "Eve" });
    const of = {
      headers: await tokenHeaders(context, head),
      method: "PATCH",
      body: { role: "viewer" },
    } as const;
    expect((await send(app, `/api/studies/s/members/${stranger}`, of)).json()).toMatchObject({
      error: "AccountNotFound",
    });
    expect(
      (await send(app, `/api/studies/s/members/${stranger}`, { ...of, headers: owner })).statusCode,
    ).toBe(200);
  });

  it("end every other session with a new password, by themselves or by a link", async () => {
    const { context, app } = await studyAnd(kind);
    const owner = await withOwner(app, context);
    const other = (await signIn(app, { email: "ada@example.org", password: PASSWORD })).headers;
    const status = async (headers: Record<string, string>) =>
      (await send(app, "/api/sessions", { headers })).statusCode;
    const body = { current: PASSWORD, password: OTHER };
    const changed = await send(app, "/api/account/password", { method: "POST", headers: owner, body });
    expect([changed.statusCode, await status(owner), await status(other)]).toEqual([200, 200, 401]);
    const made = await send(app, "/api/members/1/password-link", { method: "POST", headers: owner });
    const token = fragmentOf(made.json<{ url: string }>().url);
    const { headers } = await signIn(app, { token, password: PASSWORD }, "/api/invitation/accept");
    expect([await status(owner), await status(headers)]).toEqual([401, 200]);
  });
});

const auditOf = async (app: FastifyInstance, context: Context) =>
  (await send(app, "/api/audit?limit=1000", { headers: await tokenHeaders(context, null) })).json<Audit>();

describe("tokens for programs", () => {
  it("may what their scopes and their holder's present role have in common, without Origin or cookie", async () => {
    const { context, app } = await studyAnd("sqlite");
    await createStudy(context, { name: "other" });
    const id = await addMember(context, { name: "Ada", role: "researcher" });
    const headers = await tokenHeaders(context, id, { scopes: ["view", "edit"], study: "s" });
    const patch = (study: string) =>
      send(app, `/api/studies/${study}/protocol`, { method: "PATCH", headers, body: {} });
    expect((await patch("s")).statusCode).toBe(200);
    expect((await patch("other")).statusCode).toBe(403);
    const unseen = await send(app, "/api/studies/s", { headers });
    expect(unseen.statusCode).toBe(403);
    expect(unseen.body).toContain("The scopes of this token");
    await context.database.transact(({ db }) =>
      db.updateTable("account").set({ role: "viewer" }).where("id", "=", id).execute(),
    );
    expect((await patch("s")).statusCode).toBe(403);
    const minted = { method: "POST" as const, headers, body: { name: "more", scopes: ["view"] } };
    expect((await send(app, "/api/tokens", minted)).json()).toMatchObject({ error: "NotByToken" });
  });

  it("are made within one's rights, shown once, end by themselves, and can be revoked", async () => {
    const { context, app } = await studyAnd("sqlite");
    const owner = await ownerHeaders(app, context);
    const made = await send(app, "/api/tokens", {
      ...{ method: "POST", headers: owner, body: { name: "notebook", scopes: ["results"], days: 2 } },
    });
    const { token, about } = made.json<{ token: string; about: { id: number } }>();
    expect(token).toMatch(/^tiebreak_[A-Za-z0-9_-]{43}$/);
    const headers = { ...HOST, authorization: `Bearer ${token}` };
    const read = async () => (await send(app, "/api/studies/s", { headers })).statusCode;
    expect(await read()).toBe(200);
    const list = (await send(app, "/api/tokens", { headers: owner })).body;
    expect(list).not.toContain(token);
    expect(JSON.parse(list)).toMatchObject({ tokens: [{ startsWith: token.slice(0, 13), state: "valid" }] });
    context.advance(49 * 3_600_000);
    expect(await read()).toBe(401);
    context.advance(-49 * 3_600_000);
    await send(app, `/api/tokens/${about.id}`, { method: "DELETE", headers: owner });
    expect(await read()).toBe(401);
    const viewer = await addMember(context, {
      name: "V",
      role: "viewer",
      phc: await hashPassword(PASSWORD, CHEAP),
    });
    expect(viewer).toBeGreaterThan(0);
    const { headers: own } = await signIn(app, { email: "v@example.org", password: PASSWORD });
    const wide = { method: "POST" as const, headers: own, body: { name: "w", scopes: ["edit"] } };
    expect((await send(app, "/api/tokens", wide)).json()).toMatchObject({ error: "ScopeTooWide" });
  });
});

describe("the audit", () => {
  it("has changes, sign-ins and readings of results, with no text and no secret, page by page", async () => {
    const { context, app } = await studyAnd("sqlite");
    const owner = await withOwner(app, context);
    for (let times = 0; times < 2; times++) await send(app, "/api/studies/s/report", { headers: owner });
    await createStudy(context, { name: "read as a file" });
    await send(app, "/api/studies/read%20as%20a%20file/report/csv", { headers: owner });
    const patch = {
      wording: { en: { question: "SECRET text?", left: "A", tie: "=", right: "B", guidelines: null } },
    };
    await send(app, "/api/studies/s/protocol", { method: "PATCH", headers: owner, body: patch });
    const member = await addMember(context, { name: "Ben", role: "viewer" });
    await send(app, `/api/members/${member}`, {
      method: "PATCH",
      headers: owner,
      body: { role: "coordinator" },
    });
    const inStudy = { method: "PATCH" as const, headers: owner, body: { role: "viewer" } };
    await send(app, `/api/studies/s/members/${member}`, inStudy);
    await send(app, "/api/studies/s", { method: "PATCH", headers: owner, body: { name: "t" } });
    await signIn(app, { token: await makeOwnerToken(context).then((token) => `${token}x`) });
    const audit = await auditOf(app, context);
    expect(
      audit.entries.map(({ who, via, verb, study, object, detail }) => [
        who,
        via,
        verb,
        study,
        object,
        detail,
      ]),
    ).toEqual([
      ["unknown link", "owner link", "sign-in failed", null, null, null],
      ["Ada", "password", "rename study", "s", null, "s → t"],
      ["Ada", "password", "change study member", "s", "Ben", "none → viewer"],
      ["Ada", "password", "change member", null, "Ben", "viewer → coordinator"],
      ["Ada", "password", "change protocol", "s", null, null],
      ["Ada", "password", "read results", "read as a file", null, null],
      ["Ada", "password", "read results", "s", null, null],
      ["owner", "owner link", "create account", null, null, null],
      ["owner", "owner link", "sign in", null, null, null],
    ]);
    expect(JSON.stringify(audit)).not.toMatch(/SECRET|correct horse/);
    const headers = await tokenHeaders(context, null);
    const pages: Audit["entries"] = [];
    for (let next: string | null = ""; next !== null;) {
      const before = next === "" ? "" : `&before=${encodeURIComponent(next)}`;
      const page: Audit = (await send(app, `/api/audit?limit=2${before}`, { headers })).json<Audit>();
      pages.push(...page.entries);
      next = page.next;
    }
    expect(pages).toEqual(audit.entries);
  });
});
