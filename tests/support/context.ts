import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, inject } from "vitest";
import type { Context } from "../../server/context.ts";
import { migrate } from "../../server/storage/migrate.ts";
import { openDatabase } from "../../server/storage/open.ts";

export type DatabaseKind = "sqlite" | "postgres";

/** Both databases, for `describe.each`: every storage suite runs on a real file and a real PostgreSQL. */
export const DATABASES: DatabaseKind[] = ["sqlite", "postgres"];

const cleanups: (() => Promise<void> | void)[] = [];

afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The address of a new, empty database of this kind; it is removed after the file's tests. */
export async function emptyDatabaseUrl(kind: DatabaseKind): Promise<string> {
  const name = `t${randomBytes(8).toString("hex")}`;
  if (kind === "sqlite") {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-test-"));
    cleanups.push(() => fs.rmSync(folder, { recursive: true, force: true }));
    return path.join(folder, `${name}.db`);
  }
  const url = new URL(inject("postgresUrl"));
  await administer(url.href, `create database ${name}`);
  cleanups.push(() => administer(url.href, `drop database if exists ${name} with (force)`));
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** A context on a new migrated database, with a clock that a test may move. */
export async function testContext(
  kind: DatabaseKind,
): Promise<Context & { url: string; advance: (ms: number) => void }> {
  const url = await emptyDatabaseUrl(kind);
  const database = openDatabase(url);
  cleanups.push(() => database.close());
  await migrate(database, { say: () => undefined, stamp: "test" });
  let moment = Date.UTC(2026, 0, 5, 9);
  return {
    database,
    url,
    clock: () => new Date(moment),
    advance: (ms) => void (moment += ms),
    randomBytes,
  };
}
