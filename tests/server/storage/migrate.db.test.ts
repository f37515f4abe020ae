import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { MIGRATIONS, type TiebreakMigration } from "../../../migrations/index.ts";
import { copySqlite } from "../../../server/storage/copy-sqlite.ts";
import { UNFINISHED } from "../../../server/storage/finish-file.ts";
import { issuedLinks } from "../../../server/links/issued-links.ts";
import { migrate } from "../../../server/storage/migrate.ts";
import { openDatabase } from "../../../server/storage/open.ts";
import { defaultProtocol } from "../../../server/studies/default-protocol.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, emptyDatabaseUrl, testContext } from "../../support/context.ts";
import { loadSqliteDriver } from "../../../server/storage/sqlite-driver.ts";

const BetterSqlite = loadSqliteDriver();

const LATER: TiebreakMigration = {
  name: "9999-later",
  up: async (db) => {
    await sql`alter table study add column later text`.execute(db);
  },
};

describe("the copy before an update", () => {
  it("has a copy's name only when it is whole", async () => {
    const { database } = await testContext("sqlite");
    const copy = `${database.place}.before-now`;
    const handle = new BetterSqlite(database.place);
    handle.exec("create table big (text text)");
    for (let i = 0; i < 50; i++) handle.prepare("insert into big values (?)").run("x".repeat(100_000));
    handle.pragma("wal_checkpoint(truncate)");
    handle.close();
    const bytes = fs.readFileSync(database.place);
    bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 200_000); // the second half cannot be read
    fs.writeFileSync(`${database.place}-damaged`, bytes);
    expect(() => copySqlite(`${database.place}-damaged`, copy)).toThrow();
    expect(fs.readdirSync(path.dirname(copy)).filter((name) => name.includes(".before-"))).toEqual([]);
    copySqlite(database.place, copy);
    const whole = new BetterSqlite(copy, { readonly: true });
    expect(whole.prepare("select count(*) as rows from big").get()).toEqual({ rows: 50 });
    whole.close();
    expect(() => copySqlite(database.place, copy)).toThrow(/exists/);
  });

  it("leaves nothing under that name when the process is killed on the way", async () => {
    const { database } = await testContext("sqlite");
    const handle = new BetterSqlite(database.place);
    handle.exec("create table big (text text)");
    for (let i = 0; i < 400; i++) handle.prepare("insert into big values (?)").run("x".repeat(100_000));
    handle.close();
    const copy = `${database.place}.before-now`;
    const script = `import(process.argv[1]).then((m) => m.copySqlite(process.argv[2], process.argv[3]))`;
    const source = path.resolve(import.meta.dirname, "../../../server/storage/copy-sqlite.ts");
    const args = ["--import", "tsx", "--eval", script, source, database.place, copy];
    const child = spawn(process.execPath, args, { stdio: "ignore" });
    const gone = once(child, "exit");
    while (!fs.existsSync(copy + UNFINISHED)) await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill("SIGKILL");
    await gone;
    if (!fs.existsSync(copy)) return; // as nearly always: else it was quicker than the signal, and is whole
    const whole = new BetterSqlite(copy, { readonly: true });
    expect(whole.prepare("select count(*) as rows from big").get()).toEqual({ rows: 400 });
    whole.close();
  });
});

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

  it("keeps its links and its kept reports: links stay valid, and what a report was made of is not known", async () => {
    const url = await emptyDatabaseUrl(kind);
    const database = openDatabase(url);
    const before = MIGRATIONS.filter(({ name }) => name < "0008");
    const options = { say: () => undefined, stamp: "links" };
    await migrate(database, { ...options, migrations: before });
    await database.transact(async ({ db }) => {
      for (const row of OLDER_ROWS) await sql.raw(row).execute(db);
    });
    await migrate(database, options);
    const context = { database, clock: () => new Date(0), randomBytes };
    const links = await issuedLinks(context, "old");
    expect(links.map(({ name, state, usedAt }) => [name, state, usedAt])).toEqual([
      ["shared-crowd", "valid", null],
      ["annotator-1", "valid", null],
      ["results-1", "valid", null],
    ]);
    const kept = await database.read(({ db }) =>
      db.selectFrom("report_snapshot").select(["number", "inputs", "body"]).execute(),
    );
    expect(kept).toEqual([{ number: 1, inputs: null, body: "{}" }]);
    await database.close();
  });
});

/** A study with a link of each kind and a kept report, as a version wrote them that knew no other columns. */
const OLDER_ROWS = [
  `insert into study (id, name, public_title, state, seed, created_at) values (1, 'old', 'Old', 'open', 's', '2026')`,
  `insert into protocol (study_id, revision, body) values (1, 1, '${JSON.stringify(defaultProtocol("all"))}')`,
  `insert into annotator_group (id, study_id, name, kind, open_token_hash) values (1, 1, 'crowd', 'crowd', 'h1')`,
  `insert into annotator (id, group_id, study_id, provider, external_id, display_number, token_hash, created_at)
     values (1, 1, 1, 'invited', 'annotator-1', 1, 'h2', '2026')`,
  `insert into report_snapshot (id, study_id, number, taken_at, reason, data_hash, judgments, estimator, body)
     values (1, 1, 1, '2026', 'test', 'h', 0, 'e', '{}')`,
  `insert into share_link (study_id, token_hash, snapshot_id, created_at) values (1, 'h3', 1, '2026')`,
];
