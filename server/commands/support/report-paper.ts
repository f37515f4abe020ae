import fs from "node:fs";
import path from "node:path";
import { type Command, Option } from "commander";
import { TiebreakError } from "../../contract/errors.ts";
import type { Paper } from "../../contract/paper.ts";
import type { BlockName, FullReport } from "../../contract/report.ts";
import { blockOf, paperItems } from "../../report-document/paper/items.ts";
import {
  FIGURE_FORMATS,
  FIGURE_WIDTHS,
  type FigureFormat,
  type FigureWidth,
} from "../../report-document/paper/sizes.ts";
import { METHODS_FORMATS, type MethodsFormat } from "../../report-document/paper/write.ts";
import { figureFile, methodsFile, referencesFile, tableFile } from "../../reports/paper/paper-files.ts";
import { typeset } from "../../reports/paper/typeset.ts";
import { type RemoteServer, studyPath } from "./remote-server.ts";
import { print, say } from "./run.ts";

/** What is wanted for a paper: true, where an option names none, asks for the list of them. */
export interface PaperFlags {
  readonly figure?: string | true;
  readonly table?: string | true;
  readonly methods?: MethodsFormat | true;
  readonly bibtex?: true;
  readonly out?: string;
  readonly width?: FigureWidth;
}

const KINDS = ["figure", "table", "methods", "bibtex"] as const;

/** Adds the options of what a paper takes from a report. */
export const paperOptions = (command: Command): Command =>
  command
    .option("--figure [name]", "one figure, as --out says: .pdf, .svg or .png (without a name: list them)")
    .option("--table [name]", "one table as LaTeX (without a name: list them)")
    .addOption(
      new Option(
        "--methods [format]",
        "the methods as a paragraph, as text or as LaTeX that cites --bibtex",
      ).choices([...METHODS_FORMATS]),
    )
    .option("--bibtex", "what that paragraph cites, as BibTeX")
    .option("--out <file>", "with --figure, --table, --methods and --bibtex: the file to write")
    .addOption(
      new Option(
        "--width <width>",
        "with --figure: one column of two (84 mm), or a page (178 mm) (default: page)",
      ).choices(Object.keys(FIGURE_WIDTHS)),
    );

export const wantsPaper = (flags: PaperFlags): boolean => KINDS.some((kind) => flags[kind] !== undefined);

class PaperOptionsWrong extends TiebreakError {
  constructor(message: string) {
    super("ReportArgumentWrong", 400, message);
  }
}

/** Refuses what would be ignored. @param others options that are given and do not go with those of a paper */
export function requirePaperUsed(flags: PaperFlags, others: readonly string[]): void {
  const given = KINDS.filter((kind) => flags[kind] !== undefined);
  if (given.length === 0) {
    if (flags.out !== undefined || flags.width !== undefined)
      throw new PaperOptionsWrong("--out and --width go with --figure, --table, --methods or --bibtex.");
    return;
  }
  if (given.length > 1)
    throw new PaperOptionsWrong(`One at a time: ${given.map((kind) => `--${kind}`).join(", ")}.`);
  if (others.length > 0) throw new PaperOptionsWrong(`--${given[0]!} takes no ${others.join(", ")}.`);
  if (flags.width !== undefined && typeof flags.figure !== "string")
    throw new PaperOptionsWrong("--width goes with --figure and its name.");
  if (typeof flags.figure === "string") formatOf(flags.out);
}

/** The format that the ending of a file names. */
function formatOf(out: string | undefined): FigureFormat {
  const ending = path
    .extname(out ?? "")
    .slice(1)
    .toLowerCase();
  const format = FIGURE_FORMATS.find((one) => one === ending);
  if (format !== undefined) return format;
  throw new PaperOptionsWrong("A figure is a file: name it with --out, ending in .pdf, .svg or .png.");
}

/** What of the report is needed; null: all of it. */
export function blockForPaper({ figure, table }: PaperFlags): BlockName | "pairs" | null {
  const name = figure ?? table;
  return typeof name === "string" ? blockOf(name) : null;
}

/** Writes what is wanted, of the report that was made for it. */
export async function writePaper(report: FullReport, flags: PaperFlags, isJson: boolean): Promise<void> {
  const { figure, table, out, width = "page" } = flags;
  if (figure === true || table === true) return printItems(paperItems(report), flags, isJson);
  if (figure !== undefined) {
    const wanted = { name: figure, format: formatOf(out), width, now: new Date() };
    return deliver(await figureFile(report, wanted, typeset), out);
  }
  if (table !== undefined) return deliver(tableFile(report, table), out);
  if (flags.bibtex) return deliver(referencesFile(report), out);
  return deliver(methodsFile(report, flags.methods === "latex" ? "latex" : "text"), out);
}

function deliver(content: string | Buffer, out: string | undefined): void {
  if (out === undefined) return void process.stdout.write(content);
  fs.writeFileSync(out, content);
  say(`Wrote ${out}.`);
}

function printItems(items: Paper, { figure }: PaperFlags, isJson: boolean): void {
  const listed = figure === true ? items.figures : items.tables;
  if (isJson) return print(JSON.stringify(listed, null, 2));
  if (listed.length === 0) return say(`The report has no ${figure === true ? "figure" : "table"} yet.`);
  const width = Math.max(0, ...listed.map(({ name }) => name.length));
  for (const { name, section, caption } of listed)
    print(`${name.padEnd(width)}  ${section}: ${caption.split(/(?<=\.) /)[0]!}`);
}

/** The same, asked of a server. */
export async function writePaperRemotely(
  server: RemoteServer,
  study: string,
  { isJson, query, ...flags }: PaperFlags & { isJson: boolean; query: Record<string, string | undefined> },
): Promise<void> {
  const { figure, table, out, width } = flags;
  const paper = (...rest: string[]) => studyPath(study, "paper", ...rest);
  if (figure === true || table === true)
    return printItems(await server.json<Paper>(paper(), { query }), flags, isJson);
  const wanted =
    figure !== undefined
      ? { path: paper("figures", figure), query: { ...query, format: formatOf(out), width } }
      : table !== undefined
        ? { path: paper("tables", table), query }
        : flags.bibtex
          ? { path: paper("references"), query }
          : {
              path: paper("methods"),
              query: { ...query, format: flags.methods === "latex" ? "latex" : "text" },
            };
  await server.write(wanted.path, { query: wanted.query, out });
  if (out !== undefined) say(`Wrote ${out}.`);
}
