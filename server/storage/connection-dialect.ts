import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect as KyselyDialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { DialectName } from "./dialect.ts";
import type { Tables } from "./tables/index.ts";

/** Runs one SQL text; the two databases differ here and nowhere above. */
export interface Connection {
  query(sql: string, values: readonly unknown[], name?: string): Promise<QueryResult<unknown>>;
}

/** A query builder whose every query runs on this one connection; transactions are opened by its owner. */
export function kyselyOn(connection: Connection, name: DialectName): Kysely<Tables> {
  const dialect: KyselyDialect = {
    createDriver: () => new OneConnectionDriver(connection),
    createAdapter: () => (name === "sqlite" ? new TransactionalSqliteAdapter() : new PostgresAdapter()),
    createQueryCompiler: () => (name === "sqlite" ? new SqliteQueryCompiler() : new PostgresQueryCompiler()),
    createIntrospector: (db): DatabaseIntrospector =>
      name === "sqlite" ? new SqliteIntrospector(db) : new PostgresIntrospector(db),
  };
  return new Kysely<Tables>({ dialect });
}

/** SQLite's schema changes are transactional; kysely leaves that off. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true;
  }
}

class OneConnectionDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(connection: Connection) {
    this.#connection = {
      executeQuery: async <R>(query: CompiledQuery) =>
        (await connection.query(query.sql, query.parameters)) as QueryResult<R>,
      streamQuery: () => {
        throw new Error("Streaming goes through the connection's owner.");
      },
    };
  }

  async init() {}
  async acquireConnection() {
    return this.#connection;
  }
  async beginTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw("begin"));
  }
  async commitTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }
  async rollbackTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw("rollback"));
  }
  async releaseConnection() {}
  async destroy() {}
}
