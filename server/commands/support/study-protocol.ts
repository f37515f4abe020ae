import type { Command } from "commander";
import {
  type ProtocolPatch,
  type StudyCreate,
  studyCreateSchema,
  type StudyDetail,
} from "../../contract/studies.ts";
import { asWord } from "../../report-document/as-word.ts";
import { studyDetail } from "../../studies/detail.ts";
import { ProtocolWrong } from "../../studies/errors.ts";
import { changeProtocol, createStudy } from "../../studies/study.ts";
import { faultsIn, protocolFrom, type ProtocolFlags, withProtocolOptions } from "./protocol-flags.ts";
import { type RemoteServer, remoteOf, studyPath } from "./remote-server.ts";
import { print, printSaid, say, withDatabase } from "./run.ts";
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
  const remote = remoteOf(flags);
  if (remote !== null) return createRemotely(remote, { asked: parsed.data, protocol, flags });
  await withDatabase(
    flags,
    async ({ context }) => {
      await createStudy(context, { ...parsed.data, protocol });
      const detail = await studyDetail(context, name);
      if (flags.json) return print(JSON.stringify(detail));
      const word = asWord(name);
      if (protocol.pairs === undefined)
        say(
          `Neither --target nor --baseline was given, so every pair of systems is compared. To change that:\n  npx tiebreak study change ${word} --target … --baseline …`,
        );
      printSaid(
        `Created the study ${name} as a draft. Next:\n  npx tiebreak load ${word} FILE…\n  npx tiebreak study open ${word}`,
      );
    },
    { make: true },
  );
}

async function createRemotely(
  server: RemoteServer,
  { asked, protocol, flags }: { asked: StudyCreate; protocol: ProtocolPatch; flags: CreateFlags },
): Promise<void> {
  await server.json("studies", { method: "POST", body: asked });
  const change = { method: "PATCH", body: protocol } as const;
  const detail = await server.json<StudyDetail>(studyPath(asked.name, "protocol"), change);
  print(flags.json ? JSON.stringify(detail) : `Created the study ${asked.name} as a draft.`);
}

async function change(name: string, flags: ProtocolFlags): Promise<void> {
  if (Object.keys(protocolFrom(flags)).length === 0)
    throw new ProtocolWrong("Name something to change; --help lists the options.");
  await withDatabase(flags, async ({ context }) => {
    const { protocol } = await studyDetail(context, name);
    await changeProtocol(context, name, protocolFrom(flags, protocol));
    const detail = await studyDetail(context, name);
    print(flags.json ? JSON.stringify(detail) : studyLines(detail));
  });
}
