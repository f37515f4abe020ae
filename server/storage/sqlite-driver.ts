import { createRequire } from "node:module";
import type BetterSqlite from "better-sqlite3";

/**
 * The driver for this Node.js (`sqlite-driver/index.cjs` chooses it), read in only where an SQLite file is opened: on
 * PostgreSQL alone it need not be installed.
 */
export const loadSqliteDriver = () =>
  createRequire(import.meta.url)("../../sqlite-driver/index.cjs") as typeof BetterSqlite;
