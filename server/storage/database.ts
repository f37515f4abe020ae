import type { Kysely } from "kysely";
import type { Dialect } from "./dialect.ts";
import type { Statement } from "./statement.ts";
import type { Tables } from "./tables/index.ts";

/** What a storage function gets first: queries see one moment of the database. */
export interface Reader {
  readonly db: Kysely<Tables>;
  readonly dialect: Dialect;
  run<Input extends object, Row>(statement: Statement<Input, Row>, input: Input): Promise<Row[]>;
}

/** A reader that may write, until its callback ends. */
export interface Transaction extends Reader {
  readonly writes: true;
}

export interface Database {
  readonly dialect: Dialect;
  /** Where the data is, without a password: for messages. */
  readonly place: string;
  /** Runs `use` on one consistent view, without the right to write. */
  read<T>(use: (reader: Reader) => Promise<T>): Promise<T>;
  /**
   * Runs `use` in one transaction: all of it is committed when this resolves, or none of it. `use` may run again where
   * another transaction or a lost connection undid what it did.
   */
  transact<T>(use: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * As `transact`, for short use cases that arrive together: on SQLite they share one commit.
   * `use` may await nothing but queries on its handle, and may run
   * twice: what it did the first time is undone then.
   */
  transactTogether<T>(use: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
