import type { Command } from "commander";
import type { ConfigInput } from "../config.ts";
import type { Context } from "../context.ts";
import { RIGHTS } from "../contract/rights.ts";
import {
  type Pace,
  type Today,
  type Watched,
  type WatchedAnnotator,
  type WatchedQuery,
  watchedQuerySchema,
} from "../contract/watching.ts";
import { csvText } from "../report-document/write/csv-text.ts";
import { reportsHere } from "../reports/report-service.ts";
import { ProtocolWrong } from "../studies/errors.ts";
import { everyAnnotator, watchAnnotators, watchedRows } from "../watching/annotators.ts";
import { paceOf } from "../watching/pace.ts";
import { today } from "../watching/today.ts";
import { faultsIn } from "./support/protocol-flags.ts";
import { onEither, type RemoteServer, studyPath } from "./support/remote-server.ts";
import { print, printSaid } from "./support/run.ts";
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
      const asked = { study, ...query.data };
      const seen = await onEither(flags, {
        there: (server) => seenThere(server, asked, csv === true),
        here: ({ context }) => seenHere(context, asked, csv === true),
      });
      if ("rows" in seen) return print(csvText(watchedRows(seen.rows)).trimEnd());
      const { wrong, work } = seen;
      if (work === null) return printSaid(json ? JSON.stringify(wrong) : todayText(wrong, study));
      const { pace, watched } = work;
      if (json) return print(JSON.stringify({ ...wrong, pace: pace.lines, ...watched }));
      printSaid([todayText(wrong, study), paceText(pace), watchedText(watched)].join("\n\n"));
    });
}

/** What is wrong, with the work of a study where one is asked for; or, for CSV, all of its annotators. */
type Seen =
  | { readonly rows: readonly WatchedAnnotator[] }
  | { readonly wrong: Today; readonly work: { readonly pace: Pace; readonly watched: Watched } | null };

type Asked = WatchedQuery & { readonly study: string | undefined };

async function seenHere(context: Context, { study, ...query }: Asked, isCsv: boolean): Promise<Seen> {
  const watching = { context, reports: reportsHere(context) };
  if (study !== undefined && isCsv)
    return { rows: (await everyAnnotator(watching, study)).map(({ one }) => one) };
  const wrong = await today(watching, async () => new Set(RIGHTS), study);
  if (study === undefined) return { wrong, work: null };
  const watched = await watchAnnotators(watching, { study, ...query });
  return { wrong, work: { pace: await paceOf(context, { study, withPairs: true }), watched } };
}

async function seenThere(server: RemoteServer, { study, ...query }: Asked, isCsv: boolean): Promise<Seen> {
  if (study !== undefined && isCsv) {
    const { annotators } = await server.whole<Watched>(studyPath(study, "annotators"), "annotators");
    return { rows: annotators };
  }
  const { findings } = await server.json<Today>("today");
  if (study === undefined) return { wrong: { findings }, work: null };
  const { group, after, limit } = query;
  const watched = await server.json<Watched>(studyPath(study, "annotators"), {
    query: { group, after, limit: String(limit) },
  });
  const pace = await server.json<Pace>(studyPath(study, "pace"));
  const here = findings.filter((one) => one.study === null || one.study === study);
  return { wrong: { findings: here }, work: { pace, watched } };
}
