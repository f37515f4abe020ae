import { type Kysely, Migrator } from "kysely";
import { MIGRATIONS, type TiebreakMigration } from "../../migrations/index.ts";
import type { Database, Reader, Transaction } from "./database.ts";
import { DatabaseNewer } from "./errors.ts";
import { copySqlite } from "./copy-sqlite.ts";

interface MigrateOptions {
  /** Told, in one line, before an existing database is changed. */
  readonly say: (line: string) => void;
  /** Part of the name of the copy that is made of an SQLite file before it is changed. */
  readonly stamp: string;
  /** All migrations, in order, if not this program's own. */
  readonly migrations?: readonly TiebreakMigration[];
}

/**
 * Brings the schema up to date: nothing where it is, all of it where the database is new.
 * @throws DatabaseNewer where the database has migrations that this program does not know.
 */
export async function migrate(database: Database, options: MigrateOptions): Promise<void> {
  const migrations = options.migrations ?? MIGRATIONS;
  const pending = await pendingMigrations(database, migrations);
  if (pending.length === 0) return;
  if (pending.length < migrations.length) {
    options.say(`Updating ${database.place}: ${pending.join(", ")}.`);
    copySqliteFile(database, options);
  }
  await database.transact(async (tx) => {
    await tx.dialect.lockSchema(tx.db);
    await migrateWithin(tx, migrations);
  });
}

/** Runs all of these migrations that have not been run, in the transaction that is open. */
export async function migrateWithin(
  tx: Transaction,
  migrations: readonly TiebreakMigration[],
): Promise<void> {
  const { error } = await migrator(tx, migrations).migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error("The database could not be updated.");
}

/** The migrations that this database has, in order; none where it is new. */
export async function doneMigrations({ db }: Reader): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === "kysely_migration")) return [];
  return namesOfDone(db);
}

/** Whether a database has the migrations of this program, all and no others; for a database that was migrated once. */
export async function isUpToDate({ db }: Reader): Promise<boolean> {
  const done = await namesOfDone(db);
  return done.length === MIGRATIONS.length && MIGRATIONS.every(({ name }, i) => done[i] === name);
}

async function namesOfDone(db: Reader["db"]): Promise<string[]> {
  const rows = await (db as unknown as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom("kysely_migration")
    .select("name")
    .orderBy("name")
    .execute();
  return rows.map(({ name }) => name);
}

/** The migrations that a database lacks. @throws DatabaseNewer where it has some that are not among these */
async function pendingMigrations(
  database: Database,
  migrations: readonly TiebreakMigration[],
): Promise<string[]> {
  const known = new Set(migrations.map((migration) => migration.name));
  const done = await database.read(doneMigrations);
  const unknown = done.find((name) => !known.has(name));
  if (unknown) throw new DatabaseNewer(database.place, unknown);
  return migrations.map((migration) => migration.name).filter((name) => !done.includes(name));
}

function migrator({ db, dialect }: Transaction, migrations: readonly TiebreakMigration[]): Migrator {
  const provider = {
    getMigrations: async () =>
      Object.fromEntries(
        migrations.map(({ name, up }) => [
          name,
          { up: (within: Kysely<unknown>) => up(within, dialect.name) },
        ]),
      ),
  };
  return new Migrator({ db, provider, disableTransactions: true });
}

function copySqliteFile(database: Database, options: MigrateOptions): void {
  if (database.dialect.name !== "sqlite") return;
  const copy = `${database.place}.before-${options.stamp}`;
  copySqlite(database.place, copy);
  options.say(`A copy from before the update is at ${copy}.`);
}
