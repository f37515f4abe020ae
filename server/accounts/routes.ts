import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Context, now } from "../context.ts";
import {
  accountCreateSchema,
  passwordChangeSchema,
  sessionSchema,
  sessionsSchema,
  type SessionView,
  signInSchema,
} from "../contract/accounts.ts";
import { RIGHTS } from "../contract/rights.ts";
import { access, type Caller, callerOf, SESSION_COOKIE } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { auditRoutes } from "./audit-routes.ts";
import { NeedsAccount, NotByOwnerLink, NotByToken, NothingToRevoke } from "./errors.ts";
import { invitationRoutes } from "./invitation-routes.ts";
import { memberRoutes } from "./member-routes.ts";
import { createOwner } from "./members.ts";
import type { OpenIdProvider } from "./openid/provider.ts";
import { openIdRoutes } from "./openid/routes.ts";
import { openByOwnerLink } from "./owner.ts";
import { browserName, endSessionsIn, type Opened } from "./sessions.ts";
import { changePassword, signIn } from "./sign-in.ts";
import { tokenRoutes } from "./token-routes.ts";

/** Of sign-ins, accepted invitations and changes of a password, from one address. */
const SIGN_INS_PER_MINUTE = 10;
const doneSchema = z.strictObject({ done: z.literal(true) });
const DONE = { done: true } as const;

interface AccountOptions {
  /** Whether the session's cookie is for https alone. */
  readonly secure: boolean;
  /** Below which path it is sent. */
  readonly path: string;
  /** The address that links carry. */
  readonly origin: () => string;
  /** The path of that, without a slash at the end. */
  readonly basePath: string;
  /** Null: nobody signs in elsewhere. */
  readonly openId: OpenIdProvider | null;
}

/** Signing in and out, and everything about who may do what. */
export function accountRoutes(context: Context, options: AccountOptions): FastifyPluginAsyncZod {
  const { secure, path, origin, basePath, openId: provider } = options;
  const cookie = { secure, path, httpOnly: true, sameSite: "strict" } as const;
  const limited = { rateLimit: { max: SIGN_INS_PER_MINUTE, timeWindow: "1 minute" } };
  const cookieOf = ({ secret, maxAgeS }: Opened) =>
    [SESSION_COOKIE, secret, { ...cookie, maxAge: maxAgeS }] as const;
  return async (app) => {
    app.post(
      "/api/session",
      {
        config: { ...access("public").config, ...limited },
        schema: { body: signInSchema, response: replies(doneSchema) },
      },
      async (request, reply) => {
        const { body } = request;
        const browser = browserName(request.headers["user-agent"]);
        const opened =
          "token" in body
            ? await openByOwnerLink(context, { token: body.token, browser })
            : await signIn(context, { ...body, browser, address: request.ip });
        reply.setCookie(...cookieOf(opened));
        return DONE;
      },
    );
    app.get(
      "/api/session",
      {
        ...access("member"),
        schema: {
          querystring: z.strictObject({ study: z.string().max(100).optional() }),
          response: replies(sessionSchema),
        },
      },
      async (request) => sessionView(context, callerOf(request), request.query.study ?? null),
    );
    app.delete(
      "/api/session",
      { ...access("member"), schema: { response: replies(doneSchema) } },
      async (request, reply) => {
        const { accountId, sessionId } = signedInBrowser(callerOf(request));
        await context.database.transact((tx) => endSessionsIn(tx, { accountId, id: sessionId }));
        reply.clearCookie(SESSION_COOKIE, cookie);
        return DONE;
      },
    );
    await app.register(ownAccountRoutes(context, limited));
    await app.register(sessionRoutes(context));
    await app.register(tokenRoutes(context));
    await app.register(memberRoutes(context, { origin }));
    await app.register(invitationRoutes(context, { limited, cookieOf }));
    await app.register(openIdRoutes(context, { provider, limited, secure, origin, basePath, cookieOf }));
    await app.register(auditRoutes(context));
  };
}

/** The first account, and one's own password. */
function ownAccountRoutes(
  context: Context,
  limited: { rateLimit: { max: number; timeWindow: string } },
): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/api/account",
      { ...access("administer"), schema: { body: accountCreateSchema, response: replies(sessionSchema) } },
      async (request) => {
        const { accountId, sessionId } = signedInBrowser(callerOf(request));
        if (accountId !== null) throw new NotByOwnerLink();
        await createOwner(context, { ...request.body, sessionId });
        const { name, email } = request.body;
        return { name, email, role: "owner" as const, via: "password" as const, rights: [...RIGHTS] };
      },
    );
    app.post(
      "/api/account/password",
      {
        config: { ...access("member").config, ...limited },
        schema: { body: passwordChangeSchema, response: replies(doneSchema) },
      },
      async (request) => {
        const { accountId, sessionId } = signedInBrowser(callerOf(request));
        if (accountId === null) throw new NeedsAccount();
        await changePassword(context, { ...request.body, accountId, sessionId, address: request.ip });
        return DONE;
      },
    );
  };
}

/** Where somebody is signed in, and the end of that. */
function sessionRoutes(context: Context): FastifyPluginAsyncZod {
  const params = z.strictObject({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
  return async (app) => {
    app.get(
      "/api/sessions",
      { ...access("member"), schema: { response: replies(sessionsSchema) } },
      async (request) => ({ sessions: await sessionsOf(context, signedInBrowser(callerOf(request))) }),
    );
    app.delete(
      "/api/sessions/:id",
      { ...access("member"), schema: { params, response: replies(sessionsSchema) } },
      async (request) => {
        const browser = signedInBrowser(callerOf(request));
        const of = { accountId: browser.accountId, id: request.params.id };
        const ended = await context.database.transact((tx) => endSessionsIn(tx, of));
        if (ended === 0) throw new NothingToRevoke("session");
        return { sessions: await sessionsOf(context, browser) };
      },
    );
  };
}

/** The session of a caller: what concerns signing in is no business of a token. @throws NotByToken */
function signedInBrowser({ accountId, sessionId }: Caller): { accountId: number | null; sessionId: number } {
  if (sessionId === null) throw new NotByToken();
  return { accountId, sessionId };
}

async function sessionsOf(
  context: Context,
  { accountId, sessionId }: { accountId: number | null; sessionId: number },
) {
  const rows = await context.database.read(({ db }) =>
    db
      .selectFrom("session")
      .select(["id", "browser", "created_at as createdAt", "used_at as usedAt", "expires_at as expiresAt"])
      .where("account_id", accountId === null ? "is" : "=", accountId)
      .where("expires_at", ">", now(context))
      .orderBy("id", "desc")
      .execute(),
  );
  return rows.map((row) => ({ ...row, isThis: row.id === sessionId }));
}

async function sessionView(context: Context, caller: Caller, study: string | null): Promise<SessionView> {
  const { name, accountId, via, rightsIn } = caller;
  const account = await context.database.read(({ db }) =>
    db
      .selectFrom("account")
      .select(["email", "role"])
      .where("id", "=", accountId ?? 0)
      .executeTakeFirst(),
  );
  const rights = await rightsIn(study);
  return {
    name,
    email: account?.email ?? null,
    role: accountId === null ? "owner" : (account?.role ?? null),
    via,
    rights: RIGHTS.filter((right) => rights.has(right)),
  };
}
