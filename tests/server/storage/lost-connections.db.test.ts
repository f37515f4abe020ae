import { sql } from "kysely";
import pg from "pg";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Database, Reader } from "../../../server/storage/database.ts";
import type { LoadSource } from "../../../server/loading/source.ts";
import { reportsInThread } from "../../../server/reports/report-thread.ts";
import { openDatabase } from "../../../server/storage/open.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { testContext } from "../../support/context.ts";
import { startPostgres } from "../../support/postgres.ts";
import { fileOf, judgment, load } from "../loading/loading-support.ts";

vi.setConfig({ testTimeout: 240_000 }); // these start servers and wait for their ends

/** A PostgreSQL database, and how to end its connections as a restart does. */
async function endable() {
  const context = await testContext("postgres");
  const admin = new pg.Client(context.url);
  await admin.connect();
  onTestFinished(() => admin.end());
  const endAll = () =>
    admin.query(
      "select pg_terminate_backend(pid, 10000) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()",
    );
  return { ...context, endAll };
}

const add = ({ db }: Pick<Reader, "db">, name: string) =>
  sql`insert into study (name, public_title, state, seed, created_at) values (${name}, 't', 'draft', 's', 'now')`.execute(
    db,
  );
const names = (database: Database) =>
  database.read(async ({ db }) =>
    (await db.selectFrom("study").select("name").orderBy("id").execute()).map((row) => row.name),
  );

/** Where in a transaction its connection ends, and what is run there. */
const MOMENTS: [moment: string, at: (end: () => Promise<unknown>, db: Reader["db"]) => Promise<unknown>][] = [
  ["between two queries", async (end) => end()],
  [
    "in a query",
    async (end, db) => {
      const running = sql`select pg_sleep(600)`.execute(db);
      await Promise.all([running, end()]);
    },
  ],
  [
    "with its query cancelled by its own end",
    async (_end, db) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(db),
  ],
];

