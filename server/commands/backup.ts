import type { Command } from "commander";
import { type ConfigInput, readConfig } from "../config.ts";
import { now } from "../context.ts";
import { backUp } from "../storage/backup.ts";
import { withinReach } from "../storage/open.ts";
import { requireFolderOf } from "./support/files.ts";
import { withProgress } from "./support/progress-line.ts";
import { print, withDatabaseAsItIs } from "./support/run.ts";

const HELP = `
Writes a consistent snapshot of the whole database to one file, while servers and annotators continue to work. The file gets
its name only once it is complete. It can be restored into SQLite or PostgreSQL.

Examples:
  npx tiebreak backup monday.backup
  npx tiebreak backup monday.backup --database postgres://user@db.example.org/tiebreak`;

export function backupCommand(program: Command): void {
  program
    .command("backup <file>")
    .description("write everything in the database to a new file, while people judge")
    .addHelpText("after", HELP)
    .action(async (file: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ConfigInput & { json?: boolean }>();
      const config = readConfig(flags, process.env);
      requireFolderOf(file);
      await withDatabaseAsItIs(config, async (context) => {
        const { database } = context;
        const { takenAt, rows } = await withProgress((line) =>
          withinReach(database, () =>
            backUp(database, file, now(context), (done, of) =>
              line.show({ what: "Writing the backup", done, of, unit: "rows" }),
            ),
          ),
        );
        const text = `${file} holds all of ${database.place} as of ${takenAt}: ${rows} rows.`;
        print(flags.json ? JSON.stringify({ file, takenAt, rows }) : text);
      });
    });
}
