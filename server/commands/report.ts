import { type Command, InvalidArgumentError, Option } from "commander";
import type { ConfigInput } from "../config.ts";
import type { Context } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { FullReport, Snapshot } from "../contract/report.ts";
import type { PromptPart } from "../analysis/rows/prompt-parts.ts";
import {
  CSV_PARTS,
  type CsvPart,
  formatReport,
  REPORT_FORMATS,
  type ReportFormat,
} from "../report-document/write/index.ts";
import type { Beside } from "../contract/beside.ts";
import { besideDocument } from "../report-document/beside.ts";
import { formatSections } from "../report-document/write/text.ts";
import { buildFullReport, ReportBuilder } from "../reports/report.ts";
import { keptReport, takeSnapshot } from "../reports/snapshots.ts";
import { type Verification, verifySnapshot } from "../reports/verify-snapshot.ts";
import { asCalled } from "./support/called-as.ts";
import { lookHere, lookThere } from "./support/report-look.ts";
import {
  blockForPaper,
  type PaperFlags,
  paperOptions,
  requirePaperUsed,
  wantsPaper,
  writePaper,
  writePaperRemotely,
} from "./support/report-paper.ts";
import { type ProgressLine, withProgress } from "./support/progress-line.ts";
import { onEither, type RemoteServer, studyPath } from "./support/remote-server.ts";
import { print, say } from "./support/run.ts";
import { verificationText } from "./support/verification-text.ts";

