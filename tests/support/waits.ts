import pg from "pg";

const PATIENCE_MS = 60_000;

/**
 * Until so many wait for a lock in the database of a client: a test's database has nobody else in it.
 * @throws Error where they do not within a minute
 */
export async function waits(client: pg.Client, howMany = 1): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; (await waiting(client)) < howMany;) {
    if (Date.now() > end) throw new Error(`Fewer than ${howMany} wait for a lock.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** How many wait for a lock now; within a transaction, connections made since it first looked need a new look. */
async function waiting(client: pg.Client): Promise<number> {
  await client.query("select pg_stat_clear_snapshot()");
  const { rowCount } = await client.query(
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rowCount ?? 0;
}

/**
 * Holds the rows of a table by a transaction of another connection to a PostgreSQL database, as somebody who is about to
 * change them.
 * @param meanwhile is given a function that resolves once so many wait; what it leaves waiting goes on when it is over
 */
export async function whileHeld(
  { url }: { url: string },
  table: string,
  meanwhile: (wait: (howMany: number) => Promise<void>) => Promise<void>,
): Promise<void> {
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  try {
    await other.query("begin");
    await other.query(`select 1 from ${table} for no key update`);
    await meanwhile((howMany) => waits(other, howMany));
    await other.query("commit");
  } finally {
    await other.end();
  }
}
