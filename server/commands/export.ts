import fs from "node:fs";
import { type Command, Option } from "commander";
import { parse } from "csv-parse/sync";
import type { ConfigInput } from "../config.ts";
import type { Context } from "../context.ts";
import type { StudyNotes } from "../contract/judged.ts";
import type { StudyMessages } from "../contract/remarks.ts";
import type { Payments } from "../contract/payments.ts";
import { exportStudy } from "../export/export-study.ts";
import { noteRows, studyNotes } from "../drill-down/study-notes.ts";
import { ExportWrong } from "../export/errors.ts";
import { consentsOf, personalAnswersOf } from "../entry/records.ts";
import { EXPORT_FORMATS, type ExportFormatName } from "../export/formats.ts";
import { exportPack } from "../export/pack.ts";
import { packParts } from "../export/pack-parts.ts";
import { type ExportSummary, summaryLines } from "../export/summary.ts";
import { csvText } from "../report-document/write/csv-text.ts";
import { messageRows, studyMessages } from "../messages/for-owner.ts";
import { paymentsOf } from "../participants/payments.ts";
import { onEither, type RemoteServer, remoteOf, requireLocal, studyPath } from "./support/remote-server.ts";
import { packRemotely } from "./support/remote-pack.ts";
import { type ProgressLine, withProgress } from "./support/progress-line.ts";
import { type Invocation, print, say, withDatabase } from "./support/run.ts";
import { lacksAmount, writePayments } from "./support/write-payments.ts";
import { counted } from "../report-document/numbers.ts";

interface ExportFlags extends ConfigInput {
  readonly as: ExportFormatName | "payments" | RecordsName;
  readonly reward?: string;
  readonly out?: string;
  readonly group?: string;
  readonly ties: "drop" | "keep";
  readonly spreadsheetSafe?: boolean;
  readonly withMessages?: boolean;
  readonly withNotes?: boolean;
  readonly json?: boolean;
}

export function exportCommand(program: Command): void {
  program
    .command("export <study>")
    .description("export a study's judgments, or everything that others need to check its report")
    .addOption(
      new Option("--as <format>", "output format")
        .choices([...EXPORT_FORMATS, "payments", ...Object.keys(RECORDS)])
        .makeOptionMandatory(),
    )
    .option("--out <path>", "output file, or for pack and payments a new folder (default: standard output)")
    .option(
      "--reward <amount>",
      "with payments: pay for all of the work, such as 4.50; adds the amount for each participant",
    )
    .option("--group <name>", "only this group of annotators")
    .addOption(
      new Option("--ties <what>", "with dpo: drop ties, or keep them in a separate file")
        .choices(["drop", "keep"])
        .default("drop"),
    )
    .option(
      "--spreadsheet-safe",
      "with csv: an apostrophe before cells that a spreadsheet would run as formulas; such a file does not load back unchanged",
    )
    .option(
      "--with-messages",
      "with pack: also the messages of annotators and the owner, as written; read them before you publish",
    )
    .option(
      "--with-notes",
      "with pack: also the notes and adjudicated answers of the reading room, as written, without who wrote them",
    )
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  npx tiebreak export haiku --as csv --out haiku.csv",
        "  npx tiebreak export haiku --as pack --out haiku-pack",
        "  npx tiebreak export haiku --as payments --reward 4.50 --out haiku-payments",
        "  npx tiebreak export haiku --as dpo --group authors --out haiku.dpo.jsonl --ties keep",
      ].join("\n"),
    )
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ExportFlags>();
      requireUsed(flags, (name) => command.getOptionValueSource(name) === "cli");
      await run(study, flags);
    });
}

