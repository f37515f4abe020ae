import fs from "node:fs";
import readline from "node:readline";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";

/** What loading judgments cannot be quicker than: read, parse, and insert into the same tables, without any checks. */
const [database = "", file = ""] = process.argv.slice(2);
const handle = new (loadSqliteDriver())(database);
handle.pragma("journal_mode = wal");
handle.pragma("synchronous = full");
handle.pragma("cache_size = -65536");
handle.exec(`
  insert into load (id, study_id, state, file_name, content_hash, started_at, heartbeat_at)
    values (1, 1, 'published', 'f', 'h', 'x', 'x');
  insert into annotator_group (id, study_id, name, kind, headline, load_id) values (1, 1, 'loaded', 'crowd', 1, 1);`);

type Id = number | bigint;
/** Inserts a name once. */
function named(sql: string): (name: string) => Id {
  const insert = handle.prepare(sql);
  const ids = new Map<string, Id>();
  return (name) => {
    const there = ids.get(name);
    if (there !== undefined) return there;
    const id = insert.run({ name, number: ids.size + 1 }).lastInsertRowid;
    ids.set(name, id);
    return id;
  };
}
const promptOf = named("insert into prompt (study_id, external_id, load_id) values (1, @name, 1)");
const systemOf = named(
  "insert into system (study_id, name, display_name, role, load_id) values (1, @name, @name, 'contender', 1)",
);
const annotatorOf = named(
  `insert into annotator (group_id, study_id, provider, external_id, display_number, load_id, created_at)
   values (1, 1, 'file', @name, @number, 1, 'x')`,
);
const insertComparison = handle.prepare(
  `insert into comparison (study_id, prompt_id, turn, low_system_id, high_system_id, load_id)
   values (1, ?, 1, ?, ?, 1)`,
);
const insertAssignment = handle.prepare(
  `insert into assignment (token, comparison_id, prompt_id, group_id, annotator_id, purpose, presentation, left_system_id,
     right_system_id, side_known, ordinal, origin, source_key, load_id, opened_at, lease_end, ended_at, ended_how)
   values (?, ?, ?, 1, ?, 'main', ?, ?, ?, 1, ?, 'loaded', ?, 1, 'x', 'x', 'x', 'judged')`,
);
const insertJudgment = handle.prepare(
  `insert into judgment (assignment_id, annotator_id, revision, choice, request_key, received_at, metadata)
   values (?, ?, 1, ?, ?, 'x', '{}')`,
);
const comparisons = new Map<string, Id>();
const ordinals = new Map<Id, number>();
let row = 0;

handle.exec("begin");
const lines = readline.createInterface({ input: fs.createReadStream(file), crlfDelay: Infinity });
for await (const line of lines) {
  if (row++ === 0) continue;
  const [promptName = "", left = "", right = "", choice, who = ""] = line.split(",");
  const prompt = promptOf(promptName);
  const sides = [systemOf(left), systemOf(right)];
  const [low, high] = sides.toSorted((a, b) => Number(a) - Number(b));
  const key = `${prompt} ${low} ${high}`;
  let comparison = comparisons.get(key);
  if (comparison === undefined) {
    comparison = insertComparison.run(prompt, low, high).lastInsertRowid;
    comparisons.set(key, comparison);
  }
  const annotator = annotatorOf(who);
  const ordinal = (ordinals.get(annotator) ?? 0) + 1;
  ordinals.set(annotator, ordinal);
  const told = [comparison, prompt, annotator, ordinal, ...sides, ordinal, `f ${row}`];
  const { lastInsertRowid } = insertAssignment.run(`token ${row}`, ...told);
  insertJudgment.run(lastInsertRowid, annotator, choice, `loaded ${ordinal}`);
  if (row % 500 === 0) handle.exec("commit; begin");
}
handle.exec("commit");
handle.close();
