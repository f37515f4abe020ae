import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { inject } from "vitest";
import type { Context } from "../../server/context.ts";
import { openDatabase } from "../../server/storage/open.ts";
import { cleanUpLater } from "./clean-up.ts";
import { createDatabase, emptyDatabase } from "./postgres-database.ts";

export type DatabaseKind = "sqlite" | "postgres";

/** Both databases, for `describe.each`: every storage suite runs on a real file and a real PostgreSQL. */
export const DATABASES: DatabaseKind[] = ["sqlite", "postgres"];

/** Databases of PostgreSQL that tests have done with, emptied. */
const free: string[] = [];

const newName = () => `t${randomBytes(8).toString("hex")}`;
const newFile = () => path.join(fs.mkdtempSync(path.join(os.tmpdir(), "database-")), `${newName()}.db`);

/** The address of a new database of this kind without any table; it goes when the run ends. */
export async function emptyDatabaseUrl(kind: DatabaseKind): Promise<string> {
  return kind === "sqlite" ? newFile() : createDatabase(inject("postgresUrl"), newName());
}

/** The address of a database of this kind that is migrated and holds nothing. */
async function migratedDatabaseUrl(kind: DatabaseKind): Promise<string> {
  if (kind === "postgres")
    return free.pop() ?? createDatabase(inject("postgresUrl"), newName(), inject("postgresTemplate"));
  const file = newFile();
  fs.copyFileSync(inject("sqliteTemplate"), file);
  return file;
}

/**
 * A context on a migrated database that holds nothing, with a clock that a test may move. Made in a test it ends with the
 * test, made before the tests of a file it ends with the file.
 */
export async function testContext(
  kind: DatabaseKind,
): Promise<Context & { url: string; advance: (ms: number) => void }> {
  const url = await migratedDatabaseUrl(kind);
  const database = openDatabase(url);
  cleanUpLater(async () => {
    await database.close();
    if (kind === "postgres" && (await emptyDatabase(url, inject("postgresSchema")))) free.push(url);
  });
  let moment = Date.UTC(2026, 0, 5, 9);
  return {
    database,
    url,
    clock: () => new Date(moment),
    advance: (ms) => void (moment += ms),
    randomBytes,
  };
}
