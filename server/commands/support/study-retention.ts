import type { Command } from "commander";
import type { ConfigInput } from "../../config.ts";
import { retentionRequestSchema } from "../../contract/leaving.ts";
import { ProtocolWrong } from "../../studies/errors.ts";
import { listDepartures } from "../../leaving/departures.ts";
import { eraseExpired, setRetention } from "../../leaving/retention.ts";
import { retentionText } from "./departures-text.ts";
import { print, withDatabase } from "./run.ts";

interface RetentionFlags extends ConfigInput {
  readonly names?: boolean;
  readonly now?: boolean;
  readonly json?: boolean;
}

const BY = "command line";
const HELP = `
A running server erases what is due every hour; --now does so without one, for all studies. Pay people first: without
their ids, nobody can be paid. Once people have joined, the days can only be fewer.

Examples:
  npx tiebreak study retention haiku 30
  npx tiebreak study retention haiku
  npx tiebreak study retention haiku --now`;

/** `study retention`: how long what identifies people is kept. */
export function retentionCommand(study: Command): void {
  study
    .command("retention <name> [days]")
    .description("erase ids at the platform so many days after the study has closed; none: keep them")
    .option("--names", "also replace the names of annotators in loaded files")
    .option("--now", "erase what is due now, as a running server does by itself")
    .addHelpText("after", HELP)
    .action(async (name: string, days: string | undefined, _flags: unknown, command: Command) =>
      retention(name, days, command.optsWithGlobals<RetentionFlags>()),
    );
}

async function retention(name: string, days: string | undefined, flags: RetentionFlags): Promise<void> {
  const asked = days === undefined ? null : requestOf(days, flags);
  await withDatabase(flags, async ({ context }) => {
    if (asked !== null) await setRetention(context, { ...asked, study: name, by: BY });
    if (flags.now === true) await eraseExpired(context, BY);
    const { retention: set } = await listDepartures(context, name);
    print(flags.json ? JSON.stringify({ retention: set }) : retentionText({ retention: set }));
  });
}

function requestOf(days: string, { names = false }: RetentionFlags) {
  const isNumber = /^\d{1,4}$/.test(days);
  const request = retentionRequestSchema.safeParse({ days: isNumber ? Number(days) : null, names });
  if ((!isNumber && days !== "none") || !request.success)
    throw new ProtocolWrong(`“${days}” is neither a number of days up to 3650 nor none.`);
  return request.data;
}
