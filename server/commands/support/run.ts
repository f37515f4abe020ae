import { randomBytes } from "node:crypto";
import { type Config, type ConfigInput, readConfig } from "../../config.ts";
import { asCalled } from "./called-as.ts";
import type { Context } from "../../context.ts";
import type { Database } from "../../storage/database.ts";
import { migrate } from "../../storage/migrate.ts";
import { pooledBytes } from "./random-pool.ts";
import { isNew, openDatabase, type OpenOptions, withinReach } from "../../storage/open.ts";
import { runningServer, type ServerMark } from "../../storage/server-lock.ts";

export interface Invocation {
  readonly config: Config;
  readonly context: Context;
  /**
   * The address in links: the public one, else that of the server on the same database (it answers under no other
   * port), else this machine.
   */
  readonly origin: string;
  /** A warning about the address in a link: that it is assumed, or not the one asked for. */
  readonly originNotice: string | null;
}

export const say = (line: string): void => void process.stderr.write(`${asCalled(line)}\n`);
export function print(text: string): void {
  printed++;
  process.stdout.write(`${text}\n`);
}
/** Prints a message, with its example commands as they work where this command was started. */
export const printSaid = (text: string): void => print(asCalled(text));

/** How often this process has printed on standard output. */
export const timesPrinted = (): number => printed;
let printed = 0;

/** A command outlasts a restart of PostgreSQL. */
const PATIENCE_MS = 60_000;

/** A moment as it stands in the names of files. */
export const stampOf = (moment: Date): string => moment.toISOString().replace(/[:.]/g, "-");

/** Opens the database as it is, without bringing it up to date, runs one command on it and closes it. */
export async function withDatabaseAsItIs<T>(
  config: Config,
  use: (context: Context) => Promise<T>,
  options: Pick<OpenOptions, "cacheMb" | "logPages" | "make" | "patienceMs"> = {},
): Promise<T> {
  const patient = { patienceMs: PATIENCE_MS, tell: say, make: false, ...options };
  const context = contextOn(openDatabase(config.databaseUrl, patient));
  try {
    return await use(context);
  } finally {
    await context.database.close();
  }
}

/**
 * Opens the database, brings it up to date, runs one command on it and closes it.
 * @param options.make whether the command may create an SQLite file; others refuse a path without one
 * @throws NoDatabase, DatabaseUnusable, DatabaseUrlUnknown
 */
export async function withDatabase<T>(
  flags: ConfigInput,
  use: (run: Invocation) => Promise<T>,
  options: Pick<OpenOptions, "cacheMb" | "logPages" | "make" | "patienceMs"> = {},
): Promise<T> {
  const config = readConfig(flags, process.env);
  const isNewFile = options.make === true && isNew(config.databaseUrl);
  const updated = async (context: Context) => {
    const stamp = stampOf(context.clock());
    await withinReach(context.database, () => migrate(context.database, { say, stamp }));
    if (isNewFile) say(`Created the database ${config.databaseUrl}.`);
    const server = context.database.dialect.name === "sqlite" ? runningServer(context.database.place) : null;
    const address = addressOf(config, { server, isPortAsked: flags.port !== undefined });
    return use({ config, context, ...address });
  };
  return withDatabaseAsItIs(config, updated, options);
}

/** The address in links, and a warning about it. */
function addressOf(
  { publicUrl, port, isPortSaid }: Config,
  { server, isPortAsked }: { server: ServerMark | null; isPortAsked: boolean },
): Pick<Invocation, "origin" | "originNotice"> {
  if (publicUrl !== null) return { origin: publicUrl, originNotice: null };
  if (server !== null) {
    const { origin } = server;
    const differs = isPortAsked && new URL(origin).port !== String(port);
    const notice = `The server on this database runs at ${origin}, so the link has that address, not port ${port}.`;
    return { origin, originNotice: differs ? notice : null };
  }
  const origin = `http://127.0.0.1:${port}`;
  const notice = `No address was given, so the link assumes ${origin}. For another one: --public-url https://… or --port ….`;
  return { origin, originNotice: isPortSaid ? null : notice };
}

/** Prints the warning about the address in links, on standard error. */
export function tellOrigin({ originNotice }: Invocation): void {
  if (originNotice !== null) say(originNotice);
}

const contextOn = (database: Database): Context => ({
  database,
  clock: () => new Date(),
  randomBytes: pooledBytes(randomBytes),
});
