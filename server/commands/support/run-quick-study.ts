import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { makeOwnerToken } from "../../accounts/owner.ts";
import { inviteColleagues, type QuickStudy, startQuickStudy } from "../../quick-study/quick-study.ts";
import { type Held, whatFilesHold } from "../../quick-study/what-files-hold.ts";
import { type ConfigInput, readConfig } from "../../config.ts";
import type { Context } from "../../context.ts";
import { TiebreakError } from "../../contract/errors.ts";
import type { LoadReport } from "../../contract/loading.ts";
import type { FileToLoad } from "../../loading/file-to-load.ts";
import { findFiles } from "../../loading/find-files.ts";
import { type FieldMap, mergeFieldMaps, splitFileArgument } from "../../loading/reading/field-map.ts";
import { leftOutLines, readyText, reportText } from "../../loading/report-text.ts";
import { asWord } from "../../report-document/as-word.ts";
import { formatReport } from "../../report-document/write/index.ts";
import { buildFullReport } from "../../reports/report.ts";
import { shareResults } from "../../reports/share.ts";
import { runningServer } from "../../storage/server-lock.ts";
import { links } from "../../studies/links.ts";
import { askColumns, type Columns } from "./ask-columns.ts";
import { canAsk } from "./ask.ts";
import { requireFreePort } from "./listen.ts";
import { ProgressLine, rowsOf } from "./progress-line.ts";
import { openBrowser } from "./open-browser.ts";
import { serveOn } from "./run-server.ts";
import { print, printSaid, say, withDatabase } from "./run.ts";
import { Stopped, STOPPED_EXIT, stoppable } from "./stoppable.ts";

export interface CompareFlags extends ConfigInput {
  readonly name?: string;
  readonly browser: boolean;
  readonly near?: boolean;
  readonly skipBad?: boolean;
  readonly json?: boolean;
}

const BY = "command line";
const REFUSED = 2;

/** Files that hold no outputs of two systems. */
class NothingToCompare extends TiebreakError {
  constructor(message: string) {
    super("NothingToCompare", 400, message);
  }
}

/** Loads files into a study of their own and serves it, until it is stopped. @throws NothingToCompare, FileUnusable */
export async function runQuickStudy(args: readonly string[], flags: CompareFlags): Promise<void> {
  const { files: given, leftOut } = await findFiles(args.map((arg) => fileOf(arg, flags)));
  if (leftOut.length > 0) say(`${leftOutLines(leftOut).join("\n").trim()}\n`);
  const { files, systems } = await understood(given);
  const onPort = await withFreePort(flags);
  await withDatabase(
    onPort,
    async (run) => {
      const { context } = run;
      const skipBad = flags.skipBad === true;
      const wanted = { name: flags.name ?? null, systems, files, skipBad, by: BY };
      const started = await start(context, wanted);
      if (started === null) return;
      const { study: name, report, token, problem, systems: compared, isThere } = started;
      const isUndone = report.done && token === null && !isThere;
      if (token === null || report.warnings.listed.length > 0)
        say(`${isUndone ? readyText(report) : reportText(report)}\n`);
      if (token === null) {
        say(
          `${problem === null ? "" : `${problem}\n`}${textlessAdvice(report)}${isThere ? whereItIs(name) : "Nothing was kept."}`,
        );
        process.exitCode = REFUSED;
        return;
      }
      const isServedElsewhere = isServed(context);
      const welcome = async (origin: string) => {
        const judge = links.judge(origin, token);
        const results = await shareResults(context, { study: name, frozen: false, by: BY });
        const owner = links.dashboard(origin, await makeOwnerToken(context));
        const made = { study: name, judge, results: links.results(origin, results.token), dashboard: owner };
        if (flags.json) print(JSON.stringify(made));
        else printSaid(welcomeText({ ...made, systems: compared, isServedElsewhere }));
        if (flags.browser) openBrowser(judge);
        return made;
      };
      if (isServedElsewhere) return void (await welcome(run.origin));
      await serveOn(run, {
        welcome: async (origin) => {
          const made = await welcome(origin);
          if (canAsk()) listenForLetters(context, { study: name, origin, dashboard: made.dashboard });
        },
      });
    },
    { make: true },
  );
}

const whereItIs = (study: string): string =>
  `To compare other files in a study of their own: --name NAME\nTo delete this one: npx tiebreak study delete ${asWord(study)}`;

/** What to do where outputs came without the texts of their prompts. */
const textlessAdvice = ({ warnings }: LoadReport): string =>
  warnings.listed.some(({ name }) => name === "PromptTextMissing")
    ? "If the prompts are in a file of their own, name it too: npx tiebreak compare PROMPTS FILE FILE\n"
    : "";

/** Loads and opens, with a line of progress; null where Ctrl-C stopped it, which standard error and the exit code say. */
async function start(context: Context, wanted: QuickStudy) {
  const line = new ProgressLine();
  try {
    return await stoppable(STOPPING, (checkpoint) =>
      startQuickStudy(context, {
        ...wanted,
        onLoading: (progress) => (checkpoint(), line.show(rowsOf(progress))),
        onAllotted: (done, of) => (
          checkpoint(),
          line.show({ what: "Making pairs", done, of, unit: "prompts" })
        ),
      }),
    );
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    process.exitCode = STOPPED_EXIT;
    return null;
  } finally {
    line.clear();
  }
}

const STOPPING = {
  first: "Stopping after the current step. The same command starts again from there.",
  second: "Stopped at once. In 15 seconds, the same command starts again.",
};

