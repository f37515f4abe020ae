import fs from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { migrate } from "../../../server/storage/migrate.ts";
import { openDatabase } from "../../../server/storage/open.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { ORIGIN, testApp } from "../../support/app.ts";
import { emptyDatabaseUrl, testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";

const OPTIONS = { say: () => undefined, stamp: "test" };

/** An open database with a study, which has been written and read through every door. */
async function inUse() {
  const url = await emptyDatabaseUrl("sqlite");
  const said: string[] = [];
  const database = openDatabase(url, { tell: (line) => void said.push(line) });
  onTestFinished(() => database.close());
  await migrate(database, OPTIONS);
  const context = { ...(await testContext("sqlite")), database };
  await createStudy(context, { name: "kept" });
  const count = () =>
    database.read(async ({ db }) => (await db.selectFrom("study").select("id").execute()).length);
  const rename = async (note: string) =>
    database.transact(({ db }) => db.updateTable("study").set({ note }).execute());
  const renameTogether = async (note: string) =>
    database.transactTogether(({ db }) => db.updateTable("study").set({ note }).execute());
  await count();
  return { url, said, doors: { count, rename: () => rename("a"), together: () => renameTogether("b") } };
}

const move = (from: string, to: string) => {
  fs.renameSync(from, to);
  return () => fs.renameSync(to, from);
};

/** What somebody does to the files, and how to take it back where that is possible. */
const DEEDS: [deed: string, act: (file: string) => void | (() => void), says: RegExp][] = [
  ["deleted", (file) => fs.rmSync(file), /\.db was deleted while/],
  ["moved away", (file) => move(file, `${file}.away`), /\.db was deleted while/],
  [
    "replaced by a copy of itself",
    (file) => {
      fs.copyFileSync(file, `${file}.copy`);
      fs.renameSync(`${file}.copy`, file);
    },
    /\.db was replaced while/,
  ],
  [
    "replaced by what is no database",
    (file) => {
      const back = move(file, `${file}.away`);
      fs.writeFileSync(file, "notes");
      return back;
    },
    /\.db was replaced while/,
  ],
  [
    "in a folder that was moved away",
    (file) => move(path.dirname(file), `${path.dirname(file)}.away`),
    /\.db was deleted while/,
  ],
  ["without its log", (file) => move(`${file}-wal`, `${file}-away`), /-wal was deleted while/],
  ["without what processes share", (file) => move(`${file}-shm`, `${file}-away`), /-shm was deleted while/],
];

describe("an SQLite file that is", () => {
  it.each(DEEDS)(
    "%s keeps nothing more, says so once, and works again where it is put back",
    async (...row) => {
      const [, act, says] = row;
      const { url, said, doors } = await inUse();
      const back = act(url);
      for (const [name, door] of [...Object.entries(doors), ...Object.entries(doors)])
        await expect(door(), name).rejects.toMatchObject({ name: "DatabaseGone", status: 503 });
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(says);
      expect(said[0]).not.toContain("\n");
      if (!back) return;
      back();
      expect(await doors.count()).toBe(1);
      await doors.rename();
      await doors.together();
      expect(said).toHaveLength(2);
      expect(said[1]).toMatch(/is back/);
    },
  );

  it("taken away during a transaction takes what was not committed with it", async () => {
    const { url, doors } = await inUse();
    const context = { ...(await testContext("sqlite")), database: openDatabase(url) };
    onTestFinished(() => context.database.close());
    for (const door of ["transact", "transactTogether"] as const) {
      let back = () => {};
      const writing = context.database[door](async ({ db }) => {
        await db.updateTable("study").set({ name: "lost" }).execute();
        back = move(url, `${url}.away`);
      });
      await expect(writing, door).rejects.toMatchObject({ name: "DatabaseGone" });
      back();
    }
    const named = await context.database.read(({ db }) => db.selectFrom("study").select("name").execute());
    expect(named).toEqual([{ name: "kept" }]);
    expect(await doors.count()).toBe(1);
  });

  it("gone is answered with 503 over HTTP, and no judgment is acknowledged", async () => {
    const context = await testContext("sqlite");
    const { tokens } = await openStudy(context, { prompts: 4, baselines: 1, annotators: 1 });
    const app = await testApp(context);
    onTestFinished(() => app.close());
    const ask = () =>
      app.inject({
        method: "POST",
        url: "/api/judge/work",
        headers: { host: new URL(ORIGIN).host, authorization: `Bearer ${tokens[0]}` },
        payload: { holding: [] },
      });
    expect((await ask()).statusCode).toBe(200);
    const back = move(context.url, `${context.url}.away`);
    const refused = await ask();
    expect([refused.statusCode, refused.json<{ error: string }>().error]).toEqual([503, "DatabaseGone"]);
    expect(refused.body).not.toContain(context.url);
    back();
    expect((await ask()).statusCode).toBe(200);
  });
});

describe("an SQLite file with two names", () => {
  it("is one database under symbolic links, and refused under a hard link", async () => {
    const { url } = await inUse();
    const folder = path.dirname(url);
    fs.symlinkSync(url, `${folder}/link.db`);
    fs.symlinkSync(folder, `${folder}/folder`);
    for (const other of ["link.db", `folder/${path.basename(url)}`, "folder/link.db"]) {
      const database = openDatabase(path.join(folder, other));
      expect(database.place, other).toBe(fs.realpathSync(url));
      await database.close();
    }
    fs.linkSync(url, `${folder}/hard.db`);
    expect(() => openDatabase(`${folder}/hard.db`)).toThrow(/another name/);
    expect(fs.readdirSync(folder).filter((name) => name.startsWith("hard.db"))).toEqual(["hard.db"]);
  });
});
