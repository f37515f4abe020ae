import type { Statement } from "better-sqlite3";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";

const BetterSqlite = loadSqliteDriver();

/** What a run sent to SQLite: the statements of each use case with their values, in order. */
export type Trace = { sql: string; values: unknown[]; reads: boolean }[][];

const BEGINS = /^select .*where "a"."token_hash"/i;
const CONTROL = /^(begin|commit|rollback|release|savepoint)/i;

/** Records every statement while `use` runs; a use case begins where its annotator is looked up. */
export async function record(use: () => Promise<void>): Promise<Trace> {
  const trace: Trace = [];
  const prototype = BetterSqlite.prototype as { prepare: (sql: string) => Statement };
  const prepare = prototype.prepare;
  prototype.prepare = function (this: unknown, sql: string) {
    const statement = prepare.call(this, sql);
    const own = { all: statement.all.bind(statement), run: statement.run.bind(statement) };
    const note = (values: unknown[]) => {
      if (BEGINS.test(sql)) trace.push([]);
      if (!CONTROL.test(sql)) trace.at(-1)?.push({ sql, values, reads: statement.reader });
    };
    statement.all = (...values: unknown[]) => (note(values), own.all(...values));
    statement.run = (...values: unknown[]) => (note(values), own.run(...values));
    return statement;
  };
  try {
    await use();
  } finally {
    prototype.prepare = prepare;
  }
  return trace;
}

const BATCH = 64;

/** Runs a trace straight on better-sqlite3, 64 use cases a commit, on a file as it was before the recording. */
export function replay(file: string, trace: Trace): void {
  const handle = new BetterSqlite(file);
  handle.pragma("journal_mode = wal");
  handle.pragma("synchronous = full");
  handle.pragma("foreign_keys = on");
  handle.pragma("temp_store = memory");
  handle.pragma("wal_autocheckpoint = 4000");
  handle.pragma("cache_size = -32000");
  const statements = new Map<string, Statement>();
  const prepared = (sql: string): Statement => {
    const statement = statements.get(sql) ?? handle.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  for (let start = 0; start < trace.length; start += BATCH) {
    handle.exec("begin immediate");
    for (const useCase of trace.slice(start, start + BATCH)) {
      for (const { sql, values, reads } of useCase) {
        if (reads) prepared(sql).all(...values);
        else prepared(sql).run(...values);
      }
    }
    handle.exec("commit");
  }
  handle.close();
}
