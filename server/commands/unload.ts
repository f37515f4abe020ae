import type { Command } from "commander";
import type { ConfigInput } from "../config.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Unloaded } from "../contract/corrections.ts";
import { unload } from "../loading/unload/unload.ts";
import { COPY_HELP, copyFirst } from "./support/copy-first.ts";
import { withProgress } from "./support/progress-line.ts";
import { onEither, type RemoteServer, requireLocal, studyPath } from "./support/remote-server.ts";
import { print, printSaid } from "./support/run.ts";

interface UnloadFlags extends ConfigInput {
  readonly all?: boolean;
  readonly reason?: string;
  /** False: none. */
  readonly copy?: string | false;
  readonly json?: boolean;
}

class UnloadArgumentWrong extends TiebreakError {
  constructor(message: string) {
    super("UnloadArgumentWrong", 400, message);
  }
}

const HELP = `
Takes back what a file brought, and nothing else: prompts, outputs, judgments, and systems, annotators and groups that only it
brought. If later files or people's judgments rest on it, the command says so and changes nothing; with --reason, judgments of
texts that are gone stay stored and count in no figure, and a backup is written first.

Examples:
  npx tiebreak load haiku --list
  npx tiebreak unload haiku 3
  npx tiebreak unload haiku 2 3 --reason "wrong decoding settings"`;

export function unloadCommand(program: Command): void {
  program
    .command("unload <study> [loads...]")
    .description("take back what files brought into a study")
    .option("--all", "take back every load of the study")
    .option("--reason <text>", "why, if judgments or later files rest on it; the report shows it")
    .option("--copy <file>", COPY_HELP)
    .option("--no-copy", "write no backup")
    .addHelpText("after", HELP)
    .action(async (study: string, given: string[], _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<UnloadFlags>();
      const loads = loadsOf(study, given, flags);
      const reason = flags.reason?.trim() ?? null;
      if (reason === "") throw new UnloadArgumentWrong("The reason is empty.");
      const done = await onEither<Unloaded>(flags, {
        there: (server) => unloadRemotely(server, study, { loads, reason, copy: flags.copy }),
        here: async ({ context }) => {
          const copy = () => copyFirst(context, { copy: flags.copy, study, verb: "unload" });
          return withProgress((line) => {
            const onRows = (done: number, of: number) =>
              line.show({ what: "Unloading", done, of, unit: "rows" });
            return unload(context, { study, loads, reason, copy, by: "command line", onRows });
          });
        },
      });
      if (flags.json) print(JSON.stringify(done));
      else printSaid(unloadedText(done));
    });
}

/** @throws UnloadArgumentWrong where judgments would leave the figures, and nobody has said that no copy is wanted */
function unloadRemotely(
  server: RemoteServer,
  study: string,
  { copy, ...asked }: { loads: number[] | null; reason: string | null; copy: string | false | undefined },
): Promise<Unloaded> {
  requireLocal({ "--copy": copy !== false && copy });
  if (asked.reason !== null && copy !== false)
    throw new UnloadArgumentWrong(
      "With --server no backup is written here. Write one where the database is, then add --no-copy.",
    );
  return server.post(studyPath(study, "unload"), asked);
}

function loadsOf(study: string, given: readonly string[], { all }: UnloadFlags): number[] | null {
  if (all && given.length > 0) throw new UnloadArgumentWrong("Name loads, or use --all.");
  if (all) return null;
  if (given.length === 0)
    throw new UnloadArgumentWrong(`Name the loads by number. See: npx tiebreak load ${study} --list`);
  return given.map((text) => {
    if (!/^\d{1,15}$/.test(text))
      throw new UnloadArgumentWrong(`${text} is no number of a load. See: npx tiebreak load ${study} --list`);
    return Number(text);
  });
}

function unloadedText({ study, loads, prompts, responses, judgments, uncounted }: Unloaded): string {
  if (loads.length === 0) return `Nothing to do: ${study} has no load.`;
  const counted = (n: number, what: string) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
  const files = loads.map(({ number, file }) => `${number} (${file})`).join(", ");
  const took = [counted(prompts, "prompt"), counted(responses, "output"), counted(judgments, "judgment")];
  const rest =
    uncounted > 0
      ? [
          `${counted(uncounted, "judgment")} of texts that are gone ${uncounted === 1 ? "counts" : "count"} in no figure.`,
        ]
      : [];
  return [`Unloaded from ${study}: ${files}.`, `Taken back: ${took.join(", ")}.`, ...rest].join("\n");
}
