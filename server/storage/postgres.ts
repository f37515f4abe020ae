import { setTimeout as sleep } from "node:timers/promises";
import type { QueryResult } from "kysely";
import type pg from "pg";
import { type Connection, kyselyOn } from "./connection-dialect.ts";
import type { Database, Reader, Transaction } from "./database.ts";
import { postgresDialect } from "./dialect.ts";
import { CommitLost, DatabaseAway } from "./errors.ts";
import { endOf, openPool } from "./postgres-pool.ts";
import { Trouble } from "./trouble.ts";

/** A serialisation failure or a deadlock: nothing was written, the same again may pass. */
const TRANSIENT = new Set(["40001", "40P01"]);
const TRIES = 5;
/** A connection that ended alone is replaced at once; who waits longer than this for another is told. */
const PAUSE_TOLD_MS = 100;
const PAUSE_MAX_MS = 1000;

interface PostgresOptions {
  /** How long one that has answered before is waited for, in milliseconds. */
  readonly patienceMs: number;
  /** Told, once, that the database does not answer, and that it does again. */
  readonly tell: (line: string) => void;
}

/** Opens a pool on a PostgreSQL database; any number of server processes may do so at once. */
export function openPostgres(url: string, options: PostgresOptions): Database {
  return new PostgresDatabase(url, options);
}

/** Where a transaction was when its connection ended. */
type Stage = "beginning" | "under way" | "committing";

class ConnectionLost extends Error {
  constructor(
    readonly stage: Stage,
    options: ErrorOptions,
  ) {
    super(`The connection was lost: ${stage}.`, options);
  }
}

class PostgresDatabase implements Database {
  readonly dialect = postgresDialect;
  readonly place: string;
  readonly #pool: pg.Pool;
  readonly #options: PostgresOptions;
  readonly #trouble: Trouble;
  #hasAnswered = false;

  constructor(url: string, options: PostgresOptions) {
    this.place = url.replace(/:\/\/[^@/]*@/, "://");
    this.#options = options;
    this.#trouble = new Trouble(options.tell);
    this.#pool = openPool(url);
  }

  /** What `use` has done so far cannot be taken back here, so that a connection lost under way is told. */
  read<T>(use: (reader: Reader) => Promise<T>): Promise<T> {
    const begin = "begin isolation level repeatable read read only";
    return this.#repeatedly("read", () => this.#within(begin, use));
  }

  /** Until it commits, a transaction whose connection ends has done nothing: it is done again. */
  transact<T>(use: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#repeatedly("write", () => this.#within("begin", (reader) => use(reader as Transaction)));
  }

  /** PostgreSQL groups commits itself. */
  transactTogether<T>(use: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.transact(use);
  }

  async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }

  /** @throws CommitLost where nobody knows whether it was committed, DatabaseAway where patience is at its end */
  async #repeatedly<T>(kind: "read" | "write", attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1, waitedMs = 0; ; tries++) {
      try {
        const result = await attempt();
        this.#trouble.isOver(`${this.place} answers again.`);
        return result;
      } catch (error) {
        if (!(error instanceof ConnectionLost)) {
          if (!TRANSIENT.has(codeOf(error)) || tries >= TRIES) throw error;
          continue;
        }
        const { stage, cause } = error;
        if (kind === "write" && stage === "committing") throw new CommitLost({ cause });
        const pauseMs = Math.min(PAUSE_MAX_MS, 25 * 2 ** tries);
        if (pauseMs >= PAUSE_TOLD_MS) this.#trouble.is(`${this.place} does not answer: ${told(cause)}`);
        const mayRepeat = stage === "beginning" || kind === "write";
        if (!mayRepeat || waitedMs >= this.#options.patienceMs) throw new DatabaseAway(this.place, { cause });
        await sleep(pauseMs);
        waitedMs += pauseMs;
      }
    }
  }

  async #within<T>(begin: string, use: (reader: Reader) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let stage: Stage = "beginning";
    let isBroken = false;
    try {
      await client.query(begin);
      stage = "under way";
      const result = await use(readerOn(client));
      const end = endOf(client);
      if (end) throw end; // no commit was sent
      stage = "committing";
      const { command } = await client.query("commit");
      if (command !== "COMMIT") throw new CommitLost(); // one whose query failed is rolled back without an error
      return result;
    } catch (error) {
      isBroken = !(await isRolledBack(client));
      throw isBroken ? new ConnectionLost(stage, { cause: error }) : error;
    } finally {
      client.release(isBroken);
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      const client = await this.#pool.connect();
      this.#hasAnswered = true;
      return client;
    } catch (error) {
      if (!this.#hasAnswered || this.#pool.ending) throw error;
      throw new ConnectionLost("beginning", { cause: error });
    }
  }
}

const isRolledBack = (client: pg.PoolClient): Promise<boolean> =>
  client.query("rollback").then(
    () => true,
    () => false,
  );

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** What the driver says, in one line. */
const told = (error: unknown): string => {
  const said = error instanceof Error && error.message !== "" ? error.message : codeOf(error);
  return said.replace(/\s+/g, " ").replace(/\.?$/, ".");
};

/** The detail of a violation has the values of its row, which belong in no log. */
function throwWithoutValues(error: unknown): never {
  if (error instanceof Error && "detail" in error) delete error.detail;
  throw error;
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
      const result = await client.query<Record<string, unknown>>(query).catch(throwWithoutValues);
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
