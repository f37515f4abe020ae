import fs from "node:fs";
import type { Database } from "./database.ts";
import { DatabaseUrlUnknown } from "./errors.ts";
import { asRefusal, DatabaseUnusable } from "./open-errors.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

export interface OpenOptions {
  /** How much of an SQLite file each handle keeps in memory; 32 if not said. */
  readonly cacheMb?: number;
  /** How long a PostgreSQL that has answered before is waited for, in milliseconds; 5000 if not said. */
  readonly patienceMs?: number;
  /** Told in a line, once each time, that the database cannot be used any more, and that it can again. */
  readonly tell?: (line: string) => void;
}

/**
 * Opens a database by its address: a path, `sqlite:PATH` or `postgres://…`.
 * The schema is not touched: call `migrate` next, `withinReach` around it.
 * @throws DatabaseUrlUnknown, DatabaseUnusable
 */
export function openDatabase(url: string, options: OpenOptions = {}): Database {
  const { cacheMb = 32, patienceMs = 5000, tell = () => undefined } = options;
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url, { patienceMs, tell });
  const file = url.replace(/^sqlite:/, "");
  if (file === "" || file.includes("://")) throw new DatabaseUrlUnknown(url);
  if (fs.existsSync(file) && fs.statSync(file).isDirectory())
    throw new DatabaseUnusable(file, "is a folder. Name a file in it, like tiebreak.db.");
  try {
    return openSqlite(file, { cacheMb, tell });
  } catch (error) {
    throw asRefusal(error, file);
  }
}

/**
 * Uses a database for the first time: a server that cannot be reached shows only then.
 * @throws DatabaseUnusable
 */
export async function withinReach<T>(database: Database, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw asRefusal(error, database.place);
  }
}
