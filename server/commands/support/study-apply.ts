import path from "node:path";
import type { Command } from "commander";
import { stringify } from "yaml";
import type { ConfigInput } from "../../config.ts";
import { TiebreakError } from "../../contract/errors.ts";
import type { PromptsLoaded } from "../../contract/prompt-sets.ts";
import type { StudyDetail } from "../../contract/studies.ts";
import { reportText } from "../../loading/report-text.ts";
import { type ApplyRequest, applyStudyFile, studiesOf, type StudyPlace } from "../../study-file/apply.ts";
import { parseStudyFile, StudyFileWrong } from "../../study-file/text.ts";
import { ask, canAsk } from "./ask.ts";
import { NotConfirmed } from "./confirm-name.ts";
import { readText } from "./files.ts";
import { filesOfManifest } from "./manifest-files.ts";
import { loadRemotely } from "./remote-load.ts";
import { onEither, type RemoteServer, studyPath } from "./remote-server.ts";
import { print, say } from "./run.ts";

interface ApplyFlags extends ConfigInput {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly reason?: string;
  readonly json?: boolean;
}

const REFUSED = 2;
const BY = "command line";

const HELP = `
Makes a study what a YAML file says: title, protocol, files, names of systems, and whether it is open. What the file leaves out stays
as it is, and applied again it changes nothing. What would change is listed first, and on a terminal you are asked before it is done;
a script is not asked. --yes and --json neither list nor ask. Another protocol, or more to judge, amends an opened study, which needs --reason. docs/study.schema.json describes the file; study show --as yaml prints one.

Examples:
  npx tiebreak study apply study.yaml --dry-run
  npx tiebreak study apply study.yaml`;

export function applyCommand(study: Command): void {
  study
    .command("apply <file>")
    .description("create or change a study as a YAML file describes it")
    .option("--dry-run", "show what would change without changing anything")
    .option("--yes", "do it without listing and asking first")
    .option("--reason <text>", "why an opened study is amended; the report shows it")
    .addHelpText("after", HELP)
    .action(async (given: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ApplyFlags>();
      const file = parseStudyFile(readText(given), given);
      const files = file.files ? filesIn(file.files, path.dirname(given)) : [];
      const { dryRun, changes, report } = await onEither(
        flags,
        {
          there: (server) => apply(studiesAt(server), { file, files }, flags),
          here: ({ context }) => apply(studiesOf(context, BY), { file, files }, flags),
        },
        { make: true },
      );
      const isRefused = report?.done === false;
      if (flags.json) print(JSON.stringify({ study: file.study, dryRun, changes, report }));
      else print(textOf(changes, dryRun, isRefused ? reportText(report) : null));
      if (isRefused) process.exitCode = REFUSED;
    });
}

/** Applies a file, after listing what would change unless the flags want it at once; on a terminal, after a yes. @throws NotConfirmed */
async function apply(place: StudyPlace, what: Pick<ApplyRequest, "file" | "files">, flags: ApplyFlags) {
  const { dryRun: isAsked = false, yes = false, json = false, reason } = flags;
  const run = async (dryRun: boolean) => ({
    dryRun,
    ...(await applyStudyFile(place, { ...what, dryRun, reason })),
  });
  if (isAsked || yes || json) return run(isAsked);
  const planned = await run(true);
  if (planned.changes.length === 0 || planned.report?.done === false) return planned;
  say(textOf(planned.changes, true, null));
  if (canAsk() && !(await ask("Do it?", { likely: "n", understand: yesOrNo })))
    throw new NotConfirmed("Nothing was changed.");
  return run(false);
}

const yesOrNo = (answer: string): boolean | undefined =>
  /^y(es)?$/i.test(answer) ? true : /^no?$/i.test(answer) ? false : undefined;

/** The studies of a server. */
const studiesAt = (server: RemoteServer): StudyPlace => ({
  detail: (study) =>
    server.json<StudyDetail>(studyPath(study)).catch((error: unknown) => {
      if (error instanceof TiebreakError && error.name === "StudyNotFound") return null;
      throw error;
    }),
  create: async ({ protocol = {}, ...study }) => {
    await server.post("studies", study);
    await server.patch(studyPath(study.name, "protocol"), protocol);
  },
  rename: (study, publicTitle) => server.patch(studyPath(study), { publicTitle }),
  changeProtocol: (study, protocol) => server.patch(studyPath(study, "protocol"), protocol),
  planAmendment: (study, amendment) =>
    server.post(studyPath(study, "amendments"), { ...amendment, dryRun: true }),
  amend: (study, amendment, reason) =>
    server.post(studyPath(study, "amendments"), { ...amendment, reason, confirm: study }),
  loadPrompts: async (study, prompts, how) =>
    (
      await server.json<PromptsLoaded>(
        studyPath(study, "prompts"),
        { method: "POST", body: { ...prompts, ...how } },
        [422],
      )
    ).report,
  load: (study, found, how) => loadRemotely(server, { study, ...found, ...how, skipBad: false, yes: false }),
  setDisplayName: (study, system, displayName) =>
    server.patch(studyPath(study, "systems"), { system, displayName }),
  open: (study) => server.post(studyPath(study, "state"), { state: "open" }),
});

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
