import type { Command } from "commander";
import type { ConfigInput } from "../config.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Renamed, Renaming } from "../contract/corrections.ts";
import { rename } from "../loading/renaming/rename.ts";
import { repeated } from "./support/repeated.ts";
import { withProgress } from "./support/progress-line.ts";
import { onEither, studyPath } from "./support/remote-server.ts";
import { print } from "./support/run.ts";

interface RenameFlags extends ConfigInput {
  readonly system?: readonly string[];
  readonly prompt?: readonly string[];
  readonly merge?: boolean;
  readonly reason?: string;
  readonly json?: boolean;
}

class RenameArgumentWrong extends TiebreakError {
  constructor(message: string) {
    super("RenameArgumentWrong", 400, message);
  }
}

const HELP = `
Judgments follow, and so do the protocol's target and baselines. Merging is refused if two systems have different outputs for the
same prompt or are compared with each other; after the study has opened, it needs a reason, since it changes figures.

Examples:
  npx tiebreak rename haiku --system ours=ours-v2
  npx tiebreak rename haiku --system ours-final=ours --merge --reason "the same model under two names"
  npx tiebreak rename haiku --prompt 1.0=1`;

export function renameCommand(program: Command): void {
  program
    .command("rename <study>")
    .description("rename systems or prompts, or merge two into one")
    .option("--system <old=new>", "system to rename (repeatable)", repeated)
    .option("--prompt <old=new>", "prompt to rename, by id (repeatable)", repeated)
    .option("--merge", "merge with the one that has the new name, if there is one")
    .option("--reason <text>", "why two are merged in a study that has opened")
    .addHelpText("after", HELP)
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<RenameFlags>();
      const renamings = [
        ...(flags.system ?? []).map((text) => parsed("system", text)),
        ...(flags.prompt ?? []).map((text) => parsed("prompt", text)),
      ];
      if (renamings.length === 0)
        throw new RenameArgumentWrong("Say what to rename: --system OLD=NEW, or --prompt OLD=NEW.");
      const more = { merge: flags.merge === true, reason: flags.reason?.trim() || null };
      const done = await onEither<readonly Renamed[]>(flags, {
        there: async (server) => {
          const path = studyPath(study, "rename");
          return (await server.post<{ renamed: Renamed[] }>(path, { renamings, ...more })).renamed;
        },
        here: ({ context }) =>
          withProgress((line) => {
            line.step("Renaming");
            return rename(context, { study, renamings, ...more, by: "command line" });
          }),
      });
      if (flags.json) return print(JSON.stringify(done));
      for (const { what, from, to, isMerged } of done)
        print(isMerged ? `Merged the ${what} ${from} into ${to}.` : `Renamed the ${what} ${from} to ${to}.`);
    });
}

function parsed(what: Renaming["what"], text: string): Renaming {
  const at = text.indexOf("=");
  if (at <= 0 || at === text.length - 1) throw new RenameArgumentWrong(`--${what} ${text}: write OLD=NEW.`);
  return { what, from: text.slice(0, at), to: text.slice(at + 1) };
}
