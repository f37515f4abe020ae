import type { Command } from "commander";
import type { ConfigInput } from "../config.ts";
import { invite } from "../studies/links.ts";
import { ProtocolWrong } from "../studies/errors.ts";
import { addLinkOptions, LINK_HELP } from "./support/link-options.ts";
import type { InviteReply } from "../contract/studies.ts";
import { onEither, studyPath } from "./support/remote-server.ts";
import { print, say, tellOrigin } from "./support/run.ts";

interface InviteFlags extends ConfigInput {
  readonly group: string;
  readonly count: string;
  readonly open?: boolean;
  readonly most?: string;
  readonly several?: boolean;
  readonly json?: boolean;
}

export function inviteCommand(program: Command): void {
  addLinkOptions(program.command("invite <study>"))
    .description("create personal links for annotators, or one shared link")
    .option("--group <name>", "group to invite them to", "crowd")
    .option("--count <number>", "number of personal links", "1")
    .option("--open", "create one shared link instead; whoever clicks Start there becomes an annotator")
    .option(
      "--most <number>",
      "with --open: how many people may join (default: three times the people needed, at least 50)",
    )
    .option("--several", "with --open: let one browser join as several people, as on a shared tablet")
    .addHelpText("after", LINK_HELP)
    .addHelpText("after", "\nExample:\n  npx tiebreak invite haiku --group crowd --count 20")
    .action(async (study: string, _flags: unknown, command: Command) =>
      run(study, command.optsWithGlobals<InviteFlags>()),
    );
}

async function run(study: string, flags: InviteFlags): Promise<void> {
  const count = numberIn("--count", flags.count, 10_000);
  const most = flags.most === undefined ? undefined : numberIn("--most", flags.most, 1_000_000);
  const open = flags.open === true;
  if (!open && (most !== undefined || flags.several))
    throw new ProtocolWrong("--most and --several are about the shared link: add --open.");
  const shared = { ...(most === undefined ? {} : { most }), several: flags.several === true };
  const request = { group: flags.group, count, open, ...shared };
  const reply = await onEither<InviteReply>(flags, {
    there: (server) => server.post(studyPath(study, "invite"), request),
    here: async (run) => {
      const { context, origin } = run;
      const reply = await invite(context, { ...request, study, origin, by: "command line" });
      tellOrigin(run);
      return reply;
    },
  });
  show(reply, flags);
}

function show(reply: InviteReply, { json }: InviteFlags): void {
  if (reply.warning) say(reply.warning);
  if (json) print(JSON.stringify(reply));
  else for (const link of reply.links) print(link.url);
}

/** @throws ProtocolWrong where a flag is no whole number from 1 to `max` */
function numberIn(flag: string, text: string, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new ProtocolWrong(`${flag}: “${text}” is not a number from 1 to ${max}.`);
}
