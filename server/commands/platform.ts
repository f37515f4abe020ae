import fs from "node:fs";
import type { Command } from "commander";
import { parse } from "yaml";
import { z } from "zod";
import type { ConfigInput } from "../config.ts";
import { type Panel, panelSchema, platformRequestSchema, type WaysBack } from "../contract/platforms.ts";
import { TiebreakError } from "../contract/errors.ts";
import { finishKindSchema } from "../contract/words.ts";
import { removePlatform, setPlatform, showPlatforms } from "../participants/set-platform.ts";
import { asWord } from "../report-document/as-word.ts";
import { addLinkOptions, LINK_HELP } from "./support/link-options.ts";
import { platformText } from "./support/platform-text.ts";
import { repeated } from "./support/repeated.ts";
import { print, printSaid, tellOrigin, withDatabase } from "./support/run.ts";

class PlatformWrong extends TiebreakError {
  constructor(message: string) {
    super("PlatformWrong", 400, message);
  }
}

interface SetFlags extends ConfigInput {
  readonly group: string;
  readonly code?: readonly string[];
  readonly address?: readonly string[];
  readonly minutes?: string;
  readonly json?: boolean;
}

const BY = "command line";
/** Takes an address or the time limit away. */
const NONE = "none";
const SET_HELP = `
PLATFORM is prolific, connect, or a YAML or JSON file that describes any panel with a link: its name, the parameter
that holds a person's id, and the address for each finish. The finishes (ways a participation can end) are ${finishKindSchema.options.join(", ")}.
A finish without a code gets a random one.

Examples:
  npx tiebreak platform set haiku prolific --minutes 60
  npx tiebreak platform set haiku connect --address completed=https://connect.cloudresearch.com/participant/…
  npx tiebreak platform set haiku pool.yaml`;

export function platformCommand(program: Command): void {
  const platform = program
    .command("platform")
    .description("recruit from a crowd platform: what to paste there, and where participants return to")
    .addHelpText("after", "\nExample:\n  npx tiebreak platform show haiku");
  addLinkOptions(platform.command("set <study> <platform>"))
    .description("set the platform that a group is recruited from, and print what to paste there")
    .option("--group <name>", "group that participants join", "crowd")
    .option("--code <finish=code>", "completion code for a finish (repeatable; default: random)", repeated)
    .option(
      "--address <finish=url>",
      "address that a finish leads to; none: remove it (repeatable)",
      repeated,
    )
    .option("--minutes <number>", "time that the platform gives; none: no limit (default: as set before)")
    .addHelpText("after", LINK_HELP)
    .addHelpText("after", SET_HELP)
    .action(async (study: string, named: string, _flags: unknown, command: Command) =>
      set(study, named, command.optsWithGlobals<SetFlags>()),
    );
  addLinkOptions(platform.command("show <study>"))
    .description("print the address and the settings to paste at each platform")
    .addHelpText("after", LINK_HELP)
    .addHelpText("after", "\nExample:\n  npx tiebreak platform show haiku")
    .action(async (study: string, _flags: unknown, command: Command) =>
      show(study, command.optsWithGlobals<SetFlags>()),
    );
  platform
    .command("remove <study>")
    .description("remove a platform that nobody has joined from; open links then admit everybody")
    .option("--group <name>", "group whose platform is removed", "crowd")
    .addHelpText("after", "\nExample:\n  npx tiebreak platform remove haiku")
    .action(async (study: string, _flags: unknown, command: Command) =>
      remove(study, command.optsWithGlobals<SetFlags>()),
    );
}

async function remove(study: string, flags: SetFlags): Promise<void> {
  await withDatabase(flags, async ({ context }) => {
    await removePlatform(context, { study, group: flags.group, by: BY });
    if (flags.json) print(JSON.stringify({ removed: flags.group }));
    else print(`The open links of ${flags.group} now admit everybody.`);
  });
}

async function set(study: string, named: string, flags: SetFlags): Promise<void> {
  const request = platformRequestSchema.safeParse({
    group: flags.group,
    platform: named === "prolific" || named === "connect" ? named : readPanel(named),
    finishes: waysBack(flags),
    minutes: flags.minutes === undefined ? undefined : flags.minutes === NONE ? null : Number(flags.minutes),
  });
  if (!request.success) throw new PlatformWrong(z.prettifyError(request.error));
  await withDatabase(flags, async (run) => {
    const { context, origin } = run;
    const made = await setPlatform(context, { ...request.data, study, origin, by: BY });
    tellOrigin(run);
    print(flags.json ? JSON.stringify(made) : platformText(made));
  });
}

async function show(study: string, flags: SetFlags): Promise<void> {
  await withDatabase(flags, async (run) => {
    const platforms = await showPlatforms(run.context, { study, origin: run.origin });
    tellOrigin(run);
    if (flags.json) return print(JSON.stringify({ platforms }));
    const none = `No platform is set. Set one with: npx tiebreak platform set ${asWord(study)} prolific`;
    printSaid(platforms.length === 0 ? none : platforms.map(platformText).join("\n\n"));
  });
}

/** @throws PlatformWrong where a file is missing or does not describe a panel */
function readPanel(file: string): Panel {
  if (!fs.existsSync(file))
    throw new PlatformWrong(`“${file}” is neither prolific, connect nor a file that describes a panel.`);
  let given: unknown;
  try {
    given = parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw new PlatformWrong(`${file} cannot be read: ${(error as Error).message}`);
  }
  const panel = panelSchema.safeParse(given);
  if (!panel.success) throw new PlatformWrong(`${file} cannot be used:\n${z.prettifyError(panel.error)}`);
  return panel.data;
}

function waysBack({ code = [], address = [] }: SetFlags): WaysBack {
  const finishes: WaysBack = {};
  const take = (what: "code" | "address", given: readonly string[]) => {
    for (const text of given) {
      const at = text.indexOf("=");
      const finish = finishKindSchema.safeParse(text.slice(0, at));
      if (at < 1 || !finish.success)
        throw new PlatformWrong(
          `--${what}: “${text}” is not FINISH=…, where FINISH is one of ${finishKindSchema.options.join(", ")}.`,
        );
      const value = text.slice(at + 1);
      const isNone = what === "address" && value === NONE;
      finishes[finish.data] = { ...finishes[finish.data], [what]: isNone ? null : value };
    }
  };
  take("code", code);
  take("address", address);
  return finishes;
}
