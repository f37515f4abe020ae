import type { Command } from "commander";
import type { ConfigInput } from "../../config.ts";
import type { Context } from "../../context.ts";
import { TiebreakError } from "../../contract/errors.ts";
import { type Departures, retentionRequestSchema } from "../../contract/leaving.ts";
import { countToPay } from "../../participants/payments.ts";
import { asWord } from "../../report-document/as-word.ts";
import { ProtocolWrong } from "../../studies/errors.ts";
import { listDepartures } from "../../leaving/departures.ts";
import { eraseExpired, expiredStudies, setRetention } from "../../leaving/retention.ts";
import { retentionText } from "./departures-text.ts";
import { onEither, requireLocal, studyPath } from "./remote-server.ts";
import { print } from "./run.ts";

interface RetentionFlags extends ConfigInput {
  readonly names?: boolean;
  readonly now?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

class RetentionUnconfirmed extends TiebreakError {
  constructor(message: string) {
    super("RetentionUnconfirmed", 409, message);
  }
}

const BY = "command line";
const HELP = `
A running server erases what is due every hour, and warns nobody; --now does so without one, for all studies. Pay people first:
without their ids, nobody can be paid. The command names who may still have to be paid. Once people have joined, the days can only be fewer.

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
    .option("--yes", "with --now: erase also the ids of participants who may still have to be paid")
    .addHelpText("after", HELP)
    .action(async (name: string, days: string | undefined, _flags: unknown, command: Command) =>
      retention(name, days, command.optsWithGlobals<RetentionFlags>()),
    );
}

async function retention(name: string, days: string | undefined, flags: RetentionFlags): Promise<void> {
  const asked = days === undefined ? null : requestOf(days, flags);
  const { retention: set, toPay } = await onEither<Departures>(flags, {
    there: (server) => {
      requireLocal({ "--now": flags.now });
      return asked === null
        ? server.json(studyPath(name, "departures"))
        : server.patch(studyPath(name, "retention"), asked);
    },
    here: async ({ context }) => {
      if (asked !== null) await setRetention(context, { ...asked, study: name, by: BY });
      if (flags.now === true) await eraseNow(context, flags.yes === true);
      return listDepartures(context, name);
    },
  });
  if (flags.json) return print(JSON.stringify({ retention: set, toPay }));
  print([retentionText({ retention: set }), ...toPayLines(name, toPay)].join("\n"));
}

async function eraseNow(context: Context, isPaid: boolean): Promise<void> {
  if (!isPaid) await requirePaid(context);
  await eraseExpired(context, BY);
}

/** @throws RetentionUnconfirmed where what is due has ids of people who may still have to be paid */
async function requirePaid(context: Context): Promise<void> {
  const lines: string[] = [];
  for (const study of await expiredStudies(context))
    lines.push(...toPayLines(study, await countToPay(context, study)));
  if (lines.length > 0) throw new RetentionUnconfirmed(`${lines.join("\n")}\nIf they are paid, add --yes.`);
}

/** Who may still have to be paid, and how to know; empty if nobody. */
function toPayLines(study: string, toPay: number): string[] {
  if (toPay === 0) return [];
  const who = toPay === 1 ? "participant has" : "participants have";
  const command = `npx tiebreak export ${asWord(study)} --as payments --out ${asWord(`${study}-payments`)}`;
  return [
    `${study}: ${toPay} ${who} something to be paid, as far as is known here. Without ids nobody can pay them; keep the list:`,
    `  ${command}`,
  ];
}

function requestOf(days: string, { names = false }: RetentionFlags) {
  const isNumber = /^\d{1,4}$/.test(days);
  const request = retentionRequestSchema.safeParse({ days: isNumber ? Number(days) : null, names });
  if ((!isNumber && days !== "none") || !request.success)
    throw new ProtocolWrong(`“${days}” is neither a number of days up to 3650 nor none.`);
  return request.data;
}
