import type { Command } from "commander";
import type { ConfigInput } from "../config.ts";
import { invite } from "../studies/links.ts";
import { ProtocolWrong } from "../studies/errors.ts";
import { addLinkOptions, LINK_HELP } from "./support/link-options.ts";
import { print, say, tellOrigin, withDatabase } from "./support/run.ts";

interface InviteFlags extends ConfigInput {
  readonly group: string;
  readonly count: string;
  readonly open?: boolean;
  readonly json?: boolean;
}

export function inviteCommand(program: Command): void {
  addLinkOptions(program.command("invite <study>"))
    .description("create links for annotators: personal ones, or one that is shared")
    .option("--group <name>", "group to invite them to", "crowd")
    .option("--count <number>", "number of personal links", "1")
    .option("--open", "create one shared link instead; whoever clicks Start there becomes an annotator")
    .addHelpText("after", LINK_HELP)
    .addHelpText("after", "\nExample:\n  npx tiebreak invite haiku --group crowd --count 20")
    .action(async (study: string, _flags: unknown, command: Command) =>
      run(study, command.optsWithGlobals<InviteFlags>()),
    );
}

async function run(study: string, flags: InviteFlags): Promise<void> {
  const count = Number(flags.count);
  if (!Number.isInteger(count) || count < 1 || count > 10_000) {
    throw new ProtocolWrong(`--count: “${flags.count}” is not a number from 1 to 10000.`);
  }
  await withDatabase(flags, async (run) => {
    const { context, origin } = run;
    const request = { group: flags.group, count, open: flags.open === true };
    const reply = await invite(context, { ...request, study, origin, by: "command line" });
    tellOrigin(run);
    if (reply.warning) say(reply.warning);
    if (flags.json) print(JSON.stringify(reply));
    else for (const link of reply.links) print(link.url);
  });
}
