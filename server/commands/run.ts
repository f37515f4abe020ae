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
   * The address that links carry: what was asked for, else that of the server beside us, else the default.
   * Asking for it says so where the default is only assumed.
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
    return await use(new Run(config, context, server));
  } finally {
    await context.database.close();
  }
}

class Run implements Invocation {
  readonly serverBeside: boolean;

  constructor(
    readonly config: Config,
    readonly context: Context,
    readonly server: ServerMark | null,
  ) {
    this.serverBeside = server !== null;
  }

  get origin(): string {
    const { publicUrl, port, isPortSaid } = this.config;
    const known = publicUrl ?? this.server?.origin;
    if (known !== undefined) return known;
    const assumed = `http://127.0.0.1:${port}`;
    if (!isPortSaid)
      say(`No address was given, so the link assumes ${assumed}. Elsewhere: PUBLIC_URL=https://… or PORT=….`);
    return assumed;
  }
}

export const contextOn = (database: Database): Context => ({
  database,
  clock: () => new Date(),
  randomBytes: pooledBytes(randomBytes),
});
