import fs from "node:fs";
import path from "node:path";
import { type Command, Option } from "commander";
import type { ConfigInput } from "../config.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Split } from "../contract/prompt-recipes.ts";
import type { LoadReport } from "../contract/loading.ts";
import type { FileToLoad } from "../loading/file-to-load.ts";
import { findFiles } from "../loading/find-files.ts";
import { loadFiles } from "../loading/load-files.ts";
import { ENCODING_UNKNOWN, isEncoding } from "../loading/reading/encodings.ts";
import {
  type FieldMap,
  mergeFieldMaps,
  parseFieldMap,
  splitFileArgument,
} from "../loading/reading/field-map.ts";
import { recipeNamed } from "../loading/named-recipe.ts";
import { FORMAT_UNKNOWN, formatNamed } from "../loading/reading/format-name.ts";
import { parseGroupName } from "../loading/reading/group-name.ts";
import { type FormatName, FORMATS } from "../loading/reading/options.ts";
import type { Recipe } from "../loading/reading/recipes/recipe.ts";
import type { GroupName } from "../loading/reading/records.ts";
import { headline, readyText, reportText } from "../loading/report-text.ts";
import { readText } from "./support/files.ts";
import { type FileSettings, filesOfManifest, fileToLoad } from "./support/manifest-files.ts";
import { loadsText } from "./support/loads-text.ts";
import { print, printSaid, say, withDatabase } from "./support/run.ts";
import { loadRemotely } from "./support/remote-load.ts";
import { loadFromSet } from "./support/prompt-draw.ts";
import { type SetVersion, setVersionIn, splitOption } from "./support/prompt-set-names.ts";
import { detailOf, remoteOf } from "./support/remote-server.ts";
import { ProgressLine, rowsOf } from "./support/progress-line.ts";
import { stoppable, Stopped, STOPPED_EXIT } from "./support/stoppable.ts";

interface LoadFlags extends ConfigInput {
  readonly format?: string;
  readonly recipe?: string;
  readonly map?: string;
  readonly manifest?: string;
  readonly system?: string;
  readonly group?: string;
  readonly annotator?: string;
  readonly encoding?: string;
  readonly near?: boolean;
  readonly skipBad?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly reason?: string;
  readonly prompts?: SetVersion;
  readonly split?: Split;
  readonly list?: boolean;
  readonly json?: boolean;
}

class LoadArgumentWrong extends TiebreakError {
  constructor(message: string) {
    super("LoadArgumentWrong", 400, message);
  }
}

const REFUSED = 2;

const HELP = [
  "",
  "Examples:",
  "  npx tiebreak load haiku prompts.jsonl ours.jsonl theirs.jsonl",
  "  npx tiebreak load haiku outputs/ judgments.zip 'runs/*/out.jsonl'",
  "  npx tiebreak load haiku answers.csv:output=text,prompt_id=question_id --system ours",
  "  npx tiebreak load haiku votes.csv --group authors:author --dry-run",
  "  npx tiebreak load haiku votes.csv:annotator=worker,choice=vote",
  "  npx tiebreak load haiku --manifest files.yaml",
  "  npx tiebreak load haiku votes.jsonl --recipe ours.yaml",
  '  npx tiebreak load haiku more.jsonl --reason "too few prompts about law"',
  "  npx tiebreak load haiku --prompts cooking@2 --split test",
  "  npx tiebreak load haiku --list",
  "",
  "Our fields: prompt_id, prompt; system, output; for judgments left_system, right_system, choice (left,",
  "right, tie, both_bad) or system_a, system_b, winner; and annotator, group. Full list: docs/formats.md",
].join("\n");

export function loadCommand(program: Command): void {
  program
    .command("load <study> [files...]")
    .description("load prompts, outputs and judgments into a study: files, folders, archives or patterns")
    .addOption(
      new Option(
        "--format <format>",
        `input format (default: detected from the content): ${FORMATS.join(", ")}`,
      ),
    )
    .addOption(
      new Option(
        "--recipe <file or name>",
        "read all files by this recipe: a YAML file, or a built-in one (see docs/recipes.md)",
      ).conflicts("format"),
    )
    .option(
      "--map <fields>",
      "OURS=YOURS,… maps your columns to our fields, in all files. OURS:=VALUE sets a constant, OURS= ignores a field; YOURS may be a path (data[0].text), several fields joined by +, or a field with a translation {1:a|2:b}. For one file only, append the map to its name: FILE:OURS=YOURS",
    )
    .option(
      "--manifest <file>",
      "YAML file that lists the files to load, each with its options (see docs/formats.md)",
    )
    .option(
      "--system <name>",
      "system that wrote the outputs, for rows that do not name one (default: the file's name)",
    )
    .option(
      "--group <name[:kind]>",
      "group that judged, for rows that do not name one; kind is crowd, author or model",
    )
    .option("--annotator <name>", "annotator who judged, for rows that do not name one")
    .option("--encoding <name>", "text encoding, if not UTF-8: windows-1252, utf-16le, gb18030, …")
    .option(
      "--near",
      "match a prompt to one in the study if they differ only in white space or accents, or in the form of their ids (1.0 and 1)",
    )
    .option("--skip-bad", "load the valid rows of a file that has faulty ones, and list what was skipped")
    .option("--dry-run", "show what would happen without changing anything")
    .option("--yes", "also add judgments of pairs that the same annotators judged in an earlier file")
    .option(
      "--reason <text>",
      "why an opened study gets more to judge; the report shows it with the revision",
    )
    .addOption(
      new Option(
        "--prompts <set>",
        "take prompts of a kept set: NAME, or NAME@2 for its version 2",
      ).argParser(setVersionIn),
    )
    .addOption(splitOption("with --prompts: only this split (default: all)"))
    .option("--list", "list what was loaded: number, file, when, by whom, and what was new")
    .addHelpText("after", HELP)
    .action(async (study: string, files: string[], _flags: unknown, command: Command) =>
      run(study, files, command.optsWithGlobals<LoadFlags>()),
    );
}