/** Refuses what would be ignored. @param isGiven whether an option stands on the command line */
function requireUsed({ as }: ExportFlags, isGiven: (name: keyof ExportFlags) => boolean): void {
  for (const name of ["ties", "spreadsheetSafe"] as const)
    if (as in RECORDS && isGiven(name)) throw new ExportWrong(`--as ${as} takes --out alone.`);
  if (as !== "pack" && isGiven("withMessages"))
    throw new ExportWrong("--with-messages goes with --as pack: omit it, or use --as messages.");
  if (as !== "pack" && isGiven("withNotes"))
    throw new ExportWrong("--with-notes goes with --as pack: omit it, or use --as notes.");
  if (as !== "payments" && isGiven("reward"))
    throw new ExportWrong("--reward goes with --as payments: omit it.");
  if (as === "payments" && isGiven("ties"))
    throw new ExportWrong("Payments have no ties to drop or keep: omit --ties.");
  if (as === "payments" && isGiven("spreadsheetSafe"))
    throw new ExportWrong("Payments hold ids as the platform takes them: omit --spreadsheet-safe.");
}

async function run(study: string, flags: ExportFlags): Promise<void> {
  if (flags.json && flags.as === "csv" && flags.out === undefined)
    throw new ExportWrong("With --json standard output is JSON: name the file with --out.");
  const { as } = flags;
  if (as === "payments") return payments(study, flags);
  if (isRecords(as)) return records(study, { ...flags, as });
  const remote = remoteOf(flags);
  if (remote !== null) return exportRemotely(remote, study, flags);
  const summary = await withDatabase(flags, (invocation) =>
    as === "pack" ? pack(invocation, study, flags) : rows(invocation, study, { ...flags, as }),
  );
  tell(summary, flags);
}

async function exportRemotely(server: RemoteServer, study: string, flags: ExportFlags): Promise<void> {
  const { as, group, out } = flags;
  if (as === "pack") return tell(await packRemotely(server, { study, ...packOf(flags) }), flags);
  requireLocal({ "--ties keep": flags.ties === "keep" });
  const spreadsheetSafe = flags.spreadsheetSafe ? "1" : undefined;
  await server.write(studyPath(study, "export"), { query: { as, group, spreadsheetSafe }, out });
  if (out !== undefined)
    (flags.json ? print : say)(flags.json ? JSON.stringify({ file: out }) : `Wrote ${out}.`);
}

/** Prints the summary; on standard error if the rows themselves went to standard output. */
function tell(summary: ExportSummary, { json, out }: ExportFlags): void {
  if (!json) for (const line of summaryLines(summary)) say(line);
  else (out === undefined ? say : print)(JSON.stringify(summary));
}

async function rows(
  { context }: Invocation,
  study: string,
  { as, group, ties, out, spreadsheetSafe }: ExportFlags & { as: Exclude<ExportFormatName, "pack"> },
): Promise<ExportSummary> {
  const to = out === undefined ? { stream: process.stdout } : { path: out };
  const request = { study, as, group, ties, to, spreadsheetSafe: spreadsheetSafe === true };
  if (out === undefined && process.stdout.isTTY) return exportStudy(context, request); // the rows are on the same terminal
  return withProgress((line) => exportStudy(context, { ...request, onJudgments: writtenOn(line) }));
}

async function pack({ context }: Invocation, study: string, flags: ExportFlags): Promise<ExportSummary> {
  const asked = { study, ...packOf(flags) };
  return withProgress((line) =>
    exportPack(
      context,
      { ...asked, onJudgments: writtenOn(line) },
      packParts((done, of) => line.show({ what: "Computing the report", done, of, unit: "blocks" })),
    ),
  );
}

/** @throws ExportWrong where the options do not go with a pack */
function packOf({ out, group, withMessages = false, withNotes = false }: ExportFlags) {
  if (out === undefined) throw new ExportWrong("A pack is a folder: name it with --out.");
  if (group !== undefined) throw new ExportWrong("A pack holds a whole study: omit --group.");
  return { out, withMessages, withNotes };
}

const writtenOn = (line: ProgressLine) => (done: number, share: number) =>
  line.show({ what: "Writing", done, of: null, share, unit: "judgments" });

