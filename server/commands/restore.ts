import type { Command } from "commander";
import { type ConfigInput, readConfig } from "../config.ts";
import { withinReach } from "../storage/open.ts";
import { restore, verifyBackup } from "../storage/restore.ts";
import { requireFile } from "./support/files.ts";
import { withProgress } from "./support/progress-line.ts";
import { print, say, stampOf, withDatabaseAsItIs } from "./support/run.ts";

const HELP = `
The file is verified before the database is touched, and one transaction restores all of it or nothing. Stop every server on
the database first. Links issued before the backup work again.

Examples:
  npx tiebreak restore monday.backup --database new.db
  npx tiebreak restore monday.backup --replace`;

export function restoreCommand(program: Command): void {
  program
    .command("restore <file>")
    .description("restore a backup into an empty database")
    .option("--replace", "replace the studies in the database (an SQLite file is copied first)")
    .addHelpText("after", HELP)
    .action(async (file: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ConfigInput & { json?: boolean; replace?: boolean }>();
      const config = readConfig(flags, process.env);
      requireFile(file);
      const verified = await withProgress((line) =>
        verifyBackup(file, (done) => line.show({ what: "Verifying", done, of: null, unit: "rows" })),
      ); // before a database is made for it
      await withDatabaseAsItIs(
        config,
        async ({ database, clock }) => {
          const options = { replace: flags.replace === true, stamp: stampOf(clock()), say };
          await withProgress((line) => {
            const onRows = (done: number, of: number) =>
              line.show({ what: "Restoring", done, of, unit: "rows" });
            return withinReach(database, () => restore(database, verified, { ...options, onRows }));
          });
          const { takenAt, rows } = verified;
          const text = `${database.place} is as it was at ${takenAt}: ${rows} rows.`;
          print(flags.json ? JSON.stringify({ file, takenAt, rows }) : text);
        },
        { make: true },
      );
    });
}
