import fs from "node:fs";
import type { Database } from "./database.ts";
import { DatabaseUrlUnknown } from "./errors.ts";
import { asRefusal, DatabaseUnusable } from "./open-errors.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

/**
 * Opens a database by its address: a path, `sqlite:PATH` or `postgres://…`.
 * The schema is not touched: call `migrate` next, `withinReach` around it.
 * @throws DatabaseUrlUnknown, DatabaseUnusable
 */
export function openDatabase(url: string, options: { cacheMb?: number } = {}): Database {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url);
  const file = url.replace(/^sqlite:/, "");
  if (file === "" || file.includes("://")) throw new DatabaseUrlUnknown(url);
  if (fs.existsSync(file) && fs.statSync(file).isDirectory())
    throw new DatabaseUnusable(file, "is a folder. Name a file in it, like tiebreak.db.");
  try {
    return openSqlite(file, { cacheMb: options.cacheMb ?? 32 });
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