/** What is for members alone: their notes, what people did before their first pair, and what these wrote to the owner. */
const RECORDS = {
  notes: {
    here: async (context: Context, study: string) => noteRows(await studyNotes(context, study)),
    there: async (server: RemoteServer, study: string) =>
      csvText(noteRows(await server.whole<StudyNotes>(studyPath(study, "notes"), "notes"))),
  },
  "personal-answers": recordsOf("personal-answers", personalAnswersOf),
  consents: recordsOf("consents", consentsOf),
  messages: {
    here: async (context: Context, study: string) => messageRows(await studyMessages(context, study)),
    there: async (server: RemoteServer, study: string) =>
      csvText(messageRows(await server.whole<StudyMessages>(studyPath(study, "messages"), "messages"))),
  },
};
type RecordsName = keyof typeof RECORDS;
const isRecords = (as: ExportFlags["as"]): as is RecordsName => as in RECORDS;

async function records(
  study: string,
  { as, out, json, group, ...flags }: ExportFlags & { as: RecordsName },
): Promise<void> {
  if (group !== undefined) throw new ExportWrong(`--as ${as} holds a whole study: omit --group.`);
  if (json && out === undefined)
    throw new ExportWrong("With --json standard output is JSON: name the file with --out.");
  const text = await onEither(flags, {
    there: (server) => RECORDS[as].there(server, study),
    here: async ({ context }) => csvText(await RECORDS[as].here(context, study)),
  });
  if (out === undefined) return void process.stdout.write(text);
  writeNew(out, text);
  const rows = (parse(text, { relax_column_count: true }) as unknown[]).length - 1;
  if (json) print(JSON.stringify({ rows, file: out }));
  else
    say(
      `${rows} rows in ${out}. ${as === "notes" ? "It names who wrote them." : "This file is about people: keep it apart from the judgments."}`,
    );
}

/** Records of people, from the database or as a server writes them. */
function recordsOf(what: string, here: typeof consentsOf) {
  const there = (server: RemoteServer, study: string) => server.text(studyPath(study, "records", what), {});
  return { here, there };
}

/** Readable by its owner only. @throws ExportWrong where the file exists or cannot be written */
function writeNew(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  } catch (error) {
    throw new ExportWrong(`“${file}” cannot be written: ${(error as Error).message}`);
  }
}

/** The ids of a platform leave the database here, and nowhere else. */
async function payments(study: string, flags: ExportFlags): Promise<void> {
  const { out, reward, group, json } = flags;
  if (out === undefined) throw new ExportWrong("Payments are several files: name a new folder with --out.");
  if (reward !== undefined && !/^\d{1,5}(\.\d{1,2})?$/.test(reward))
    throw new ExportWrong(`--reward: “${reward}” is no amount such as 4.50.`);
  const { payments: list } = await onEither<Payments>(flags, {
    there: (server) => server.whole(studyPath(study, "payments"), "payments", { group }),
    here: async ({ context }) => ({ payments: await paymentsOf(context, study, { group }) }),
  });
  const files = writePayments(list, { out, reward: reward === undefined ? null : Number(reward) });
  const withoutAmount = reward === undefined ? 0 : list.filter(lacksAmount).length;
  if (json) return print(JSON.stringify({ participants: list.length, withoutAmount, files }));
  say(
    `${counted(list.length, "participant")}: ${files.join(", ")} in ${out}. These files hold the platform’s ids.`,
  );
  const erased = list.filter(({ participant }) => participant === null).length;
  if (erased > 0)
    say(
      `${erased} of them ${erased === 1 ? "was" : "were"} erased and ${erased === 1 ? "has" : "have"} no id: pay by the platform’s own list.`,
    );
  if (withoutAmount > 0)
    say(
      `${withoutAmount} of them did a part of the work without an amount: the protocol has no number of judgments per annotator. Set their pay by hand.`,
    );
}
