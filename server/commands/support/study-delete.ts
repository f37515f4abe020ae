import type { Command } from "commander";
import { record } from "../../accounts/audit.ts";
import type { ConfigInput } from "../../config.ts";
import type { StudyDetail } from "../../contract/studies.ts";
import { counted } from "../../report-document/numbers.ts";
import { deleteStudy, type StudyToDelete, studyToDelete } from "../../studies/delete-study.ts";
import { confirmName } from "./confirm-name.ts";
import { COPY_HELP, copyFirst } from "./copy-first.ts";
import { withProgress } from "./progress-line.ts";
import { type RemoteServer, remoteOf, requireLocal, studyPath } from "./remote-server.ts";
import { print, withDatabase } from "./run.ts";

interface DeleteFlags extends ConfigInput {
  readonly yes?: string;
  /** False: none. */
  readonly copy?: string | false;
  readonly json?: boolean;
}

/** The study's own record of changes, where the audit finds what the command line did, goes with it. */
const BY = { who: "command line", via: "command line" } as const;

const HELP = `
Deletes a study with its texts, annotators, judgments and kept reports. Its links end. A backup of the whole database is written
first; restore it into another database to get the study back.

Examples:
  npx tiebreak study delete haiku
  npx tiebreak study delete haiku --yes haiku --copy haiku-last.backup`;

export function deleteCommand(study: Command): void {
  study
    .command("delete <name>")
    .description("delete a study with everything in it, after writing a backup")
    .option("--yes <name>", "the study's name again, instead of typing it when asked")
    .option("--copy <file>", COPY_HELP)
    .option("--no-copy", "write no backup")
    .addHelpText("after", HELP)
    .action(async (name: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<DeleteFlags>();
      const remote = remoteOf(flags);
      if (remote !== null) return deleteRemotely(remote, name, flags);
      await withDatabase(flags, async ({ context }) => {
        const found = await studyToDelete(context, name);
        await confirm(found, flags);
        const copy = await copyFirst(context, { copy: flags.copy, study: name, verb: "delete" });
        await withProgress((line) =>
          deleteStudy(context, name, (done, of) =>
            line.show({ what: `Deleting ${name}`, done, of, unit: "tables" }),
          ),
        );
        await record(context, { ...BY, verb: "delete study", study: name });
        print(flags.json ? JSON.stringify({ deleted: name, copy }) : `Deleted ${name}.`);
      });
    });
}

/** A server deletes drafts alone: what people have judged is deleted where a copy can be written first. */
async function deleteRemotely(server: RemoteServer, study: string, flags: DeleteFlags): Promise<void> {
  requireLocal({ "--copy": flags.copy !== false && flags.copy });
  const { name, state, judged } = await server.json<StudyDetail>(studyPath(study));
  await confirm({ name, state, judgments: judged, held: 0 }, flags);
  await server.json(studyPath(study), { method: "DELETE", body: { name } });
  print(flags.json ? JSON.stringify({ deleted: name, copy: null }) : `Deleted ${name}.`);
}

const confirm = (found: StudyToDelete, { yes }: DeleteFlags): Promise<void> =>
  confirmName(found.name, {
    ...{ yes, to: "delete it", nothing: "Nothing was deleted.", means: goesText(found) },
  });

function goesText({ name, state, judgments, held }: StudyToDelete): string {
  const people = held > 0 ? ` Annotators hold ${counted(held, "pair")} of it now; their links end.` : "";
  return `${name} is ${state === "draft" ? "a draft" : state}, with ${counted(judgments, "judgment")}.${people}`;
}
