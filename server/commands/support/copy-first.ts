import path from "node:path";
import { type Context, now } from "../../context.ts";
import { backUp } from "../../storage/backup.ts";
import { asWord } from "../../report-document/as-word.ts";
import { requireFolderOf } from "./files.ts";
import { withProgress } from "./progress-line.ts";
import { say, stampOf } from "./run.ts";

/** The option for help: a copy that is written first. */
export const COPY_HELP = "backup to write first (default: a new file in this folder)";

/**
 * Writes a backup of the whole database before something is taken out of it.
 * @param copy the file; undefined: a new one in this folder; false: none is wanted
 * @returns the file's name, without its folder; null: there is none
 * @throws FileUnusable, BackupUnusable
 */
export async function copyFirst(
  context: Context,
  { copy, study, verb }: { copy: string | false | undefined; study: string; verb: string },
): Promise<string | null> {
  if (copy === false) return null;
  const safe = study.replace(/[^\p{L}\p{N}._-]+/gu, "-");
  const file = copy ?? `${safe}-before-${verb}-${stampOf(context.clock())}.backup`;
  requireFolderOf(file);
  await withProgress((line) =>
    backUp(context.database, file, now(context), (done, of) =>
      line.show({ what: "Writing a copy first", done, of, unit: "rows" }),
    ),
  );
  const command = `npx tiebreak restore ${asWord(file)} --database NEW`;
  say(`Wrote a copy of the database to ${file}. To restore it into a new database: ${command}`);
  return path.basename(file);
}
