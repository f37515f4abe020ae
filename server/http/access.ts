import type {} from "@fastify/cookie";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { TiebreakError } from "../contract/errors.ts";

/**
 * Who may call a route. `annotator` and `reader` bring a bearer token that the use case checks against its
 * own object; `owner` brings the session's cookie; `public` is for pages and for exchanging a link.
 */
export type Role = "public" | "annotator" | "owner" | "reader";

export const SESSION_COOKIE = "tiebreak_session";

declare module "fastify" {
  interface FastifyContextConfig {
    role?: Role;
    /** Answered under whatever name the request gives the server; others are refused (origins.ts). */
    anyHost?: boolean;
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
      "Open the dashboard with an owner link. Create one with: npx tiebreak owner-link",
    );
  }
}

/** Names a route's role: spread into its options. A route without one is refused at start. */
export const access = (role: Role) => ({ config: { role } });

/** Denies by default: every route names its role, and an owner's route is closed to everybody else. */
export function guardRoutes(app: FastifyInstance, isOwner: OwnerCheck): void {
  app.addHook("onRoute", (route) => {
    if (route.config?.role === undefined) throw new Error(`${route.url} names no role.`);
  });
  app.addHook("onRequest", (request, _reply, next) => {
    const { role } = request.routeOptions.config;
    if (role === "owner") {
      isOwner(request).then((yes) => next(yes ? undefined : new SignInNeeded()), next);
      return;
    }
    if (role === "annotator") bearerOf(request);
    next();
  });
}

export type OwnerCheck = (request: FastifyRequest) => Promise<boolean>;

/** The bearer token of a request. @throws TokenMissing */
export function bearerOf(request: FastifyRequest): string {
  const match = /^Bearer ([A-Za-z0-9_-]{20,64})$/.exec(request.headers.authorization ?? "");
  if (!match?.[1]) throw new TokenMissing();
  return match[1];
}
