import { once } from "node:events";
import net from "node:net";
import type { FastifyInstance } from "fastify";
import type { Config } from "../../config.ts";
import { TiebreakError } from "../../contract/errors.ts";

/** The server cannot listen on the address and port of its settings. */
class CannotListen extends TiebreakError {
  constructor(message: string, options: ErrorOptions) {
    super("CannotListen", 409, message, options);
  }
}

/** Listens on the address and port of the settings. @throws CannotListen, which says what to do */
export async function listen(app: FastifyInstance, config: Config): Promise<void> {
  const { host, port } = config;
  await app.listen({ host, port }).catch((error: unknown) => refuse(error, config));
}

/** Before anything is made: listens for a moment. @throws CannotListen, as `listen` would */
export async function requireFreePort(config: Config): Promise<void> {
  const probe = net.createServer().listen(config.port, config.host);
  await once(probe, "listening").catch((error: unknown) => refuse(error, config));
  probe.close();
  await once(probe, "close");
}

function refuse(error: unknown, { host, port }: Config): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why = REASONS[code];
  throw why ? new CannotListen(why(host, port), { cause: error }) : error;
}

const REASONS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (_host, port) =>
    `Port ${port} is taken by another program. Stop that one, or choose another: PORT=${another(port)} npm start`,
  EACCES: (_host, port) =>
    `Port ${port} may not be used by this user. Choose one from 1024 on: PORT=8080 npm start`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}. Omit --host, or give 0.0.0.0 for all.`,
  ENOTFOUND: (host) => `--host: “${host}” is not an address of this machine. Give one, or omit it.`,
};

const another = (port: number): number => (port < 65_535 ? port + 1 : 8080);
