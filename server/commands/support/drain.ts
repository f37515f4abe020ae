import type { FastifyInstance } from "fastify";

/** How long requests under way have when the server is asked to stop. */
export const GRACE_MS = 10_000;

/**
 * Closes the server: it takes no new request, those under way have some time, then every connection is ended, whatever
 * it is waiting for.
 * @param options.atOnce aborted: the time is over
 */
export async function drain(
  app: FastifyInstance,
  options: { graceMs: number; atOnce: AbortSignal },
): Promise<void> {
  const end = () => app.server.closeAllConnections();
  const timer = setTimeout(end, options.graceMs);
  options.atOnce.addEventListener("abort", end, { once: true });
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
    options.atOnce.removeEventListener("abort", end);
  }
}
