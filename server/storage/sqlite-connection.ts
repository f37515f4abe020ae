import type { Database as Handle, Statement } from "better-sqlite3";
import type { QueryResult } from "kysely";
import { LRUCache } from "lru-cache";
import { kyselyOn, type Connection } from "./connection-dialect.ts";
import type { Reader } from "./database.ts";
import { sqliteDialect } from "./dialect.ts";
import { loadSqliteDriver } from "./sqlite-driver.ts";
import type { Statement as PreparedQuery } from "./statement.ts";

/** How many changed pages of 4 kB may wait for the commit in memory, beyond the cache too: below, none is written twice. */
const UNCOMMITTED_PAGES = 12_000;

/** One open SQLite handle that keeps its prepared statements, and the reader on it. */
export class SqliteConnection implements Connection {
  readonly handle: Handle;
  readonly reader: Reader;
  /** How many statements that may write have run. */
  writes = 0;
  readonly #statements = new LRUCache<string, Statement>({ max: 500 });
  readonly #bound = new Map<PreparedQuery<never, unknown>, (input: object) => unknown[]>();

  constructor(file: string, options: { readonly: boolean; cacheMb: number; logPages: number }) {
    this.handle = new (loadSqliteDriver())(file, {
      readonly: options.readonly,
      timeout: options.readonly ? 5000 : 0,
    });
    if (!options.readonly) configureWriter(this.handle, options.logPages);
    this.handle.pragma("foreign_keys = on");
    this.handle.pragma("secure_delete = on"); // what is erased is gone from the file, too
    this.handle.pragma(`cache_size = ${-1000 * options.cacheMb}`);
    this.handle.pragma(`cache_spill = ${UNCOMMITTED_PAGES}`);
    const db = kyselyOn(this, "sqlite");
    this.reader = {
      db,
      dialect: sqliteDialect,
      run: async (statement, input) => this.#run(statement as PreparedQuery<never, unknown>, input) as never,
    };
  }

  prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.handle.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  async query(sql: string, values: readonly unknown[]): Promise<QueryResult<unknown>> {
    const statement = this.prepare(sql);
    if (!statement.readonly) this.writes++;
    if (statement.reader) return { rows: statement.all(...values) };
    const { changes, lastInsertRowid } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #write(statement: Statement, values: unknown[]): unknown[] {
    this.writes++;
    if (statement.reader) return statement.all(values);
    statement.run(values);
    return [];
  }

  close() {
    this.handle.close();
  }

  #run(prepared: PreparedQuery<never, unknown>, input: object): unknown[] {
    let run = this.#bound.get(prepared);
    if (!run) {
      const bound = prepared.compiledFor(this.reader.db, sqliteDialect);
      const statement = this.handle.prepare(bound.sql);
      run = statement.readonly
        ? (given) => statement.all(bound.bind(given))
        : (given) => this.#write(statement, bound.bind(given));
      this.#bound.set(prepared, run);
    }
    return run(input);
  }
}

/** Acknowledged means on the disk: WAL with a full sync at every commit. */
function configureWriter(handle: Handle, logPages: number) {
  handle.pragma("journal_mode = wal");
  handle.pragma("synchronous = full");
  handle.pragma("temp_store = memory");
  handle.pragma(`wal_autocheckpoint = ${logPages}`);
  handle.prepare("select 1 from sqlite_schema").all(); // only now are the files beside it there
}
