import type { Command } from "commander";
import { makeOwnerToken } from "../accounts/owner.ts";
import { links } from "../studies/links.ts";
import type { ConfigInput } from "../config.ts";
import { print, withDatabase } from "./run.ts";

export function ownerLinkCommand(program: Command): void {
  program
    .command("owner-link")
    .description("make a new link to the desk, valid for a day")
    .option("--public-url <url>", "the address people reach the server under (PUBLIC_URL)")
    .option("--port <number>", "the port of a server on this machine (PORT; 8080 if not said)")
    .addHelpText(
      "after",
      "\nExamples:\n  npx tiebreak owner-link\n  npx tiebreak owner-link --public-url https://study.example.org",
    )
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ConfigInput & { json?: boolean }>();
      await withDatabase(flags, async ({ context, origin }) => {
        const url = links.desk(origin, await makeOwnerToken(context));
        print(flags.json ? JSON.stringify({ url }) : url);
      });
    });
}
