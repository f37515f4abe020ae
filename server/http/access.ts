import type {} from "@fastify/cookie";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { TiebreakError } from "../contract/errors.ts";
import type { Right } from "../contract/rights.ts";

/**
 * Who may call a route. A right is held by members: in the study that the route names, else in the instance. `member` is anybody
 * who is signed in. `annotator` and `reader` bring a bearer token that the use case checks against its own object; a reader may
 * also be a member who may see results. `public` is for pages and for exchanging a link.
 */
export type Access = "public" | "annotator" | "reader" | "member" | Right;

/** The accesses that a bearer token of an annotator or a results link can meet, or nothing has to. */
const WITHOUT_ACCOUNT: ReadonlySet<Access> = new Set(["public", "annotator", "reader"]);

/** Somebody who is signed in, or a program of theirs. */
export interface Caller {
  /** As the records of changes name them; `owner` for who came by an owner link. */
  readonly name: string;
  /** Null: by an owner link, or a token made on the server's machine. */
  readonly accountId: number | null;
  readonly via: "owner link" | "password" | "OpenID Connect" | "token";
  /** The session's id; null for a token. */
  readonly sessionId: number | null;
  /** What they may in a study, and with null in the instance; nothing in a study that does not exist for them. */
  readonly rightsIn: (study: string | null) => Promise<ReadonlySet<Right>>;
}

/** Who sent a request; null: nobody who is signed in. */
export type Identify = (request: FastifyRequest) => Promise<Caller | null>;

export const SESSION_COOKIE = "tiebreak_session";

declare module "fastify" {
  interface FastifyContextConfig {
    access?: Access;
    /** The media types of a reply that is a file. */
    produces?: readonly string[];
    /** Answered under whatever name the request gives the server; others are refused (origins.ts). */
    anyHost?: boolean;
  }
  interface FastifyRequest {
    /** Who is signed in; null on routes that need nobody to be. */
    caller: Caller | null;
    /**
     * What a change changed, in short, for the audit: the object and what it was before and is now. No names of annotators, since
     * erasing them does not reach the audit.
     */
    changed: { readonly object?: string; readonly detail?: string } | null;
  }
}

class TokenMissing extends TiebreakError {
  constructor() {
    super("TokenMissing", 401, "Open this page with your own link.");
  }
}

export class SignInNeeded extends TiebreakError {
  constructor() {
    super(
      "SignInNeeded",
      401,
      "Sign in, or open the dashboard with an owner link. Create one with: npx tiebreak owner-link",
    );
  }
}

class NotAllowed extends TiebreakError {
  constructor(right: string, { via }: Caller) {
    const why =
      via === "token"
        ? `The scopes of this token, or the role of its holder, do not include this (it needs “${right}”).`
        : `Your role does not include this (it needs “${right}”). Ask an owner.`;
    super("NotAllowed", 403, why);
  }
}

/** Names who may call a route: spread into its options. A route without it is refused at start. */
export const access = (who: Access) => ({ config: { access: who } });

/** Denies by default: every route names its access, and one that needs a right is closed to who lacks it. */
export function guardRoutes(app: FastifyInstance, identify: Identify): void {
  app.decorateRequest("caller", null);
  app.decorateRequest("changed", null);
  app.addHook("onRoute", (route) => {
    if (route.config?.access === undefined) throw new Error(`${route.url} names no access.`);
  });
  app.addHook("onRequest", async (request) => {
    const needed = request.routeOptions.config.access;
    if (needed === undefined || needed === "public") return; // undefined: an address under which there is nothing
    if (needed === "annotator") return void bearerOf(request);
    request.caller = await identify(request);
    if (WITHOUT_ACCOUNT.has(needed)) return;
    if (request.caller === null) throw new SignInNeeded();
    if (needed !== "member") await requireRight(request, needed as Right);
  });
}

/** The signed-in caller of a request to a route that needs one. @throws SignInNeeded */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new SignInNeeded();
  return request.caller;
}

/** Whom the records of changes name for a request. */
export const nameOf = (request: FastifyRequest): string => callerOf(request).name;

/**
 * @param study by default the one that the route names; null: the instance
 * @throws SignInNeeded, NotAllowed where the caller lacks a right
 */
export async function requireRight(
  request: FastifyRequest,
  right: Right,
  study: string | null = studyIn(request),
): Promise<void> {
  const caller = callerOf(request);
  const rights = await caller.rightsIn(study);
  if (!rights.has(right)) throw new NotAllowed(right, caller);
}

/** The study that a route's address names; null: none. */
export function studyIn(request: FastifyRequest): string | null {
  const { study } = (request.params ?? {}) as { study?: string };
  return study ?? null;
}

/** The bearer token of a request. @throws TokenMissing */
export function bearerOf(request: FastifyRequest): string {
  const token = bearerIn(request);
  if (token === null) throw new TokenMissing();
  return token;
}

/** The bearer token of a request; null: none, or none of ours. */
export const bearerIn = (request: FastifyRequest): string | null =>
  /^Bearer ([A-Za-z0-9_-]{20,64})$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
