import path from "node:path";
import { BLOCK_NAMES } from "../../server/contract/report.ts";
import { ReportBuilder } from "../../server/reports/report.ts";
import { openDatabase } from "../../server/storage/open.ts";
import { LARGE, makeJudgedStudy } from "./judged-study.ts";
import { clock, type Line, median, peakMb, workFolder } from "./measure.ts";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";

const BetterSqlite = loadSqliteDriver();

const ROUNDS = 5;
const STUDY = { study: "s" };

/** Reports of a large study on SQLite, beside reading the same judgments once into typed arrays. */
export async function reportBench(judgments: number): Promise<Line[]> {
  const file = path.join(workFolder(), "judged.db");
  await makeJudgedStudy(file, { ...LARGE, judgments });
  const took = { read: [] as number[], pairs: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    took.read.push(await timed(() => readPlainly(file)));
    took.pairs.push(await timed(() => withBuilder(file, (builder) => builder.report(STUDY))));
  }
  const [read, pairs] = [median(took.read), median(took.pairs)];
  const all = await timed(() => withBuilder(file, (builder) => builder.full(STUDY)));
  const after = await afterNewJudgments(file);
  const limit = `${seconds(read)} reading the same rows`;
  const count = `${judgments.toLocaleString("en")} judgments`;
  const blocks = await blockTimes(file);
  return [
    {
      what: `pairs, ${count}`,
      measured: seconds(pairs),
      limit,
      ratio: (pairs / read).toFixed(2),
      reach: "≤ 2, ≤ 1.5 s",
    },
    {
      what: "pairs after 100 new judgments",
      measured: seconds(after),
      limit: "–",
      ratio: "–",
      reach: "≤ 0.15 s",
    },
    {
      what: `every block, ${count}`,
      measured: seconds(all),
      limit,
      ratio: (all / read).toFixed(2),
      reach: "aim at ≤ 5 s",
    },
    ...blocks.map(([name, ms]) => ({
      what: `block ${name}, rows in memory`,
      measured: seconds(ms),
      limit: "–",
      ratio: "–",
      reach: "–",
    })),
    {
      what: "memory of this process",
      measured: `${peakMb()} MB`,
      limit: "–",
      ratio: "–",
      reach: "–",
    },
  ];
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

async function timed(use: () => unknown): Promise<number> {
  const start = clock();
  await use();
  return clock() - start;
}

async function withBuilder(file: string, use: (builder: ReportBuilder) => Promise<unknown>): Promise<void> {
  const database = openDatabase(file);
  await use(new ReportBuilder({ database }));
  await database.close();
}

/** What a report cannot be quicker than by much: its rows, one by one, into typed arrays. */
function readPlainly(file: string): void {
  const db = new BetterSqlite(file, { readonly: true });
  db.pragma("cache_size = -32000");
  const { n } = db.prepare("select count(*) as n from judgment").get() as { n: number };
  const columns = Array.from({ length: 7 }, () => new Int32Array(n));
  const rows = db
    .prepare(
      `select prompt_id, turn, low_system_id, high_system_id, annotator_id, left_system_id,
         case choice when 'left' then 0 when 'tie' then 1 when 'right' then 2 else 3 end
       from counted_judgment where study_id = 1`,
    )
    .raw()
    .iterate() as Iterable<number[]>;
  let at = 0;
  for (const row of rows) {
    for (let c = 0; c < columns.length; c++) columns[c]![at] = row[c]!;
    at++;
  }
  db.close();
}

/** 100 judgments more, for a reader who had the report before. */
async function afterNewJudgments(file: string): Promise<number> {
  const database = openDatabase(file);
  const builder = new ReportBuilder({ database });
  await builder.report(STUDY);
  const writer = new BetterSqlite(file);
  writer.exec(`
    begin;
    insert into comparison (study_id, prompt_id, turn, low_system_id, high_system_id)
      select 1, id, 2, 1, 2 from prompt limit 100;
    insert into slot (comparison_id, prompt_id, group_id, replicate, stage, order_key, counted_assignment_id)
      select c.id, c.prompt_id, 1, 0, 'main', c.id, (select max(id) from assignment) + row_number() over (order by c.id)
      from comparison c where c.turn = 2;
    insert into assignment (id, token, slot_id, comparison_id, prompt_id, group_id, annotator_id, purpose, presentation,
        left_system_id, right_system_id, side_known, ordinal, origin, opened_at, lease_end, ended_at, ended_how)
      select s.counted_assignment_id, 'n' || s.id, s.id, s.comparison_id, s.prompt_id, 1, 1, 'main', 0, 1, 2, 1,
        10000000 + s.id, 'handed_out', 'x', 'x', 'x', 'judged'
      from slot s join comparison c on c.id = s.comparison_id where c.turn = 2;
    insert into judgment (assignment_id, annotator_id, revision, choice, active_ms, request_key, received_at)
      select a.id, 1, 1, 'left', 1, 'n' || a.id, '2026-01-05T09:00:00.000Z' from assignment a where a.token like 'n%';
    commit;`);
  writer.close();
  const took = await timed(() => builder.report(STUDY));
  await database.close();
  return took;
}

/** Each block alone, once its judgments are read; what it reads besides is in its time. */
async function blockTimes(file: string): Promise<[string, number][]> {
  const database = openDatabase(file);
  const builder = new ReportBuilder({ database });
  await builder.block(STUDY, "progress"); // reads the judgments with their times
  const times: [string, number][] = [];
  for (const name of BLOCK_NAMES) times.push([name, await timed(() => builder.block(STUDY, name))]);
  await database.close();
  return times;
}
