import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";

/** Takes a table away under a running server, so that it fails for real; returns how to put it back. */
export function takeTableAway(file: string, table: string): () => void {
  const rename = (from: string, to: string) => {
    const database = new (loadSqliteDriver())(file);
    database.pragma("legacy_alter_table = on"); // views and indexes keep the name they know
    database.exec(`alter table "${from}" rename to "${to}"`);
    database.close();
  };
  rename(table, `${table}_taken_away`);
  return () => rename(`${table}_taken_away`, table);
}
