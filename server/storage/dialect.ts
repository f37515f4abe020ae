import { type Expression, type SelectQueryBuilder, sql } from "kysely";
import type { Tables } from "./tables/index.ts";

export type DialectName = "sqlite" | "postgres";

/** Every difference between the two databases that a query can meet. */
export interface Dialect {
  readonly name: DialectName;
  /** Locks the selected rows until the transaction ends (SQLite's transaction already holds the whole file). */
  lockRows<T extends keyof Tables, O>(
    query: SelectQueryBuilder<Tables, T, O>,
    options?: { skipLocked?: boolean },
  ): SelectQueryBuilder<Tables, T, O>;
  /** Orders text by code unit, whatever the database's collation. */
  byCodeUnit(column: Expression<string>): Expression<string>;
  /** True for an error that says a unique index refused a row. */
  isUniqueViolation(error: unknown): boolean;
}

const codeOf = (error: unknown): unknown =>
  typeof error === "object" && error !== null && "code" in error ? error.code : undefined;

export const sqliteDialect: Dialect = {
  name: "sqlite",
  lockRows: (query) => query,
  byCodeUnit: (column) => column,
  isUniqueViolation: (error) =>
    ["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"].includes(String(codeOf(error))),
};

export const postgresDialect: Dialect = {
  name: "postgres",
  lockRows: (query, options) => (options?.skipLocked ? query.forUpdate().skipLocked() : query.forUpdate()),
  byCodeUnit: (column) => sql<string>`${column} collate "C"`,
  isUniqueViolation: (error) => codeOf(error) === "23505",
};
