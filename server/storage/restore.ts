import type { Kysely } from "kysely";
import { MIGRATIONS } from "../../migrations/index.ts";
import { TiebreakError } from "../contract/errors.ts";
import { type BackupHead, BackupUnusable, readBackupFile } from "./backup-file.ts";
import type { BackupSummary, OnRows } from "./backup.ts";
import { batchesOf } from "./batches.ts";
import { copySqlite } from "./copy-sqlite.ts";
import type { Database, Reader, Transaction } from "./database.ts";
import type { TableRow } from "./dialect.ts";
import { doneMigrations, migrateWithin } from "./migrate.ts";
import { runningServer } from "./server-lock.ts";
import { TABLES, VIEWS } from "./table-names.ts";

class RestoreRefused extends TiebreakError {
  constructor(place: string, reason: string) {
    super("RestoreRefused", 409, `${place} ${reason}`);
  }
}

/** A backup that was read whole. */
interface VerifiedBackup extends BackupSummary {
  readonly file: string;
  /** Of the database that it was taken of. */
  readonly migrations: readonly string[];
}

/**
 * Reads a backup whole and changes nothing.
 * @param onRows called with the rows that were read
 * @throws BackupUnusable where it is damaged, not whole, or of a newer Tiebreak
 */
export async function verifyBackup(file: string, onRows?: (done: number) => void): Promise<VerifiedBackup> {
  const verified = { file, takenAt: "", migrations: [] as string[], rows: 0 };
  const onHead = ({ takenAt, migrations }: BackupHead) => {
    const known = MIGRATIONS.map(({ name }) => name);
    const unknown = migrations.find((name, i) => name !== known[i]);
    if (unknown !== undefined)
      throw new BackupUnusable(file, `was written by a newer Tiebreak (it has ${unknown}). Update Tiebreak.`);
    Object.assign(verified, { takenAt, migrations });
  };
  for await (const { rows } of readBackupFile(file, onHead)) onRows?.((verified.rows += rows.length));
  return verified;
}

interface RestoreOptions {
  /** Whether studies that the database holds may go. */
  readonly replace: boolean;
  /** Part of the name of the copy that is made of an SQLite file whose studies go. */
  readonly stamp: string;
  readonly say: (line: string) => void;
  readonly onRows?: OnRows;
}

/**
 * Makes a database what it was when the backup was taken, in one transaction: all of it, or nothing. A backup of an older
 * version is brought up to date in it; one of SQLite may go to PostgreSQL, and the other way.
 * @throws RestoreRefused where the database is in use or holds studies
 */
export async function restore(
  database: Database,
  { file, migrations, rows: of }: VerifiedBackup,
  options: RestoreOptions,
): Promise<void> {
  const server = database.dialect.name === "sqlite" ? runningServer(database.place) : null;
  if (server !== null)
    throw new RestoreRefused(database.place, `is in use by a server (process ${server.pid}). Stop it first.`);
  const holdsStudies = await database.read(hasStudies);
  if (holdsStudies && !options.replace)
    throw new RestoreRefused(database.place, "holds studies. Name an empty database, or add --replace.");
  if (holdsStudies && database.dialect.name === "sqlite") {
    const copy = `${database.place}.before-${options.stamp}`;
    copySqlite(database.place, copy);
    options.say(`A copy of it as it was is at ${copy}.`);
  }
  await database.transact(async (tx) => {
    await tx.dialect.lockSchema(tx.db);
    const others = await tx.dialect.othersConnected(tx.db);
    if (others > 0)
      throw new RestoreRefused(
        database.place,
        `is in use by ${others} other connections of Tiebreak. Stop them first.`,
      );
    await dropAll(tx);
    await migrateWithin(tx, MIGRATIONS.slice(0, migrations.length));
    let done = 0;
    for await (const part of readBackupFile(file)) {
      await insert(tx, part.table, part.rows);
      options.onRows?.((done += part.rows.length), of);
    }
    await migrateWithin(tx, MIGRATIONS);
    await tx.dialect.continueIds(tx.db);
  });
}

async function hasStudies(reader: Reader): Promise<boolean> {
  if ((await doneMigrations(reader)).length === 0) return false;
  const study = await reader.db.selectFrom("study").select("id").limit(1).executeTakeFirst();
  return study !== undefined;
}

async function dropAll({ db }: Transaction): Promise<void> {
  for (const view of VIEWS) await db.schema.dropView(view).ifExists().execute();
  const others = ["kysely_migration", "kysely_migration_lock"];
  for (const table of [...TABLES.toReversed(), ...others])
    await db.schema.dropTable(table).ifExists().execute();
}

/** Values that one statement may bind; SQLite takes 32,766. */
const VALUES_MAX = 30_000;

async function insert({ db }: Transaction, table: string, rows: readonly TableRow[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).length;
  for (const batch of batchesOf(rows, Math.max(1, Math.floor(VALUES_MAX / columns)))) {
    await (db as unknown as Kysely<Record<string, TableRow>>).insertInto(table).values(batch).execute();
  }
}
