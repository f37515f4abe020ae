import { createRequire } from "node:module";
import type pg from "pg";
import { APPLICATION } from "./dialect.ts";

const CONNECTIONS_MAX = 20;

/** The driver is read in only where a PostgreSQL database is opened: others need not hold it in memory. */
const loadDriver = () => createRequire(import.meta.url)("pg") as typeof pg;

/** int8 and numeric come as numbers: no id or count here passes 2^53. */
function typesOf({ types }: typeof pg): pg.CustomTypesConfig {
  const asNumber: ReadonlySet<number> = new Set([types.builtins.INT8, types.builtins.NUMERIC]);
  return {
    getTypeParser: ((oid: number, format?: "text" | "binary"): unknown =>
      asNumber.has(oid) ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
  };
}

/**
 * A pool of connections to a PostgreSQL database. Each listens for its own end from its making: the driver tells of it
 * by an event, whatever the connection is doing then, and an event that nobody listens for ends the process.
 */
export function openPool(url: string): pg.Pool {
  const driver = loadDriver();
  class ListeningClient extends driver.Client {
    constructor(config?: pg.ClientConfig) {
      super(config);
      this.on("error", (error) => ended.set(this, error));
    }
  }
  const pool = new driver.Pool({
    ...{
      connectionString: url,
      max: CONNECTIONS_MAX,
      min: 1,
      keepAlive: true,
      application_name: APPLICATION,
    },
    ...{ types: typesOf(driver), Client: ListeningClient },
  });
  pool.on("error", ignore); // an idle connection that drops is replaced at the next use
  return pool;
}

const ignore = () => undefined;
const ended = new WeakMap<pg.ClientBase, Error>();

/** What the driver said when this connection ended; undefined where it has not. */
export const endOf = (client: pg.ClientBase): Error | undefined => ended.get(client);
