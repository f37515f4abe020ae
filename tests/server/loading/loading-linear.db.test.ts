import type { Database as Handle } from "better-sqlite3";
import pg from "pg";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Context } from "../../../server/context.ts";
import { openDatabase } from "../../../server/storage/open.ts";
import { testContext } from "../../support/context.ts";
import { fileOf, judgment, load, newStudy } from "./loading-support.ts";
import { loadSqliteDriver } from "../../../server/storage/sqlite-driver.ts";

const BetterSqlite = loadSqliteDriver();

/** Judgments of `prompts` prompts by few annotators, so that each of them has many. */
const judgments = (first: number, prompts: number) =>
  Array.from({ length: prompts * 4 }, (_, i) =>
    judgment(i + 1, {
      promptId: `p${first + Math.floor(i / 4)}`,
      annotator: `a${i % 4}`,
      rightSystem: i % 2 === 0 ? "B" : "C",
    }),
  );

/** Loads judgments that are new, some of them twice, and then all of them again. */
async function loadMore(context: Context, first: number): Promise<void> {
  const rows = judgments(first, 32);
  const again = rows.slice(0, 16).map((row, i) => ({ ...row, row: rows.length + i + 1 }));
  const file = fileOf(`more ${first}`, [...rows, ...again], 1000);
  for (const unchanged of [0, rows.length + again.length]) {
    const report = await load(context, file);
    expect(report.files[0]?.judgments).toMatchObject({ unchanged });
  }
}

describe("loading judgments into a study that has many", () => {
  /** Tables that grow with a study's judgments, by the names that statements give them. */
  const LARGE = /^(SCAN|SEARCH) (assignment|comparison|judgment|slot|[acjx])\b/;
  /** All rows of a study, of a load or of an annotator. */
  const WIDE = /^SCAN|\((study_id|load_id|group_id|annotator_id)=\?\)$/;
  /** The highest number of an annotator is read from the end of an index. */
  const HIGHEST = /max\("x"\."ordinal"\)/;

  it("walks none of them on SQLite, by the plan of every statement over many rows", async () => {
    const context = await testContext("sqlite");
    await newStudy(context);
    await load(context, fileOf("first", judgments(0, 64), 1000));
    const again = { ...context, database: openDatabase(context.url) };
    onTestFinished(() => again.database.close());
    const prepared = vi.spyOn(BetterSqlite.prototype, "prepare");
    onTestFinished(() => prepared.mockRestore());
    await loadMore(again, 1000);
    const overRows = prepared.mock.calls.map(([sql]) => sql).filter((sql) => sql.split("?").length > 16);
    const statements = new Set(overRows);
    prepared.mockRestore();
    const handle = new BetterSqlite(context.url, { readonly: true });
    onTestFinished(() => void handle.close());
    const walks = [...statements].flatMap((sql) =>
      planOf(handle, sql)
        .filter((step) => LARGE.test(step) && WIDE.test(step) && !HIGHEST.test(sql))
        .map((step) => `${step}: ${sql.slice(0, 300)}`),
    );
    expect(statements.size).toBeGreaterThan(8);
    expect(walks).toEqual([]);
  });

  it("visits no more rows on PostgreSQL where four times as many are there", async () => {
    const visited = async (prompts: number) => {
      const context = await testContext("postgres");
      const first = { ...context, database: openDatabase(context.url) };
      await newStudy(first);
      await load(first, fileOf("first", judgments(0, prompts), 1000));
      await first.database.close();
      const planned = new URL(context.url); // as with large tables, which are never walked where an index will do
      planned.searchParams.set("options", "-c enable_seqscan=off");
      const before = await rowsVisited(context.url);
      const more = { ...context, database: openDatabase(planned.href) };
      await loadMore(more, 10_000);
      await more.database.close();
      return (await rowsVisited(context.url)) - before;
    };
    const [few, many] = [await visited(200), await visited(800)];
    expect(few).toBeGreaterThan(0);
    expect(many).toBeLessThan(few * 1.5);
  });
});

function planOf(handle: Handle, sql: string): string[] {
  const statement = handle.prepare(`explain query plan ${sql}`);
  const parameters = Array(sql.split("?").length - 1).fill(1) as number[];
  return (statement.all(parameters) as { detail: string }[]).map(({ detail }) => detail);
}

/**
 * Rows that were read so far, of the tables that grow with judgments. What another connection read is counted when its
 * process ends, which may be a while after it was closed.
 */
async function rowsVisited(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  const others = `select 1 from pg_stat_activity where datname = current_database() and backend_type = 'client backend'
    and pid <> pg_backend_pid()`;
  await expect.poll(async () => (await client.query(others)).rowCount, { timeout: 60_000 }).toBe(0);
  const { rows } = await client.query<{ visited: string }>(
    `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) as visited from pg_stat_user_tables
     where relname in ('assignment', 'judgment', 'comparison', 'slot')`,
  );
  await client.end();
  return Number(rows[0]?.visited);
}
