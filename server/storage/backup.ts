import type { Database, Reader } from "./database.ts";
import { type BackupHead, BackupUnusable, type TablePart, writeBackupFile } from "./backup-file.ts";
import { doneMigrations } from "./migrate.ts";
import { TABLES } from "./table-names.ts";

/** What a backup holds. */
export interface BackupSummary {
  readonly takenAt: string;
  readonly rows: number;
}

/**
 * Writes everything that a database holds to a file, as it is at one moment, whoever goes on working: what was
 * acknowledged before is in it. The database is left as it is, also where it is older than this program.
 * @param takenAt ISO 8601, UTC
 * @throws BackupUnusable where the file exists, or there is nothing to back up
 */
export async function backUp(database: Database, file: string, takenAt: string): Promise<BackupSummary> {
  return database.read(async (reader) => {
    const migrations = await doneMigrations(reader);
    if (migrations.length === 0) throw new BackupUnusable(database.place, "holds nothing to back up.");
    const head: Omit<BackupHead, "tiebreakBackup"> = { takenAt, migrations };
    return { takenAt, rows: await writeBackupFile(file, head, partsOf(reader)) };
  });
}

async function* partsOf(reader: Reader): AsyncGenerator<TablePart> {
  const there = new Set((await reader.db.introspection.getTables()).map(({ name }) => name));
  for (const table of TABLES.filter((name) => there.has(name))) {
    for await (const rows of reader.dialect.rowsOf(reader.db, table)) yield { table, rows };
  }
}
