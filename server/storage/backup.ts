import { sql } from "kysely";
import type { Database, Reader } from "./database.ts";
import { type BackupHead, BackupUnusable, type TablePart, writeBackupFile } from "./backup-file.ts";
import { doneMigrations } from "./migrate.ts";
import { TABLES } from "./table-names.ts";

/** Gets how many rows are done, and how many there are. */
export type OnRows = (done: number, of: number) => void;

/** What a backup holds. */
export interface BackupSummary {
  readonly takenAt: string;
  readonly rows: number;
}

/**
 * Writes everything that a database holds to a file, as it is at one moment, whoever goes on working: what was
 * acknowledged before is in it. The database is left as it is, also where it is older than this program.
 * @param takenAt ISO 8601, UTC
 * @param onRows called with the rows that are written, and all that there are
 * @throws BackupUnusable where the file exists, or there is nothing to back up
 */
export async function backUp(
  database: Database,
  file: string,
  takenAt: string,
  onRows?: OnRows,
): Promise<BackupSummary> {
  return database.read(async (reader) => {
    const migrations = await doneMigrations(reader);
    if (migrations.length === 0) throw new BackupUnusable(database.place, "holds nothing to back up.");
    const head: Omit<BackupHead, "tiebreakBackup"> = { takenAt, migrations };
    return { takenAt, rows: await writeBackupFile(file, head, partsOf(reader, onRows)) };
  });
}

async function* partsOf(reader: Reader, onRows: OnRows | undefined): AsyncGenerator<TablePart> {
  const there = new Set((await reader.db.introspection.getTables()).map(({ name }) => name));
  const tables = TABLES.filter((name) => there.has(name));
  const of = onRows ? await countRows(reader, tables) : 0;
  let done = 0;
  for (const table of tables) {
    for await (const rows of reader.dialect.rowsOf(reader.db, table)) {
      yield { table, rows };
      onRows?.((done += rows.length), of);
    }
  }
}

async function countRows({ db }: Reader, tables: readonly string[]): Promise<number> {
  let count = 0;
  for (const table of tables) {
    const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(
      db,
    );
    count += Number(rows[0]?.rows ?? 0);
  }
  return count;
}
