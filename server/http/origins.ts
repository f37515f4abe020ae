import type { FastifyInstance } from "fastify";
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
  app.addHook("onRequest", async (request) => {
    const allowed = origins();
    if (!allowed.some((origin) => new URL(origin).host === request.headers.host)) throw new HostUnknown();
    const { origin } = request.headers;
    if (READS.has(request.method)) return;
    if (origin !== undefined && !allowed.includes(origin)) throw new OriginUnknown();
    if (origin === undefined && request.headers.cookie !== undefined) throw new OriginUnknown();
  });
}
