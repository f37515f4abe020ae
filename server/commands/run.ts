import { randomBytes } from "node:crypto";
import { type Config, type ConfigInput, readConfig } from "../config.ts";
import type { Context } from "../context.ts";
import type { Database } from "../storage/database.ts";
import { migrate } from "../storage/migrate.ts";
import { pooledBytes } from "./random-pool.ts";
import { openDatabase } from "../storage/open.ts";
import { runningServer } from "../storage/server-lock.ts";

export interface Invocation {
  readonly config: Config;
  readonly context: Context;
  /** The address that links carry: what was asked for, else that of the server beside us, else the default. */
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
    await migrate(context.database, { say, stamp: context.clock().toISOString().replace(/[:.]/g, "-") });
    const server = context.database.dialect.name === "sqlite" ? runningServer(context.database.place) : null;
    const origin = config.publicUrl ?? server?.origin ?? `http://127.0.0.1:${config.port}`;
    return await use({ config, context, origin, serverBeside: server !== null });
  } finally {
    await context.database.close();
  }
}

export const contextOn = (database: Database): Context => ({
  database,
  clock: () => new Date(),
  randomBytes: pooledBytes(randomBytes),
});