interface ReportFlags extends ConfigInput, PaperFlags {
  readonly format: ReportFormat;
  readonly part?: CsvPart;
  readonly spreadsheetSafe?: boolean;
  readonly group?: string;
  readonly prompts?: PromptPart;
  readonly snapshot?: boolean;
  readonly kept?: number | true;
  readonly look?: boolean;
  readonly yes?: string;
  readonly verify?: number | true;
  readonly beside?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  npx tiebreak report haiku --part ranking
  npx tiebreak report haiku --format html > haiku.html
  npx tiebreak report haiku --format latex > haiku.tex
  npx tiebreak report haiku --format csv > pairs.csv
  npx tiebreak report haiku --format csv --part all > figures.csv
  npx tiebreak report haiku --prompts source=advice
  npx tiebreak report haiku --figure pairs --out pairs.pdf
  npx tiebreak report haiku --table pairs --out pairs.tex
  npx tiebreak report haiku --beside limericks
  npx tiebreak report haiku --verify`;

/** Exit code when a recomputed snapshot differs. */
const DIFFERS = 2;

export function reportCommand(program: Command): void {
  const report = program
    .command("report <study>")
    .description("report wins, ties and losses with intervals, tests, ranking, agreement and more")
    .addOption(new Option("--format <format>", "output format").choices([...REPORT_FORMATS]).default("text"))
    .addOption(
      new Option(
        "--part <part>",
        "what to write, and nothing else is computed: pairs, one block such as ranking, or all (default: all; csv: pairs)",
      ).choices([...CSV_PARTS]),
    )
    .option(
      "--spreadsheet-safe",
      "with --format csv: an apostrophe before cells that a spreadsheet would run as formulas",
    )
    .option(
      "--public-url <url>",
      "with html and latex: the server whose methods pages to link (env: PUBLIC_URL)",
    )
    .option("--group <name>", "only this group of annotators")
    .option("--prompts <field=value>", "only prompts with this field and value (see Slices)", partSaid)
    .option("--snapshot", "save a snapshot of the current report and print its number")
    .option("--kept [number]", "print the report of a snapshot (default: the latest)", numberOf)
    .option("--beside <study>", "this study and another one side by side: what differs, and by how much")
    .option(
      "--look",
      "take the next declared look, and report it; asks for the study's name, since nothing takes it back",
    )
    .option("--yes <name>", "with --look: the study's name, instead of typing it when asked")
    .option("--verify [number]", "recompute a snapshot and compare (default: the latest)", numberOf);
  paperOptions(report)
    .addHelpText("after", EXAMPLES)
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ReportFlags>();
      requireUsed(flags, (name) => command.getOptionValueSource(name) === "cli");
      await onEither(flags, {
        there: async (server) => {
          if (wantsPaper(flags)) return paperRemotely(server, study, flags);
          if (flags.beside !== undefined) {
            const query = { with: flags.beside };
            return sayBeside(await server.json<Beside>(studyPath(study, "beside"), { query }), flags);
          }
          if (flags.look) await lookThere(server, study, flags.yes);
          if (flags.snapshot)
            return sayKept(study, await server.post(studyPath(study, "snapshots"), {}), flags);
          if (flags.verify !== undefined) return verifyRemotely(server, study, flags);
          return writeRemotely(server, study, flags);
        },
        here: async ({ context, config }) => {
          if (wantsPaper(flags)) return writeForPaper(context, study, flags);
          if (flags.beside !== undefined) {
            const names = { first: study, second: flags.beside };
            return sayBeside(await new ReportBuilder(context).beside(names), flags);
          }
          if (flags.look) {
            const { yes } = flags;
            await withProgress((line) => lookHere(context, { study, yes, onBlock: blocksOn(line) }));
          }
          if (flags.snapshot) return sayKept(study, await keep(context, study), flags);
          if (flags.verify !== undefined) return verify(context, study, flags);
          return write(context, study, { ...flags, methodsAt: config.publicUrl });
        },
      });
    });
}

class ReportArgumentWrong extends TiebreakError {
  constructor(message: string) {
    super("ReportArgumentWrong", 400, message);
  }
}

/** What does not go with a figure, a table, the methods or the references. */
const NOT_FOR_PAPERS = ["format", "part", "spreadsheetSafe", "snapshot", "look", "verify"] as const;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Refuses what would be ignored. @param isGiven whether an option stands on the command line */
function requireUsed(flags: ReportFlags, isGiven: (name: keyof ReportFlags) => boolean): void {
  const { format, json, snapshot, verify, kept } = flags;
  requirePaperUsed(
    flags,
    NOT_FOR_PAPERS.filter((name) => isGiven(name)).map((name) => `--${kebab(name)}`),
  );
  const besides = ["group", "prompts", "format", "part", "snapshot", "kept", "look", "verify"] as const;
  if (flags.beside !== undefined && besides.some(isGiven))
    throw new ReportArgumentWrong("--beside is text, or JSON with --json: omit the other options.");
  if (flags.yes !== undefined && !flags.look) throw new ReportArgumentWrong("--yes goes with --look.");
  if (kept !== undefined && (flags.look || snapshot || verify !== undefined))
    throw new ReportArgumentWrong("--kept prints a snapshot: omit --look, --snapshot and --verify.");
  if (flags.look && (snapshot || verify !== undefined || isGiven("group") || isGiven("prompts")))
    throw new ReportArgumentWrong(
      "--look is of the whole study: omit --group, --prompts, --snapshot and --verify.",
    );
  const isOfSnapshot = snapshot === true || verify !== undefined;
  if ((isOfSnapshot || kept !== undefined) && (isGiven("group") || isGiven("prompts")))
    throw new ReportArgumentWrong("A snapshot holds the whole report: omit --group and --prompts.");
  if (isOfSnapshot && isGiven("format"))
    throw new ReportArgumentWrong("--snapshot and --verify write no report: omit --format.");
  if (json && isGiven("format") && format !== "json")
    throw new ReportArgumentWrong(`--json writes the report as JSON: omit it, or omit --format ${format}.`);
  if ((json || isOfSnapshot || format === "json") && isGiven("part"))
    throw new ReportArgumentWrong("--part goes with --format text, csv, markdown, latex and html.");
  if ((json || isOfSnapshot || format !== "csv") && isGiven("spreadsheetSafe"))
    throw new ReportArgumentWrong("--spreadsheet-safe goes with --format csv.");
}

type WriteFlags = ReportFlags & { readonly methodsAt: string | null };

async function write(context: Context, study: string, flags: WriteFlags): Promise<void> {
  const { spreadsheetSafe, methodsAt: publicUrl } = flags;
  const format = flags.json ? "json" : flags.format;
  const part = flags.part ?? (format === "csv" ? "pairs" : "all");
  const report = await withProgress((line) => reportFor(context, study, { ...flags, part, line }));
  if (report.snapshot) say(`This is snapshot ${report.snapshot.number}, taken ${report.snapshot.takenAt}.`);
  const text = formatReport(report, format, { part, spreadsheetSafe, publicUrl });
  process.stdout.write(format === "text" ? asCalled(text) : text);
}

type Wanted = WriteFlags & { readonly part: CsvPart; readonly line: ProgressLine };

async function writeForPaper(context: Context, study: string, flags: ReportFlags): Promise<void> {
  const block = blockForPaper(flags) ?? "all";
  const part: CsvPart = block === "tests" ? "pairs" : block; // the pairs come with their tests
  const wanted = { ...flags, part, methodsAt: null };
  const report = await withProgress((line) => reportFor(context, study, { ...wanted, line }));
  await writePaper(report, flags, flags.json === true);
}

/** What the format needs of the report. */
async function reportFor(context: Context, study: string, wanted: Wanted): Promise<FullReport> {
  const { kept, group, prompts, part, line } = wanted;
  if (kept !== undefined) return keptReport(context, { study, number: kept === true ? null : kept });
  const question = { study, group, prompts };
  if (part === "all") return buildFullReport(context, question, blocksOn(line));
  line.step("Computing the report");
  const { tests, ...report } = await new ReportBuilder(context).part(
    question,
    part === "pairs" ? "tests" : part,
  );
  const pairs = report.pairs.map((pair, i) => ({ ...pair, ...tests?.[i] }));
  return { ...report, pairs } as FullReport; // this part reads no other block
}

/** Shows how many blocks of a report are computed. */
const blocksOn = (line: ProgressLine) => (done: number, of: number) =>
  line.show({ what: "Computing the report", done, of, unit: "blocks" });

function sayBeside(beside: Beside, { json }: ReportFlags): void {
  if (json) return print(JSON.stringify(beside, null, 2));
  const { title, sections } = besideDocument(beside);
  process.stdout.write(asCalled(`${title}\n\n${formatSections(sections)}`));
}

function paperRemotely(server: RemoteServer, study: string, flags: ReportFlags): Promise<void> {
  const { group, kept, prompts } = flags;
  const query = { group, ...prompts, snapshot: snapshotOf(kept) };
  return writePaperRemotely(server, study, { ...flags, query, isJson: flags.json === true });
}

async function writeRemotely(server: RemoteServer, study: string, flags: ReportFlags): Promise<void> {
  const { part, group, kept, prompts, spreadsheetSafe } = flags;
  const format = flags.json ? "json" : flags.format;
  const query = {
    ...{ part, group, ...prompts, spreadsheetSafe: spreadsheetSafe ? "1" : undefined },
    snapshot: snapshotOf(kept),
  };
  const text = await server.text(studyPath(study, "report", format), query);
  process.stdout.write(format === "text" ? asCalled(text) : text);
}

/** The saved report that a server is asked for. */
const snapshotOf = (kept: ReportFlags["kept"]) => (kept === true ? "latest" : kept?.toString());

function keep(context: Context, study: string): Promise<Snapshot> {
  const given = { study, reason: "asked for at the command line", by: "command line" };
  return withProgress((line) => takeSnapshot(context, { ...given, onBlock: blocksOn(line) }));
}

function sayKept(study: string, { number, takenAt, dataHash }: Snapshot, { json }: ReportFlags): void {
  if (json) print(JSON.stringify({ snapshot: number, takenAt, dataHash }));
  else print(`Snapshot ${number} of ${study}, taken ${takenAt}.\nJudgments: sha256 ${dataHash}`);
}

async function verify(context: Context, study: string, flags: ReportFlags): Promise<void> {
  const number = flags.verify === true ? null : (flags.verify ?? null);
  const found = await withProgress((line) =>
    verifySnapshot(context, { study, number, onBlock: blocksOn(line) }),
  );
  sayVerified(found, flags);
}

async function verifyRemotely(server: RemoteServer, study: string, flags: ReportFlags): Promise<void> {
  const asked = typeof flags.verify === "number" ? { snapshot: flags.verify } : {};
  sayVerified(await server.post<Verification>(studyPath(study, "verify"), asked), flags);
}

function sayVerified(found: Verification, { json }: ReportFlags): void {
  print(json ? JSON.stringify({ where: [], ...found }) : verificationText(found));
  if (found.outcome !== "same") process.exitCode = DIFFERS;
}

function partSaid(text: string): PromptPart {
  const [field = "", ...value] = text.split("=");
  if (field !== "" && value.join("=") !== "") return { field, value: value.join("=") };
  throw new InvalidArgumentError("Write a field and its value, such as source=advice.");
}

function numberOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give the number of a snapshot, such as 1.");
}
