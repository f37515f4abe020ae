import { type Expression, type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import type { Tables } from "./tables/index.ts";

export type DialectName = "sqlite" | "postgres";

/** A row of any table: all columns are numbers and text, the same on both databases. */
export type TableRow = Readonly<Record<string, string | number | null>>;

/** Rows that are read at a time where a whole table is. */
const PAGE = 500;
/** The name that connections of ours have in PostgreSQL's own lists. */
export const APPLICATION = "tiebreak";

/** Every difference between the two databases that a query can meet. */
export interface Dialect {
  readonly name: DialectName;
  /** True where a transaction that writes is the only one: what it has read stays so until it ends. */
  readonly oneWriter: boolean;
  /**
   * Locks the selected rows until the transaction ends: who locks or changes them waits; who inserts rows that refer to
   * them does not, as that would hold up judging (SQLite's transaction already holds the whole file).
   */
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
  /** All rows of a table, some at a time, as they are when the first are read: within one transaction. */
  rowsOf(db: Kysely<Tables>, table: string): AsyncGenerator<TableRow[]>;
  /** Numbers the next row of every table from its highest id on, after rows were inserted with ids of their own. */
  continueIds(db: Kysely<Tables>): Promise<void>;
  /** How many other Tiebreak processes are connected; on SQLite a file beside it says so (server-lock.ts). */
  othersConnected(db: Kysely<Tables>): Promise<number>;
  /** True for an error that says a unique index refused a row. */
  isUniqueViolation(error: unknown): boolean;
}

function withoutRowid(row: TableRow): TableRow {
  const own: Record<string, string | number | null> = { ...row };
  delete own._rowid;
  return own;
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
  rowsOf: async function* (db, table) {
    for (let last = 0; ;) {
      const { rows } = await sql<
        TableRow & { _rowid: number }
      >`select rowid as _rowid, * from ${sql.table(table)}
        where rowid > ${last} order by rowid limit ${sql.lit(PAGE)}`.execute(db);
      if (rows.length === 0) return;
      last = rows.at(-1)!._rowid;
      yield rows.map((row) => withoutRowid(row));
    }
  },
  continueIds: async () => undefined, // SQLite does by itself
  othersConnected: async () => 0,
  isUniqueViolation: (error) =>
    ["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"].includes(String(codeOf(error))),
};

export const postgresDialect: Dialect = {
  name: "postgres",
  oneWriter: false,
  lockRows: (query, options) =>
    options?.skipLocked ? query.forNoKeyUpdate().skipLocked() : query.forNoKeyUpdate(),
  byCodeUnit: (column) => sql<string>`${column} collate "C"`,
  inOneText: (value, separator) => sql`string_agg((${value})::text, ${sql.lit(separator)})`,
  isAmong: (column, numbers) => sql`${column} = any(${[...numbers]}::bigint[])`,
  lockSchema: async (db) => {
    await sql`select pg_advisory_xact_lock(${SCHEMA_LOCK})`.execute(db);
  },
  rowsOf: async function* (db, table) {
    await sql`declare whole_table no scroll cursor for select * from ${sql.table(table)}`.execute(db);
    for (;;) {
      const { rows } = await sql<TableRow>`fetch ${sql.lit(PAGE)} from whole_table`.execute(db);
      if (rows.length === 0) break;
      yield rows;
    }
    await sql`close whole_table`.execute(db);
  },
  continueIds: async (db) => {
    const { rows } = await sql<{ table: string }>`select table_name as table from information_schema.columns
      where table_schema = current_schema() and column_name = 'id' and is_identity = 'YES'`.execute(db);
    for (const { table } of rows) {
      await sql`select setval(pg_get_serial_sequence(${table}, 'id'), max(id)) from ${sql.table(table)}
        having max(id) is not null`.execute(db);
    }
  },
  othersConnected: async (db) => {
    const { rows } = await sql<{ others: number }>`select count(*) as others from pg_stat_activity
      where datname = current_database() and application_name = ${APPLICATION}
        and pid <> pg_backend_pid()`.execute(db);
    return rows[0]?.others ?? 0;
  },
  isUniqueViolation: (error) => codeOf(error) === "23505",
};
