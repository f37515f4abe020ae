import { type Expression, type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import type { Tables } from "./tables/index.ts";

export type DialectName = "sqlite" | "postgres";

/** Every difference between the two databases that a query can meet. */
export interface Dialect {
  readonly name: DialectName;
  /** True where a transaction that writes is the only one: what it has read stays so until it ends. */
  readonly oneWriter: boolean;
  /** Locks the selected rows until the transaction ends (SQLite's transaction already holds the whole file). */
  lockRows<T extends keyof Tables, O>(
    query: SelectQueryBuilder<Tables, T, O>,
    options?: { skipLocked?: boolean },
  ): SelectQueryBuilder<Tables, T, O>;
  /** Orders text by code unit, whatever the database's collation. */
  byCodeUnit(column: Expression<string>): Expression<string>;
  /** A column's values of all rows in one text, with `separator` between: the quickest way to read very many. */
  inOneText(value: Expression<unknown>, separator: string): RawBuilder<string | null>;
  /** Whether a number is among these, however many they are. */
  isAmong(column: Expression<number>, numbers: readonly number[]): RawBuilder<boolean>;
  /** Lets one process at a time change the schema, until the transaction ends. */
  lockSchema(db: Kysely<Tables>): Promise<void>;
  /** True for an error that says a unique index refused a row. */
  isUniqueViolation(error: unknown): boolean;
}

const SCHEMA_LOCK = 7_436_529_164; // any number that no other program on the database uses

const codeOf = (error: unknown): unknown =>
  typeof error === "object" && error !== null && "code" in error ? error.code : undefined;

export const sqliteDialect: Dialect = {
  name: "sqlite",
  oneWriter: true,
  lockRows: (query) => query,
  byCodeUnit: (column) => column,
  inOneText: (value, separator) => sql`group_concat(${value}, ${sql.lit(separator)})`,
  isAmong: (column, numbers) => sql`${column} in (select value from json_each(${JSON.stringify(numbers)}))`,
  lockSchema: async () => undefined, // the transaction holds the whole file
  isUniqueViolation: (error) =>
    ["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"].includes(String(codeOf(error))),
};

export const postgresDialect: Dialect = {
  name: "postgres",
  oneWriter: false,
  lockRows: (query, options) => (options?.skipLocked ? query.forUpdate().skipLocked() : query.forUpdate()),
  byCodeUnit: (column) => sql<string>`${column} collate "C"`,
  inOneText: (value, separator) => sql`string_agg((${value})::text, ${sql.lit(separator)})`,
  isAmong: (column, numbers) => sql`${column} = any(${[...numbers]}::bigint[])`,
  lockSchema: async (db) => {
    await sql`select pg_advisory_xact_lock(${SCHEMA_LOCK})`.execute(db);
  },
  isUniqueViolation: (error) => codeOf(error) === "23505",
};
