import { randomBytes } from "node:crypto";
import { type Config, type ConfigInput, readConfig } from "../config.ts";
import type { Context } from "../context.ts";
import type { Database } from "../storage/database.ts";
import { migrate } from "../storage/migrate.ts";
import { pooledBytes } from "./random-pool.ts";
import { openDatabase, withinReach } from "../storage/open.ts";
import { runningServer, type ServerMark } from "../storage/server-lock.ts";

export interface Invocation {
  readonly config: Config;
  readonly context: Context;
  /**
   * The address that links carry: the public one, else that of the server beside us (it answers under no other
   * port), else this machine. Asking for it says so where that is only assumed.
   */
  readonly origin: string;
  /** A server works on the same SQLite file. */
  readonly serverBeside: boolean;
}

export const say = (line: string): void => void process.stderr.write(`${line}\n`);
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Opens the database, brings it up to date, runs one command on it and closes it. */
export async function withDatabase<T>(
  flags: ConfigInput,
  use: (run: Invocation) => Promise<T>,
  options: { cacheMb?: number } = {},
): Promise<T> {
  const config = readConfig(flags, process.env);
  const context = contextOn(openDatabase(config.databaseUrl, options));
  try {
    const stamp = context.clock().toISOString().replace(/[:.]/g, "-");
    await withinReach(context.database, () => migrate(context.database, { say, stamp }));
    const server = context.database.dialect.name === "sqlite" ? runningServer(context.database.place) : null;
    return await use(new Run(config, context, { server, isPortAsked: flags.port !== undefined }));
  } finally {
    await context.database.close();
  }
}

class Run implements Invocation {
  readonly serverBeside: boolean;

  constructor(
    readonly config: Config,
    readonly context: Context,
    private readonly beside: { readonly server: ServerMark | null; readonly isPortAsked: boolean },
  ) {
    this.serverBeside = beside.server !== null;
  }

  get origin(): string {
    const { publicUrl, port, isPortSaid } = this.config;
    if (publicUrl !== null) return publicUrl;
    const local = `http://127.0.0.1:${port}`;
    const { server, isPortAsked } = this.beside;
    if (server !== null) {
      const { origin } = server;
      if (isPortAsked && new URL(origin).port !== String(port))
        say(`The server on this database runs at ${origin}, so the link carries that and not port ${port}.`);
      return origin;
    }
    if (!isPortSaid)
      say(
        `No address was given, so the link assumes ${local}. Elsewhere: --public-url https://… or --port ….`,
      );
    return local;
  }
}

export const contextOn = (database: Database): Context => ({
  database,
  clock: () => new Date(),
  randomBytes: pooledBytes(randomBytes),
});
