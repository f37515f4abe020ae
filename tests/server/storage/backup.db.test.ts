import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "kysely";
import { afterAll, describe, expect, it } from "vitest";
import { MIGRATIONS } from "../../../migrations/index.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { backUp } from "../../../server/storage/backup.ts";
import type { Database } from "../../../server/storage/database.ts";
import { migrate } from "../../../server/storage/migrate.ts";
import { openDatabase } from "../../../server/storage/open.ts";
import { restore, verifyBackup } from "../../../server/storage/restore.ts";
import { claimServer } from "../../../server/storage/server-lock.ts";
import { TABLES, VIEWS } from "../../../server/storage/table-names.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, emptyDatabaseUrl, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy } from "../../support/study.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-backup-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = () => path.join(folder, `${++files}.backup`);
const AT = "2026-01-05T09:00:00.000Z";
const OPTIONS = { replace: false, stamp: "now", say: () => undefined };
const restored = async (database: Database, file: string, replace = false) =>
  restore(database, await verifyBackup(file), { ...OPTIONS, replace });

/** Everything in a database, by table. */
async function contentsOf(database: Database): Promise<Record<string, unknown[]>> {
  return database.read(async ({ db }) => {
    const contents: Record<string, unknown[]> = {};
    for (const table of [...TABLES, ...VIEWS]) {
      const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(db);
      contents[table] = rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
    }
    return contents;
  });
}

/** A database with a study that is under way, and text that files find hard. */
async function judgedStudy(kind: "sqlite" | "postgres") {
  const context = await testContext(kind);
  const { desk, tokens } = await openStudy(context, { prompts: 600, baselines: 1, annotators: 2 });
  for (const token of tokens) {
    for (let i = 0; i < 5; i++) {
      const work = await desk.workFor(token, []);
      await recordJudgment(desk, token, judgmentOf(work.buffer[0]!, "left", work.buffer.slice(1)));
    }
  }
  await context.database.transact(({ db }) =>
    db.updateTable("study").set({ note: "\u2028 \r\n “quoted” \\n 🦀 \ud7ff" }).execute(),
  );
  return { ...context, desk, tokens };
}

