import fs from "node:fs";
import type { Command } from "commander";
import { parse, stringify } from "yaml";
import type { ConfigInput } from "../config.ts";
import { type Entry, entrySchema, type EntryShown } from "../contract/entry.ts";
import { TiebreakError } from "../contract/errors.ts";
import { setEntry, showEntry } from "../entry/set-entry.ts";
import { asWord } from "../report-document/as-word.ts";
import { entryLines } from "./support/entry-text.ts";
import { faultsIn } from "./support/protocol-flags.ts";
import { onEither, studyPath } from "./support/remote-server.ts";
import { print } from "./support/run.ts";

class EntryWrong extends TiebreakError {
  constructor(message: string) {
    super("EntryWrong", 400, message);
  }
}

interface CommonFlags extends ConfigInput {
  readonly json?: boolean;
}

const BY = "command line";
const SET_HELP = `
FILE is YAML or JSON with any of information, consent, questions, practice and qualification; docs/crowd.md has an example.
Setting a consent with other texts asks everybody again before their next pair.

Example:
  npx tiebreak entry set haiku entry.yaml`;

export function entryCommand(program: Command): void {
  const entry = program
    .command("entry")
    .description("what annotators go through before their first pair: information, consent, practice …")
    .addHelpText("after", "\nExample:\n  npx tiebreak entry show haiku");
  entry
    .command("set <study> <file>")
    .description("set what annotators go through before their first pair")
    .addHelpText("after", SET_HELP)
    .action(async (study: string, file: string, _flags: unknown, command: Command) =>
      set(study, readEntry(file), command.optsWithGlobals<CommonFlags>()),
    );
  entry
    .command("show <study>")
    .description("print what is set, and how many people have passed each stage")
    .addHelpText("after", "\nExample:\n  npx tiebreak entry show haiku")
    .action(async (study: string, _flags: unknown, command: Command) =>
      show(study, command.optsWithGlobals<CommonFlags>()),
    );
  entry
    .command("remove <study>")
    .description("remove it: annotators begin with the first pair")
    .addHelpText("after", "\nExample:\n  npx tiebreak entry remove haiku")
    .action(async (study: string, _flags: unknown, command: Command) =>
      set(study, null, command.optsWithGlobals<CommonFlags>()),
    );
}

async function set(study: string, entry: Entry | null, flags: CommonFlags): Promise<void> {
  const shown = await onEither<EntryShown>(flags, {
    there: (server) => server.post(studyPath(study, "entry"), { entry }),
    here: async ({ context }) => {
      await setEntry(context, { study, entry, by: BY });
      return showEntry(context, study);
    },
  });
  print(flags.json ? JSON.stringify(shown) : entryText(study, shown));
}

async function show(study: string, flags: CommonFlags): Promise<void> {
  const shown = await onEither<EntryShown>(flags, {
    there: (server) => server.json(studyPath(study, "entry")),
    here: ({ context }) => showEntry(context, study),
  });
  if (flags.json) return print(JSON.stringify(shown));
  const { entry } = shown;
  print(
    entry === null ? entryText(study, shown) : `${entryText(study, shown)}\n\n${stringify(entry).trimEnd()}`,
  );
}

const entryText = (study: string, shown: EntryShown): string =>
  shown.entry === null
    ? `Nothing comes before the first pair. To set it:\n  npx tiebreak entry set ${asWord(study)} entry.yaml`
    : entryLines(shown).join("\n");

/** @throws EntryWrong where the file is missing, no YAML, or not as it should be */
function readEntry(file: string): Entry {
  let given: unknown;
  try {
    given = parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw new EntryWrong(`${file} cannot be read: ${(error as Error).message}`);
  }
  const entry = entrySchema.safeParse(given);
  if (!entry.success) throw new EntryWrong(`${file} cannot be used:\n${faultsIn(entry.error)}`);
  return entry.data;
}
