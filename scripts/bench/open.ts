import path from "node:path";
import { changeState, createStudy } from "../../server/studies/study.ts";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";
import { clock, type Line, workFolder } from "./measure.ts";
import { benchContext } from "./study.ts";

const BetterSqlite = loadSqliteDriver();
const PAIRS_PER_PROMPT = 10;

/** Opening a study, beside inserting the same comparisons and slots from a list in memory, 500 per transaction. */
export async function openBench(comparisons: number): Promise<Line[]> {
  const folder = workFolder();
  const bare = await opened(path.join(folder, "bare.db"), comparisons, insertBare);
  const measured = await opened(path.join(folder, "open.db"), comparisons, openStudy);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return [
    {
      what: `study open, ${comparisons.toLocaleString("en")} comparisons`,
      measured: seconds(measured),
      limit: `${seconds(bare)}: the same rows, inserted`,
      ratio: (bare / measured).toFixed(2),
      reach: "≥ 0.3",
    },
  ];
}

type Opening = (file: string, comparisons: number) => Promise<void> | void;

async function opened(file: string, comparisons: number, open: Opening): Promise<number> {
  await writeDraft(file, comparisons / PAIRS_PER_PROMPT);
  const start = clock();
  await open(file, comparisons);
  return clock() - start;
}

async function openStudy(file: string): Promise<void> {
  const context = await benchContext(file);
  await changeState(context, { study: "s", to: "open", by: "bench" });
  await context.database.close();
}

/** Five systems with an output of 1 kB to each prompt: all pairs are ten comparisons per prompt. */
async function writeDraft(file: string, prompts: number): Promise<void> {
  const context = await benchContext(file);
  await createStudy(context, { name: "s", seed: "s" });
  await context.database.close();
  const handle = new BetterSqlite(file);
  handle.exec(`
    insert into load (id, study_id, state, file_name, content_hash, started_at, heartbeat_at)
      values (1, 1, 'published', 'f', 'h', 'x', 'x');
    insert into system (id, study_id, name, display_name, role, load_id)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 5)
      select i, 1, 's' || i, 's' || i, 'contender', 1 from n;
    insert into prompt (id, study_id, external_id, load_id)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${prompts})
      select i, 1, 'p' || i, 1 from n;
    insert into prompt_text (prompt_id, study_id, turns, content_hash, metadata, load_id, load_row)
      select id, 1, '["Name a fish, number ' || id || '."]', 'p' || id, '{}', 1, id from prompt;
    insert into response (prompt_id, system_id, turns, turn_count, content_hash, blank, metadata, load_id, load_row)
      select p.id, s.id, '["' || hex(randomblob(500)) || '"]', 1, p.id || '-' || s.id, 0, '{}', 1, p.id
      from prompt p, system s;
    pragma wal_checkpoint(truncate);`);
  handle.close();
}

const ROWS_PER_TRANSACTION = 500;

function insertBare(file: string, comparisons: number): void {
  const handle = new BetterSqlite(file);
  handle.pragma("synchronous = full");
  handle.exec(
    "insert into annotator_group (id, study_id, name, kind, headline) values (1, 1, 'crowd', 'crowd', 1)",
  );
  const comparison = handle.prepare(
    "insert into comparison (study_id, prompt_id, turn, low_system_id, high_system_id) values (1, ?, 1, ?, ?)",
  );
  const slot = handle.prepare(
    `insert into slot (comparison_id, prompt_id, group_id, replicate, stage, order_key)
     values (?, ?, 1, 0, 'main', ?)`,
  );
  const pairs = [1, 2, 3, 4, 5].flatMap((low) =>
    [1, 2, 3, 4, 5].filter((high) => high > low).map((high) => [low, high] as const),
  );
  for (let at = 0; at < comparisons; at += ROWS_PER_TRANSACTION) {
    handle.exec("begin");
    for (let i = at; i < Math.min(comparisons, at + ROWS_PER_TRANSACTION); i++) {
      const [low, high] = pairs[i % PAIRS_PER_PROMPT] ?? [0, 0];
      const prompt = Math.floor(i / PAIRS_PER_PROMPT) + 1;
      const { lastInsertRowid } = comparison.run(prompt, low, high);
      slot.run(lastInsertRowid, prompt, Math.floor(Math.random() * 2 ** 48));
    }
    handle.exec("commit");
  }
  handle.close();
}
