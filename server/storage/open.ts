import fs from "node:fs";
import type { Database } from "./database.ts";
import { DatabaseUrlUnknown } from "./errors.ts";
import { asRefusal, DatabaseUnusable, NoDatabase } from "./open-errors.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

export interface OpenOptions {
  /** How much of an SQLite file each handle keeps in memory; 32 if not said. */
  readonly cacheMb?: number;
  /** How many pages of 4 kB an SQLite log holds before they go to the file; 4000 by default. More are written less often. */
  readonly logPages?: number;
  /** Make the SQLite file where there is none; by default it is made. */
  readonly make?: boolean;
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
  const { cacheMb = 32, logPages = 4000, make = true, patienceMs = 5000, tell = () => undefined } = options;
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url, { patienceMs, tell });
  const file = fileOf(url);
  if (file === "" || file.includes("://")) throw new DatabaseUrlUnknown(url);
  if (fs.existsSync(file) && fs.statSync(file).isDirectory())
    throw new DatabaseUnusable(file, "is a folder. Name a file in it, like tiebreak.db.");
  if (!make && !fs.existsSync(file)) throw new NoDatabase(file);
  try {
    return openSqlite(file, { cacheMb, logPages, tell });
  } catch (error) {
    throw asRefusal(error, file);
  }
}

const fileOf = (url: string): string => url.replace(/^sqlite:/, "");

/** Whether the address names an SQLite file that is not there yet. */
export const isNew = (url: string): boolean => !url.includes("://") && !fs.existsSync(fileOf(url));

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
