import type { Command } from "commander";
import { studyCreateSchema, type StudyDetail } from "../../contract/studies.ts";
import { asWord } from "../../report-document/as-word.ts";
import { studyDetail } from "../../studies/detail.ts";
import { ProtocolWrong } from "../../studies/errors.ts";
import { changeProtocol, createStudy } from "../../studies/study.ts";
import { faultsIn, protocolFrom, type ProtocolFlags, withProtocolOptions } from "./protocol-flags.ts";
import { detailOf, onEither, studyPath } from "./remote-server.ts";
import { print, printSaid, say } from "./run.ts";
import { studyLines } from "./study-text.ts";

interface CreateFlags extends ProtocolFlags {
  readonly title?: string;
  readonly seed?: string;
}

/** `study create` and `study change`, which take the same options. */
export function protocolCommands(study: Command): void {
  withProtocolOptions(study.command("create <name>"))
    .description("create a study as a draft; judging starts when it is opened")
    .option("--title <text>", "title that annotators see")
    .option("--seed <text>", "seed for the order of pairs and the report's random draws (default: random)")
    .addHelpText(
      "after",
      "\nExample:\n  npx tiebreak study create haiku --target ours --baseline theirs --group crowd,judgments=3,each=40",
    )
    .action(async (name: string, _f: unknown, command: Command) => create(name, command.optsWithGlobals()));
  withProtocolOptions(study.command("change <name>"))
    .description("change a draft's protocol; options you omit stay as they are")
    .addHelpText(
      "after",
      "\nExample:\n  npx tiebreak study change haiku --target ours --baseline theirs --baseline yours",
    )
    .action(async (name: string, _f: unknown, command: Command) => change(name, command.optsWithGlobals()));
}

async function create(name: string, flags: CreateFlags): Promise<void> {
  const protocol = protocolFrom(flags);
  const asked = { name, publicTitle: flags.title, seed: flags.seed };
  const parsed = studyCreateSchema.safeParse(asked);
  if (!parsed.success) throw new ProtocolWrong(faultsIn(parsed.error));
  const detail = await onEither<StudyDetail>(
    flags,
    {
      there: async (server) => {
        await server.post("studies", parsed.data);
        return server.patch(studyPath(name, "protocol"), protocol);
      },
      here: async ({ context }) => {
        await createStudy(context, { ...parsed.data, protocol });
        return studyDetail(context, name);
      },
    },
    { make: true },
  );
  if (flags.json) return print(JSON.stringify(detail));
  const word = asWord(name);
  if (protocol.pairs === undefined)
    say(
      `Neither --target nor --baseline was given, so every pair of systems is compared. To change that:\n  npx tiebreak study change ${word} --target … --baseline …`,
    );
  printSaid(
    `Created the study ${name} as a draft. Next:\n  npx tiebreak load ${word} FILE…\n  npx tiebreak study open ${word}`,
  );
}

async function change(name: string, flags: ProtocolFlags): Promise<void> {
  if (Object.keys(protocolFrom(flags)).length === 0)
    throw new ProtocolWrong("Name something to change; --help lists the options.");
  const { protocol } = await detailOf(name, flags);
  const change = protocolFrom(flags, protocol);
  const detail = await onEither<StudyDetail>(flags, {
    there: (server) => server.patch(studyPath(name, "protocol"), change),
    here: async ({ context }) => {
      await changeProtocol(context, name, change);
      return studyDetail(context, name);
    },
  });
  print(flags.json ? JSON.stringify(detail) : studyLines(detail));
}
