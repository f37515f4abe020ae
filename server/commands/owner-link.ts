import type { Command } from "commander";
import { makeOwnerToken } from "../accounts/owner.ts";
import { links } from "../studies/links.ts";
import type { ConfigInput } from "../config.ts";
import { addLinkOptions, LINK_HELP } from "./support/link-options.ts";
import { print, tellOrigin, withDatabase } from "./support/run.ts";

export function ownerLinkCommand(program: Command): void {
  addLinkOptions(program.command("owner-link"))
    .description("create a new link to the dashboard, valid for a day")
    .addHelpText("after", LINK_HELP)
    .addHelpText(
      "after",
      "\nExamples:\n  npx tiebreak owner-link\n  npx tiebreak owner-link --public-url https://study.example.org",
    )
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ConfigInput & { json?: boolean }>();
      await withDatabase(flags, async (run) => {
        const url = links.dashboard(run.origin, await makeOwnerToken(run.context));
        tellOrigin(run);
        print(flags.json ? JSON.stringify({ url }) : url);
      });
    });
}