describe.each(DATABASES)("a backup of a database on %s", (kind) => {
  it("lists every table and view that the migrations make", async () => {
    const { database } = await testContext(kind);
    const tables = await database.read(({ db }) => db.introspection.getTables());
    expect(tables.map(({ name }) => name).sort()).toEqual([...TABLES, ...VIEWS].sort());
  });

  it.each(DATABASES)("restores on %s to the same rows, and its work goes on", async (target) => {
    const { database } = await judgedStudy(kind);
    const file = newFile();
    const summary = await backUp(database, file, AT);
    const before = await contentsOf(database);
    expect(summary.rows).toBe(TABLES.reduce((sum, table) => sum + before[table]!.length, 0));
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    const other = openDatabase(await emptyDatabaseUrl(target));
    await restored(other, file);
    expect(await contentsOf(other)).toEqual(before);
    await createStudy({ database: other, clock: () => new Date(AT), randomBytes }, { name: "next" });
    expect((await contentsOf(other)).study).toHaveLength(2);
    await other.close();
  });

  it("of an older version is taken as it is, and brought up to date where it is restored", async () => {
    const url = await emptyDatabaseUrl(kind);
    const older = openDatabase(url);
    const quiet = { say: () => undefined, stamp: "test" };
    await migrate(older, { ...quiet, migrations: MIGRATIONS.slice(0, 4) });
    await older.transact(({ db }) =>
      sql`insert into study (name, public_title, state, seed, created_at) values ('old', 't', 'draft', 's', ${AT})`.execute(
        db,
      ),
    );
    const file = newFile();
    await backUp(older, file, AT);
    await older.close();
    const { database } = await testContext(kind);
    await restored(database, file);
    await migrate(database, { ...quiet, say: (line) => expect.fail(line) });
    expect((await contentsOf(database)).study).toHaveLength(1);
  });

  it("is not restored over studies without being asked to, nor where somebody is at work", async () => {
    const { database, url } = await judgedStudy(kind);
    const file = newFile();
    await backUp(database, file, AT);
    await database.transact(({ db }) => db.updateTable("study").set({ note: "later" }).execute());
    const later = await contentsOf(database);
    await expect(restored(database, file)).rejects.toThrow(/holds studies.*--replace/);
    const leave = kind === "sqlite" ? claimServer(url, { pid: process.pid, origin: "o" }) : () => undefined;
    const own = openDatabase(url);
    await expect(restored(own, file, true)).rejects.toThrow(/in use/);
    leave();
    expect(await contentsOf(database)).toEqual(later);
    if (kind === "postgres") await database.close();
    await restored(own, file, true);
    expect(await contentsOf(own)).not.toEqual(later);
    if (kind === "sqlite") expect(fs.existsSync(`${fs.realpathSync(url)}.before-now`)).toBe(true);
    await own.close();
  });

  it("that cannot be brought in whole changes nothing", async () => {
    const { database, url } = await judgedStudy(kind);
    const file = newFile();
    await backUp(database, file, AT);
    const contents = await contentsOf(database);
    await database.close();
    const lines = gunzipSync(fs.readFileSync(file)).toString().split("\n");
    const at = lines.findIndex((line) => line.startsWith('{"table":"skip"') || line.startsWith('{"rows"'));
    const skip =
      '{"table":"skip","columns":["assignment_id","annotator_id","reason","request_key","received_at"]}';
    const count = (JSON.parse(lines.at(-2)!) as { rows: number }).rows + 1;
    const wrong = [
      ...lines.slice(0, at),
      skip,
      `[99999,1,"r","k","${AT}"]`,
      JSON.stringify({ rows: count }),
      "",
    ];
    fs.writeFileSync(file, gzipSync(wrong.join("\n")));
    const own = openDatabase(url);
    await expect(restored(own, file, true)).rejects.toThrow(/constraint|foreign key/i);
    expect(await contentsOf(own)).toEqual(contents);
    await own.close();
  });
});

describe("the file of a backup", () => {
  it("is refused where a byte is wrong or missing, or a newer version wrote it", async () => {
    const { database } = await judgedStudy("sqlite");
    const file = newFile();
    await backUp(database, file, AT);
    const bytes = fs.readFileSync(file);
    const refuses = async (content: Buffer, why: RegExp) => {
      const bad = newFile();
      fs.writeFileSync(bad, content);
      await expect(verifyBackup(bad)).rejects.toThrow(why);
    };
    for (const at of [0.1, 0.5, 0.9].map((part) => Math.floor(bytes.length * part))) {
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 1;
      await refuses(flipped, /damaged/);
      await refuses(bytes.subarray(0, at), /damaged/);
    }
    const text = gunzipSync(bytes).toString();
    const lines = text.split("\n");
    await refuses(gzipSync(lines.toSpliced(-3, 1).join("\n")), /damaged/);
    await refuses(gzipSync(lines.slice(0, -2).join("\n")), /damaged/);
    await refuses(Buffer.from(text), /damaged/);
    await refuses(gzipSync(text.replace("0009-sent-parameters", "0099-later")), /newer.*0099-later/);
  });

  it("is not written over another, and leaves nothing where it fails", async () => {
    const { database } = await testContext("sqlite");
    const file = newFile();
    fs.writeFileSync(file, "mine");
    await expect(backUp(database, file, AT)).rejects.toThrow(/exists already/);
    expect(fs.readFileSync(file, "utf8")).toBe("mine");
    await expect(backUp(database, path.join(folder, "none", "x"), AT)).rejects.toThrow();
    expect(fs.readdirSync(folder).filter((name) => name.includes("unfinished"))).toEqual([]);
  });
});
