import { createRequire } from "node:module";
import type BetterSqlite from "better-sqlite3";

/** The driver is read in only where an SQLite file is opened: on PostgreSQL alone it need not be installed. */
export const loadSqliteDriver = () => createRequire(import.meta.url)("better-sqlite3") as typeof BetterSqlite;
