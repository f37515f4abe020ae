import type { Database } from "./database.ts";
import { DatabaseUrlUnknown } from "./errors.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

/**
 * Opens a database by its address: a path, `sqlite:PATH` or `postgres://…`.
 * The schema is not touched: call `migrate` next.
 */
export function openDatabase(url: string, options: { cacheMb?: number } = {}): Database {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url);
  const file = url.replace(/^sqlite:/, "");
  if (file === "" || file.includes("://")) throw new DatabaseUrlUnknown(url);
  return openSqlite(file, { cacheMb: options.cacheMb ?? 32 });
}
