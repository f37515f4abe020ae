import type { FastifyInstance, FastifyRequest } from "fastify";
import { TiebreakError } from "../contract/errors.ts";

class HostUnknown extends TiebreakError {
  constructor() {
    super(
      "HostUnknown",
      421,
      "This server does not answer under that name. Start it with --public-url to allow it.",
    );
  }
}

class OriginUnknown extends TiebreakError {
  constructor() {
    super("OriginUnknown", 403, "This request came from another site.");
  }
}

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Answers only under the names it is meant to have, so that no rebound name and no other site reaches it:
 * the Host of every request and the Origin of every write are checked.
 */
export function guardOrigins(app: FastifyInstance, origins: () => readonly string[]): void {
  app.addHook("onRequest", (request, _reply, next) => {
    if (request.routeOptions.config.anyHost) return next();
    next(refusalOf(request, origins()) ?? undefined);
  });
}

function refusalOf(request: FastifyRequest, allowed: readonly string[]): TiebreakError | null {
  const { origin, host, cookie } = request.headers;
  const name = host?.toLowerCase(); // names of hosts have no case
  if (!allowed.some((one) => hostOf(one) === name)) return new HostUnknown();
  if (READS.has(request.method)) return null;
  const foreign = origin === undefined ? cookie !== undefined : !allowed.includes(origin);
  return foreign ? new OriginUnknown() : null;
}

const hosts = new Map<string, string>();

/** The host of an origin, as a request names it; the few origins of a server are taken apart once. */
function hostOf(origin: string): string {
  const host = hosts.get(origin) ?? new URL(origin).host;
  hosts.set(origin, host);
  return host;
}
