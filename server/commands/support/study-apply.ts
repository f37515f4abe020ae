import path from "node:path";
import type { Command } from "commander";
import { stringify } from "yaml";
import type { ConfigInput } from "../../config.ts";
import { reportText } from "../../loading/report-text.ts";
import { applyStudyFile } from "../../study-file/apply.ts";
import { parseStudyFile, StudyFileWrong } from "../../study-file/text.ts";
import { readText } from "./files.ts";
import { filesOfManifest } from "./manifest-files.ts";
import { print, withDatabase } from "./run.ts";

interface ApplyFlags extends ConfigInput {
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly json?: boolean;
}

const REFUSED = 2;
const BY = "command line";

const HELP = `
Makes a study what a YAML file says: title, protocol, files, names of systems, and whether it is open. What the file leaves out stays
as it is, and applied again it changes nothing. Another protocol amends an opened study, which needs --reason. docs/study.schema.json describes the file; study show --as yaml prints one.

Examples:
  npx tiebreak study apply study.yaml --dry-run
  npx tiebreak study apply study.yaml`;

export function applyCommand(study: Command): void {
  study
    .command("apply <file>")
    .description("create or change a study as a YAML file describes it")
    .option("--dry-run", "show what would change without changing anything")
    .option("--reason <text>", "why the protocol of an opened study is amended; the report shows it")
    .addHelpText("after", HELP)
    .action(async (given: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ApplyFlags>();
      const dryRun = flags.dryRun === true;
      const file = parseStudyFile(readText(given), given);
      const files = file.files ? filesIn(file.files, path.dirname(given)) : [];
      await withDatabase(
        flags,
        async ({ context }) => {
          const { changes, report } = await applyStudyFile(context, {
            ...{ file, files, dryRun, by: BY },
            reason: flags.reason,
          });
          const isRefused = report?.done === false;
          if (flags.json) print(JSON.stringify({ study: file.study, dryRun, changes, report }));
          else print(textOf(changes, dryRun, isRefused ? reportText(report) : null));
          if (isRefused) process.exitCode = REFUSED;
        },
        { make: true },
      );
    });
}

function filesIn(files: readonly unknown[], folder: string) {
  try {
    return filesOfManifest(stringify({ files }), folder);
  } catch (error) {
    throw new StudyFileWrong((error as Error).message);
  }
}

function textOf(changes: readonly string[], dryRun: boolean, refusal: string | null): string {
  const title = dryRun ? "Would be done:" : "Done:";
  const done =
    changes.length === 0 ? ["Nothing to change."] : [title, ...changes.map((change) => `  ${change}`)];
  return [...done, ...(refusal === null ? [] : ["", refusal])].join("\n");
}