/** Whether a server works on the same SQLite file already: it then serves this study, too. */
const isServed = ({ database }: Context): boolean =>
  database.dialect.name === "sqlite" && runningServer(database.place) !== null;

function fileOf(argument: string, { near }: CompareFlags): FileToLoad {
  const { path: file, map } = splitFileArgument(argument, fs.existsSync);
  const rest = { format: null, system: null, group: null, annotator: null };
  return { path: file, options: { ...rest, map, fileName: file, near: near === true } };
}

/** What the files hold, with the answers of whoever can be asked where that is unclear. */
async function understood(given: readonly FileToLoad[]): Promise<{ files: FileToLoad[]; systems: string[] }> {
  const files = [...given];
  const columns: string[] = [];
  let last: Columns | null = null;
  for (const held of await whatFilesHold(files, [])) {
    if (held.problem === null) continue;
    const isLikeLast: boolean = last !== null && (await isReadBy(held.file, last));
    const answer: Columns | null = isLikeLast
      ? last
      : canAsk()
        ? await askColumns(held.file, held.problem)
        : null;
    if (answer === null) throw new NothingToCompare(unclear(held.file, held.problem));
    if (isLikeLast) say(`${held.file.options.fileName} is read in the same way.`);
    last = answer;
    columns.push(...answer.systems);
    files[given.indexOf(held.file)] = withMap(held.file, answer.map);
  }
  const held = await whatFilesHold(files, columns);
  const systems = [...new Set(held.flatMap((one) => one.systems))];
  if (systems.length < 2) throw new NothingToCompare(tooFew(held));
  return { files, systems };
}

/** Whether what was said of another file's columns is enough to read this one's outputs. */
async function isReadBy(file: FileToLoad, { map, systems }: Columns): Promise<boolean> {
  const [held] = await whatFilesHold([withMap(file, map)], systems);
  return held?.problem === null && held.systems.length > 0;
}

const unclear = ({ options }: FileToLoad, problem: string): string =>
  `${options.fileName}: ${problem}${/ --(format|encoding)/.test(problem) ? BY_LOADING : ""}`;
const BY_LOADING =
  "\nThese options belong to loading into a study of your own: npx tiebreak study create --help, load --help";

const withMap = (file: FileToLoad, map: FieldMap): FileToLoad => ({
  ...file,
  options: { ...file.options, map: mergeFieldMaps(file.options.map, map) },
});

function tooFew(files: readonly Held[]): string {
  const lines = files.map(({ file, systems, problem }) => {
    const what = problem ?? (systems.length === 0 ? "no outputs" : `outputs of ${systems.join(", ")}`);
    return `  ${file.options.fileName}: ${what}`;
  });
  return [
    "A comparison needs outputs of two systems:",
    ...lines,
    "Each system is named after its file, unless a column names it.",
  ].join("\n");
}

/** The port that was given, else the usual one or, where another program has that, any that is free. */
async function withFreePort(flags: CompareFlags): Promise<CompareFlags> {
  const config = readConfig(flags, process.env);
  if (config.isPortSaid) return flags;
  const isFree = await requireFreePort(config).then(
    () => true,
    () => false,
  );
  return isFree ? flags : { ...flags, port: "0" };
}

function welcomeText(of: {
  study: string;
  judge: string;
  results: string;
  systems: readonly string[];
  /** A server that ran already serves it, so that this command ends. */
  isServedElsewhere: boolean;
}): string {
  const [target = "", ...others] = of.systems;
  const word = asWord(of.study);
  return [
    `Comparing ${target} with ${others.join(", ")}, blind.`,
    "",
    `  Judge       ${of.judge}`,
    `  Results     ${of.results}`,
    "",
    `Everything is saved in the study ${word}: the same command continues it, and every other`,
    `command takes it too, such as  npx tiebreak report ${word}`,
    "",
    ...(of.isServedElsewhere ? [SERVED] : canAsk() ? LETTERS : ["Stop with Ctrl-C."]),
  ].join("\n");
}

const SERVED =
  "The server that is running on this database serves it. For a link for colleagues, stop that server and repeat the command.";
const LETTERS = [
  "Type a letter and Enter:",
  "  l  a link for colleagues, who judge the same pairs",
  "  f  write the results so far to a file",
  "  d  the dashboard, where the study can be changed and closed",
  "  q  stop",
];

function listenForLetters(
  context: Context,
  { study, origin, dashboard }: { study: string; origin: string; dashboard: string },
): void {
  const terminal = readline.createInterface({ input: process.stdin });
  const letters: Record<string, () => void | Promise<void>> = {
    l: async () => {
      const { url, warning } = await inviteColleagues(context, { study, origin, by: BY });
      print(url);
      if (warning) say(warning);
    },
    f: async () => {
      const report = await buildFullReport(context, { study });
      print(`Wrote ${writeNew(study, formatReport(report, "html", {}))}`);
    },
    d: () => print(dashboard),
    q: () => void process.kill(process.pid, "SIGINT"),
  };
  terminal.on("line", (line) => {
    const act = letters[line.trim().toLowerCase()];
    if (!act) return say("l: link for colleagues, f: results file, d: dashboard, q: stop");
    Promise.resolve(act()).catch((error: unknown) =>
      say(error instanceof Error ? error.message : String(error)),
    );
  });
  process.once("SIGINT", () => terminal.close());
}

/** Writes a file that does not exist yet, here. @returns its path: NAME.html, or NAME-2.html and so on */
function writeNew(name: string, text: string): string {
  for (let number = 1; ; number++) {
    const file = path.resolve(`${name}${number === 1 ? "" : `-${number}`}.html`);
    try {
      fs.writeFileSync(file, text, { flag: "wx" });
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
