import type { Command } from "commander";
import type { ConfigInput } from "../config.ts";
import { RIGHTS } from "../contract/rights.ts";
import { watchedQuerySchema } from "../contract/watching.ts";
import { csvText } from "../report-document/write/csv-text.ts";
import { reportsHere } from "../reports/report-service.ts";
import { ProtocolWrong } from "../studies/errors.ts";
import { watchAnnotators, watchedRows } from "../watching/annotators.ts";
import { paceOf } from "../watching/pace.ts";
import { today } from "../watching/today.ts";
import { faultsIn } from "./support/protocol-flags.ts";
import { print, printSaid, withDatabase } from "./support/run.ts";
import { paceText, todayText, watchedText } from "./support/watch-text.ts";

interface WatchFlags extends ConfigInput {
  readonly group?: string;
  readonly limit?: string;
  readonly after?: string;
  readonly csv?: boolean;
  readonly json?: boolean;
}

const HELP = `
Annotators are listed with those first who need a look, by the rules of the report. Nobody is excluded by it.

Examples:
  npx tiebreak watch
  npx tiebreak watch haiku
  npx tiebreak watch haiku --csv > annotators.csv`;

/** `watch`: what is wrong in all studies; `watch STUDY`: what is wrong in one, and how its annotators work. */
export function watchCommand(program: Command): void {
  program
    .command("watch [study]")
    .description(
      "list what is wrong today; of one study also its pace and annotators, those who need a look first",
    )
    .option("--group <name>", "only annotators of this group")
    .option("--limit <number>", "annotators at most, from 1 to 1000 (default: 100)")
    .option("--after <place>", "only annotators after this place, the `next` of --json")
    .option("--csv", "write all annotators as CSV")
    .addHelpText("after", HELP)
    .action(async (study: string | undefined, _flags: unknown, command: Command) => {
      const { group, limit, after, csv, json, ...flags } = command.optsWithGlobals<WatchFlags>();
      const query = watchedQuerySchema.safeParse({ group, limit, after });
      if (!query.success) throw new ProtocolWrong(faultsIn(query.error));
      await withDatabase(flags, async ({ context }) => {
        const watching = { context, reports: reportsHere(context) };
        const wrong = await today(watching, async () => new Set(RIGHTS), study);
        if (study === undefined) return printSaid(json ? JSON.stringify(wrong) : todayText(wrong));
        if (csv) return print(csvText(await watchedRows(watching, study)).trimEnd());
        const watched = await watchAnnotators(watching, { study, ...query.data });
        const pace = await paceOf(context, { study, withPairs: true });
        if (json) return print(JSON.stringify({ ...wrong, pace: pace.lines, ...watched }));
        printSaid([todayText(wrong), paceText(pace), watchedText(watched)].join("\n\n"));
      });
    });
}