describe("a connection to PostgreSQL that is ended", () => {
  it("while it is idle is replaced, however many there are", async () => {
    const { database, endAll } = await endable();
    for (let round = 0; round < 3; round++) {
      await Promise.all(
        Array.from({ length: 20 }, () => database.read(({ db }) => sql`select 1`.execute(db))),
      );
      await endAll();
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => database.transact((tx) => add(tx, `${round} ${i}`))),
      );
    }
    expect(await names(database)).toHaveLength(60);
  });

  it.each(MOMENTS)("%s lets a transaction be done again, and once", async (_moment, at) => {
    const { database, endAll } = await endable();
    for (const door of ["transact", "transactTogether"] as const) {
      let runs = 0;
      const result = await database[door](async (tx) => {
        await add(tx, door);
        if (++runs === 1) await at(endAll, tx.db);
        return runs;
      });
      expect(result, door).toBe(2);
    }
    expect(await names(database)).toEqual(["transact", "transactTogether"]);
  });

  it.each(MOMENTS)("%s refuses what was being read, and says so by name", async (_moment, at) => {
    const { database, endAll } = await endable();
    let runs = 0;
    const reading = database.read(async ({ db }) => {
      runs++;
      await at(endAll, db);
      await sql`select 1`.execute(db);
    });
    await expect(reading).rejects.toMatchObject({ name: "DatabaseAway", status: 503 });
    expect(runs).toBe(1);
    expect(await names(database)).toEqual([]);
  });

  it("while it commits is told as such: whether it was kept nobody knows, so it is not done again", async () => {
    const { database } = await endable();
    await database.transact(async ({ db }) => {
      for (const ddl of [
        `create function end_me() returns trigger language plpgsql as
           'begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return null; end'`,
        `create constraint trigger at_commit after insert on study deferrable initially deferred
           for each row execute function end_me()`,
      ])
        await sql.raw(ddl).execute(db);
    });
    let runs = 0;
    const writing = database.transact(async (tx) => {
      runs++;
      await add(tx, "perhaps");
    });
    await expect(writing).rejects.toMatchObject({ name: "CommitLost", status: 503 });
    expect(runs).toBe(1);
    expect(await names(database)).toEqual([]);
  });

  it("takes no report with it: the thread that makes them asks over another", async () => {
    const { endAll, ...context } = await endable();
    await createStudy(context, { name: "s", seed: "seed" });
    const desk = reportsInThread({ url: context.url });
    onTestFinished(() => desk.close());
    const first = await desk.answer({ study: "s", part: "report" });
    for (let times = 0; times < 3; times++) {
      await endAll();
      expect(await desk.answer({ study: "s", part: "report" })).toBe(first);
    }
  });

  it("takes nothing from a load under way, which is whole or refused by name", async () => {
    const { endAll, ...context } = await endable();
    await createStudy(context, { name: "s", seed: "seed" });
    const rows = Array.from({ length: 1500 }, (_, i) => judgment(i + 1, { promptId: `p${i}` }));
    const file = fileOf("f", rows, 100);
    let times = 0;
    const ending: LoadSource = {
      ...file,
      async *read() {
        for await (const items of file.read()) {
          if (++times % 4 === 0) await endAll();
          yield items;
        }
      },
    };
    let done = false;
    while (!done) {
      try {
        done = (await load(context, ending)).done;
      } catch (error) {
        expect(error).toMatchObject({ name: expect.stringMatching(/^(CommitLost|DatabaseAway)$/) as string });
        context.advance(20_000); // until the load that broke off counts as dead
      }
    }
    expect(times).toBeGreaterThan(4);
    const { judged } = await context.database.read(({ db }) =>
      db
        .selectFrom("judgment")
        .select(({ fn }) => fn.countAll<number>().as("judged"))
        .executeTakeFirstOrThrow(),
    );
    expect(judged).toBe(rows.length);
  });

  it("never acknowledges a transaction that PostgreSQL rolled back, because a query in it had failed", async () => {
    const { database } = await endable();
    const writing = database.transact(async (tx) => {
      await add(tx, "lost");
      await add(tx, "lost").catch(() => undefined);
    });
    await expect(writing).rejects.toMatchObject({ name: "CommitLost", status: 503 });
    expect(await names(database)).toEqual([]);
  });
});

describe("a PostgreSQL that is away", () => {
  it("is waited for, told of once, and used again when it is back", async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const said: string[] = [];
    const database = openDatabase(postgres.url, {
      patienceMs: 120_000,
      tell: (line) => void said.push(line),
    });
    onTestFinished(() => database.close());
    const ask = () => database.transact(({ db }) => sql<{ one: number }>`select 1 as one`.execute(db));
    await ask();
    let asked: ReturnType<typeof ask>[] = [];
    await postgres.restart(async () => {
      asked = Array.from({ length: 30 }, ask);
      await expect.poll(() => said.length, { timeout: 60_000 }).toBe(1); // however fast a restart is, it is met
    });
    const answers = await Promise.all(asked);
    for (const { rows } of answers) expect(rows).toEqual([{ one: 1 }]);
    expect(said.filter((line) => /does not answer/.test(line))).toHaveLength(1);
    expect(said.at(-1)).toMatch(/answers again/);
    expect(said).toHaveLength(2);
  });

  it("refuses by name once patience is at its end", async () => {
    const postgres = await startPostgres();
    const database = openDatabase(postgres.url, { patienceMs: 200 });
    onTestFinished(() => database.close());
    await database.read(({ db }) => sql`select 1`.execute(db));
    await postgres.stop();
    const away = { name: "DatabaseAway", status: 503 };
    await expect(database.transact(({ db }) => sql`select 1`.execute(db))).rejects.toMatchObject(away);
    await expect(database.read(({ db }) => sql`select 1`.execute(db))).rejects.toMatchObject(away);
  });
});
