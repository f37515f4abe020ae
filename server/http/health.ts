import type { FastifyInstance } from "fastify";
import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../context.ts";
import { isUpToDate } from "../storage/migrate.ts";
import { access } from "./access.ts";

/** How long the database has for its answer, in milliseconds: who asks waits seldom longer. */
const PATIENCE_MS = 2000;

/**
 * `/healthz`: the process is alive. `/readyz`: it can serve, or 503 with the one reason why not. Both answer under any
 * name, since whoever watches over servers calls them by their addresses.
 * @param stopping aborted once the server was asked to stop
 */
export function serveHealth(
  app: FastifyInstance,
  { context, stopping }: { context: Context; stopping: AbortSignal | undefined },
): void {
  const options = { config: { ...access("public").config, anyHost: true } };
  app.get("/healthz", options, (_request, reply) =>
    reply.header("cache-control", "no-store").send("alive\n"),
  );
  app.get("/readyz", options, async (_request, reply) => {
    const reason = stopping?.aborted ? "The server is stopping." : await databaseFault(context);
    reply.header("cache-control", "no-store").type("text/plain");
    return reply.code(reason === null ? 200 : 503).send(`${reason ?? "ready"}\n`);
  });
}

async function databaseFault({ database }: Context): Promise<string | null> {
  const away = "The database does not answer.";
  const late = new AbortController();
  const ask = database
    .read(isUpToDate)
    .then((yes) => (yes ? null : "The database is of another version: update it, or this server."))
    .catch(() => away);
  const patience = sleep(PATIENCE_MS, away, { signal: late.signal }).catch(() => away);
  return Promise.race([ask, patience]).finally(() => late.abort());
}
