import type { CookieSerializeOptions } from "@fastify/cookie";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../../context.ts";
import {
  accountWaysSchema,
  openIdBeginSchema,
  openIdBegunSchema,
  openIdConnectSchema,
  type OpenIdProblem,
  signInWaysSchema,
} from "../../contract/openid.ts";
import { access, type Caller, callerOf } from "../../http/access.ts";
import { replies } from "../../http/errors.ts";
import { record } from "../audit.ts";
import { NeedsAccount, NoOpenId, NotByToken, OpenIdUnreachable } from "../errors.ts";
import { showInvitation } from "../invitations.ts";
import { browserName, hashOf, OPENID, type Opened } from "../sessions.ts";
import { checkOwnPassword } from "../sign-in.ts";
import { beginFlow, FLOW_S, type Purpose, takeFlow } from "./flows.ts";
import { arrive, disconnect, NotSignedIn, waysOf } from "./identities.ts";
import { type OpenIdProvider, ProviderFailed } from "./provider.ts";

/** Where the provider sends the browser back to, below the server's address. */
const CALLBACK = "/openid/callback";
/** Of ways there and of ways back, from one address, which a whole institute may share; no password is tried by them. */
const PER_MINUTE = 60;
const often = { rateLimit: { max: PER_MINUTE, timeWindow: "1 minute" } };
const FLOW_COOKIE = "tiebreak_openid";

interface OpenIdOptions {
  /** Null: this server has none. */
  readonly provider: OpenIdProvider | null;
  /** For what tries a password. */
  readonly limited: { readonly rateLimit: { max: number; timeWindow: string } };
  readonly secure: boolean;
  /** The address that people reach the server under, as configured: no address of a request goes to the provider. */
  readonly origin: () => string;
  /** The path of that, without a slash at the end. */
  readonly basePath: string;
  /** The session's cookie for somebody who has just signed in. */
  readonly cookieOf: (opened: Opened) => readonly [string, string, CookieSerializeOptions];
}

/** Signing in at an OpenID provider: the way there, the way back, and what of an account it is connected with. */
export function openIdRoutes(context: Context, options: OpenIdOptions): FastifyPluginAsyncZod {
  const { limited } = options;
  const begun = beginning(context, options);
  return async (app) => {
    await app.register(callbackRoute(context, options));
    await app.register(ownIdentityRoutes(context, options));
    app.get(
      "/api/sign-in",
      { ...access("public"), schema: { response: replies(signInWaysSchema) } },
      async () => ({ openId: namedProvider(options) }),
    );
    app.post(
      "/api/openid",
      {
        config: { ...access("public").config, ...often },
        schema: { body: openIdBeginSchema, response: replies(openIdBegunSchema) },
      },
      async (request, reply) => {
        const { token, name = null, email = null } = request.body;
        if (token !== undefined) await showInvitation(context, token); // it may have ended
        const invitationHash = token === undefined ? null : hashOf(token);
        const { url, cookie } = await begun({ invitationHash, sessionId: null, name, email });
        reply.setCookie(...cookie);
        return { url };
      },
    );
    app.post(
      "/api/account/openid",
      {
        config: { ...access("member").config, ...limited },
        schema: { body: openIdConnectSchema, response: replies(openIdBegunSchema) },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const { accountId, sessionId } = caller;
        if (sessionId === null) throw new NotByToken();
        const { password = "", name = null, email = null } = request.body;
        if (accountId !== null && (await waysOf(context, accountId)).hasPassword)
          await checkOwnPassword(context, { accountId, password, address: request.ip });
        const { url, cookie } = await begun({ invitationHash: null, sessionId, name, email });
        reply.setCookie(...cookie);
        return { url };
      },
    );
  };
}

const namedProvider = ({ provider }: OpenIdOptions) => (provider === null ? null : { name: provider.name });

/** The cookie is sent with the way back, which begins on the provider's site, so it cannot be as strict as the session's. */
const flowCookie = ({ secure, basePath }: OpenIdOptions): CookieSerializeOptions => ({
  ...{ secure, path: `${basePath}${CALLBACK}`, httpOnly: true, sameSite: "lax" },
});

const beginning = (context: Context, options: OpenIdOptions) => async (purpose: Purpose) => {
  const { provider, origin } = options;
  if (provider === null) throw new NoOpenId();
  const { secret, challenge } = await beginFlow(context, purpose);
  const url = await provider.begin(origin() + CALLBACK, challenge).catch((error: unknown) => {
    if (error instanceof ProviderFailed) throw new OpenIdUnreachable(provider.name);
    throw error;
  });
  return { url, cookie: [FLOW_COOKIE, secret, { ...flowCookie(options), maxAge: FLOW_S }] as const };
};

/** The way back from the provider. It leads to pages of ours alone, whatever the address asks for. */
function callbackRoute(context: Context, options: OpenIdOptions): FastifyPluginAsyncZod {
  const { provider, origin, basePath, cookieOf } = options;
  return async (app) => {
    app.get(CALLBACK, { config: { ...access("public").config, ...often } }, async (request, reply) => {
      if (provider === null) throw new NoOpenId();
      const back = (path: string) => reply.header("cache-control", "no-store").redirect(basePath + path, 303);
      const { search, searchParams } = new URL(request.url, origin());
      try {
        const given = { secret: request.cookies[FLOW_COOKIE], state: searchParams.get("state") };
        const flow = await takeFlow(context, given);
        if (flow === null) throw new NotSignedIn("late");
        reply.clearCookie(FLOW_COOKIE, flowCookie(options));
        const person = await provider.finish(new URL(origin() + CALLBACK + search), flow.challenge);
        const browser = browserName(request.headers["user-agent"]);
        const opened = await arrive(context, { person, purpose: flow.purpose, browser });
        if (opened === null) return back("/account");
        reply.setCookie(...cookieOf(opened));
        return back("/dashboard");
      } catch (error) {
        const problem = problemOf(error);
        if (error instanceof ProviderFailed) request.log.warn(`OpenID Connect: ${error.message}`);
        const event = { who: "unknown person", via: OPENID, verb: "sign-in failed", detail: problem };
        await record(context, { ...event, request: request.id });
        return back(`/sign-in?problem=${problem}`);
      }
    });
  };
}

function problemOf(error: unknown): OpenIdProblem {
  if (error instanceof NotSignedIn || error instanceof ProviderFailed) return error.problem;
  throw error;
}

/** How one's own account signs in, and the end of one way. */
function ownIdentityRoutes(context: Context, options: OpenIdOptions): FastifyPluginAsyncZod {
  const params = z.strictObject({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
  const ways = async ({ accountId }: Caller) => ({
    openId: namedProvider(options),
    ...(await waysOf(context, accountId)),
  });
  return async (app) => {
    app.get(
      "/api/account/sign-in",
      { ...access("member"), schema: { response: replies(accountWaysSchema) } },
      async (request) => ways(callerOf(request)),
    );
    app.delete(
      "/api/account/openid/:id",
      { ...access("member"), schema: { params, response: replies(accountWaysSchema) } },
      async (request) => {
        const caller = callerOf(request);
        const { accountId, sessionId } = caller;
        if (sessionId === null) throw new NotByToken();
        if (accountId === null) throw new NeedsAccount();
        await disconnect(context, { accountId, sessionId, id: request.params.id });
        return ways(caller);
      },
    );
  };
}
