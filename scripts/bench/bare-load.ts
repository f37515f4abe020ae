import { hash } from "node:crypto";
import fs from "node:fs";
import readline from "node:readline";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";

/** What loading cannot be quicker than: read, parse, and insert into the same tables, without any checks. */
const [database = "", file = ""] = process.argv.slice(2);
const handle = new (loadSqliteDriver())(database);
handle.pragma("journal_mode = wal");
handle.pragma("synchronous = full");
handle.exec(`insert into load (id, study_id, state, file_name, content_hash, started_at, heartbeat_at)
  values (1, 1, 'published', 'f', 'h', 'x', 'x')`);
const insertSystem = handle.prepare(
  "insert into system (study_id, name, display_name, role, load_id) values (1, ?, ?, 'contender', 1)",
);
const insertPrompt = handle.prepare("insert into prompt (study_id, external_id, load_id) values (1, ?, 1)");
const insertResponse = handle.prepare(
  `insert into response (prompt_id, system_id, turns, turn_count, content_hash, blank, metadata, load_id, load_row)
   values (?, ?, ?, 1, ?, 0, '{}', 1, ?)`,
);
const systems = new Map<string, number | bigint>();
let prompt = { name: "", id: 0 as number | bigint };
let row = 0;

handle.exec("begin");
for await (const line of readline.createInterface({
  input: fs.createReadStream(file),
  crlfDelay: Infinity,
})) {
  const { prompt_id: name, system, output } = JSON.parse(line) as Record<string, string>;
  if (name !== prompt.name) prompt = { name: name ?? "", id: insertPrompt.run(name).lastInsertRowid };
  let systemId = systems.get(system ?? "");
  if (systemId === undefined) {
    systemId = insertSystem.run(system, system).lastInsertRowid;
    systems.set(system ?? "", systemId);
  }
  const turns = JSON.stringify([output]);
  insertResponse.run(prompt.id, systemId, turns, hash("sha256", turns), ++row);
  if (row % 500 === 0) handle.exec("commit; begin");
}
handle.exec("commit");
handle.close();
