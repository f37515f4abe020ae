import fs from "node:fs";
import BetterSqlite from "better-sqlite3";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { MIGRATIONS, type TiebreakMigration } from "../../migrations/index.ts";
import { migrate } from "../../server/storage/migrate.ts";
import { createStudy } from "../../server/studies/study.ts";
import { DATABASES, testContext } from "../support/context.ts";

const LATER: TiebreakMigration = {
  name: "9999-later",
  up: async (db) => {
    await sql`alter table study add column later text`.execute(db);
  },
};

describe.each(DATABASES)("an older database on %s", (kind) => {
  it("is brought up to date after saying so, with its rows; an SQLite file is copied first", async () => {
    const context = await testContext(kind);
    await createStudy(context, { name: "kept" });
    const said: string[] = [];
    const options = {
      say: (line: string) => void said.push(line),
      stamp: "now",
      migrations: [...MIGRATIONS, LATER],
    };
    await migrate(context.database, options);
    expect(said[0]).toContain("9999-later");
    const row = await context.database.read(({ db }) =>
      db
        .selectFrom("study")
        .select(["name", sql<null>`later`.as("later")])
        .executeTakeFirstOrThrow(),
    );
    expect(row).toEqual({ name: "kept", later: null });
    if (kind === "sqlite") {
      const copied = `${context.database.place}.before-now`;
      expect(fs.statSync(copied).mode & 0o777).toBe(0o600);
      const copy = new BetterSqlite(copied, { readonly: true });
      expect(copy.prepare("select name from study").all()).toEqual([{ name: "kept" }]);
      expect(() => copy.prepare("select later from study").all()).toThrow(/no such column/);
      copy.close();
      fs.rmSync(copied);
    }
    said.length = 0;
    await migrate(context.database, options);
    expect(said).toEqual([]);
  });

  it("stays as it was when a migration fails", async () => {
    const context = await testContext(kind);
    const broken: TiebreakMigration = {
      name: "0002-broken",
      up: async (db) => {
        await sql`create table half (id integer)`.execute(db);
        await sql`select * from nowhere`.execute(db);
      },
    };
    const options = { say: () => undefined, stamp: "broken", migrations: [...MIGRATIONS, broken] };
    await expect(migrate(context.database, options)).rejects.toThrow();
    const tables = await context.database.read(({ db }) => db.introspection.getTables());
    expect(tables.map((table) => table.name)).not.toContain("half");
    await migrate(context.database, { say: () => undefined, stamp: "again" });
  });
});
