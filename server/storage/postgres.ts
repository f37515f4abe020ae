import { createRequire } from "node:module";
import type { QueryResult } from "kysely";
import type pg from "pg";
import { type Connection, kyselyOn } from "./connection-dialect.ts";
import type { Database, Reader, Transaction } from "./database.ts";
import { postgresDialect } from "./dialect.ts";

const CONNECTIONS_MAX = 20;
/** A serialisation failure or a deadlock: nothing was written, the same again may pass. */
const TRANSIENT = new Set(["40001", "40P01"]);
const TRIES = 5;

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

/** Opens a pool on a PostgreSQL database; any number of server processes may do so at once. */
export function openPostgres(url: string): Database {
  return new PostgresDatabase(url);
}

class PostgresDatabase implements Database {
  readonly dialect = postgresDialect;
  readonly place: string;
  readonly #pool: pg.Pool;

  constructor(url: string) {
    this.place = url.replace(/:\/\/[^@/]*@/, "://");
    const driver = loadDriver();
    this.#pool = new driver.Pool({ connectionString: url, max: CONNECTIONS_MAX, types: typesOf(driver) });
    this.#pool.on("error", () => undefined); // an idle connection that drops is replaced at the next use
  }

  read<T>(use: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#within("begin isolation level repeatable read read only", use);
  }

  async transact<T>(use: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#within("begin", (reader) => use(reader as Transaction));
      } catch (error) {
        const code = error instanceof Error && "code" in error ? String(error.code) : "";
        if (!TRANSIENT.has(code) || tries >= TRIES) throw error;
      }
    }
  }

  /** PostgreSQL groups commits itself. */
  transactTogether<T>(use: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.transact(use);
  }

  async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }

  async #within<T>(begin: string, use: (reader: Reader) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await use(readerOn(client));
      await client.query("commit");
      return result;
    } catch (error) {
      await client.query("rollback").catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

const readers = new WeakMap<pg.PoolClient, Reader>();

function readerOn(client: pg.PoolClient): Reader {
  let reader = readers.get(client);
  if (!reader) {
    reader = makeReader(client);
    readers.set(client, reader);
  }
  return reader;
}

function makeReader(client: pg.PoolClient): Reader {
  const connection: Connection = {
    async query(sql, values, name): Promise<QueryResult<unknown>> {
      const query = { text: sql, values: [...values], ...(name === undefined ? {} : { name }) };
      const result = await client.query<Record<string, unknown>>(query);
      return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) };
    },
  };
  const db = kyselyOn(connection, "postgres");
  return {
    db,
    dialect: postgresDialect,
    async run(statement, input) {
      const bound = statement.compiledFor(db, postgresDialect);
      const { rows } = await connection.query(bound.sql, bound.bind(input), bound.name);
      return rows as never;
    },
  };
}