async function list(study: string, args: readonly string[], flags: LoadFlags): Promise<void> {
  if (args.length > 0) throw new LoadArgumentWrong("--list takes no files.");
  const { loads } = await detailOf(study, flags);
  if (flags.json) print(JSON.stringify(loads));
  else printSaid(loadsText(study, loads));
}

async function ofSet(
  study: string,
  args: readonly string[],
  { prompts, split, ...flags }: LoadFlags & { readonly prompts: SetVersion },
): Promise<void> {
  if (args.length > 0 || flags.manifest !== undefined)
    throw new LoadArgumentWrong("--prompts takes no files: load them with a command of their own.");
  await loadFromSet(study, { ...prompts, split }, flags);
}

async function run(study: string, args: readonly string[], flags: LoadFlags): Promise<void> {
  if (flags.list) return list(study, args, flags);
  if (flags.prompts) return ofSet(study, args, { ...flags, prompts: flags.prompts });
  if (flags.split) throw new LoadArgumentWrong("--split goes with --prompts.");
  const { files, leftOut } = await findFiles(filesToLoad(args, flags));
  const choices = {
    dryRun: flags.dryRun === true,
    skipBad: flags.skipBad === true,
    yes: flags.yes === true,
    reason: flags.reason,
  };
  const remote = remoteOf(flags);
  if (remote !== null) return tell(await loadRemotely(remote, { study, files, leftOut, ...choices }), flags);
  await withDatabase(
    flags,
    async ({ context }) => {
      const line = new ProgressLine();
      const request = {
        study,
        files,
        leftOut,
        ...choices,
        by: "command line",
      };
      let isShown = false;
      const show = (ready: LoadReport) => {
        if (flags.json) return;
        line.clear();
        print(readyText(ready));
        isShown = true;
      };
      try {
        const report = await stoppable(STOPPING, (checkpoint) =>
          loadFiles(context, {
            ...request,
            onProgress: (progress) => (checkpoint(), line.show(rowsOf(progress))),
            onStep: (what) => line.step(what),
            onReady: show,
          }),
        );
        line.clear();
        tell(report, flags, isShown);
      } catch (error) {
        if (!(error instanceof Stopped)) throw error;
        say("Stopped. Nothing was published; run the same command again.");
        process.exitCode = STOPPED_EXIT;
      }
    },
    { cacheMb: 8, logPages: 64_000 },
  );
}

/** @param isShown whether all but the outcome was printed before it was published; it may still have been refused then */
function tell(report: LoadReport, { json }: LoadFlags, isShown = false): void {
  if (json) print(JSON.stringify(report));
  else print(isShown && report.done ? `\n${headline(report)}` : reportText(report));
  if (!report.done) process.exitCode = REFUSED;
}

const STOPPING = {
  first:
    "Stopping, and removing what was read of this file … (press Ctrl-C again to leave that to the next load)",
  second: "Stopped at once. Nothing of the file was published; a load in 15 seconds or later cleans up.",
};

/** @throws LoadArgumentWrong if no file is named or its options cannot be read */
function filesToLoad(args: readonly string[], flags: LoadFlags): FileToLoad[] {
  const general = parsed(() => parseFieldMap(flags.map ?? ""));
  const group = groupOf(flags.group);
  const common = {
    ...formatOf(flags.format),
    ...(flags.recipe !== undefined && { recipe: recipeNamed(flags.recipe) }),
    system: flags.system ?? null,
    annotator: flags.annotator ?? null,
    encoding: encodingOf(flags.encoding),
    near: flags.near === true,
    group,
  };
  const named = args.map((argument) => {
    const { path: file, map } = parsed(() => splitFileArgument(argument, fs.existsSync));
    return fileToLoad(file, { ...common, map: mergeFieldMaps(general, map) });
  });
  const listed =
    flags.manifest === undefined ? [] : fromManifest(flags.manifest, { ...common, map: general });
  const files = [...named, ...listed];
  if (files.length === 0) throw new LoadArgumentWrong("Name the files to load.");
  return files;
}

function fromManifest(manifest: string, common: FileSettings & { map: FieldMap }): FileToLoad[] {
  const text = readText(manifest);
  return parsed(() => filesOfManifest(text, path.dirname(manifest), common));
}

/** @throws LoadArgumentWrong where there is no such format, and no recipe that was one */
function formatOf(name: string | undefined): { format: FormatName | null; recipe: Recipe | null } {
  if (name === undefined) return { format: null, recipe: null };
  const named = formatNamed(name);
  if (named === null) throw new LoadArgumentWrong(`--format ${name}: ${FORMAT_UNKNOWN}`);
  if (named.recipe === null) return { format: named.format, recipe: null };
  say(`The format ${name} is a recipe now: write --recipe ${named.recipe}.`);
  return { format: null, recipe: recipeNamed(named.recipe) };
}

function encodingOf(name: string | undefined): string | null {
  if (name === undefined || isEncoding(name)) return name ?? null;
  throw new LoadArgumentWrong(`--encoding ${name} ${ENCODING_UNKNOWN}`);
}

function groupOf(text: string | undefined): GroupName | null {
  if (text === undefined) return null;
  const group = parseGroupName(text);
  if (group) return group;
  throw new LoadArgumentWrong(`--group ${text}: write NAME, or NAME:crowd, NAME:author, NAME:model.`);
}

/** Turns an error of a parser of arguments into a refusal. */
function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new LoadArgumentWrong(error instanceof Error ? error.message : String(error));
  }
}
