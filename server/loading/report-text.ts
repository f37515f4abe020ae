import type {
  FileReport,
  GroupVerdicts,
  LeftOut,
  LoadReport,
  TakenFor,
  Verdicts,
} from "../contract/loading.ts";
import { changeText, followsLines } from "../report-document/amendment-words.ts";
import { remarkLines } from "./remark-lines.ts";
import { someOf } from "./remarks.ts";

/** The loading report for a terminal, read from the top: what became of each file, then what is wrong, then what is odd. */
export function reportText(report: LoadReport): string {
  const next = nextStep(report);
  return [headline(report), ...bodyLines(report, OUTCOMES), ...(next ? ["", next] : [])].join("\n");
}

/** The same before anything is published. */
export const readyText = (report: LoadReport): string =>
  [
    `About to load into ${report.study}:`,
    ...bodyLines(report, { ...OUTCOMES, published: "to be loaded" }),
  ].join("\n");

const bodyLines = (report: LoadReport, outcomes: typeof OUTCOMES): string[] => [
  "",
  ...report.files.flatMap((file) => fileLines(file, outcomes)),
  ...shownLines(report.shown),
  ...leftOutLines(report.leftOut),
  ...amendmentLines(report),
  ...remarkLines(errorTitle(report), report.errors),
  ...remarkLines("Warnings (nothing is refused because of these):", report.warnings),
];

/** What came of a load, in a line. */
export function headline({ study, dryRun, done, files }: LoadReport): string {
  if (dryRun)
    return done
      ? `Nothing was loaded: a dry run into ${study}.`
      : `A dry run into ${study}: not everything can be loaded.`;
  if (done && files.every((file) => file.outcome === "unchanged"))
    return files.some((file) => file.leftOut > 0)
      ? `${study} already has everything in this that could be read.`
      : `${study} already has all of this.`;
  if (done) return `Loaded into ${study}.`;
  const taken = files.filter((file) => file.outcome === "published").length;
  if (taken === 0) return `Nothing was loaded into ${study}.`;
  return `Loaded into ${study}, but not everything: ${taken} of ${files.length} files.`;
}

const OUTCOMES: Record<FileReport["outcome"], string> = {
  published: "loaded",
  unchanged: "nothing new",
  refused: "refused, nothing loaded",
  "would publish": "would be loaded",
  "not tried": "not tried, because a file before it was refused",
  "held back": "not loaded, because of what is listed below",
};

const KINDS = [
  ["prompts", "prompts"],
  ["responses", "responses"],
  ["judgments", "judgments"],
  ["answers", "known answers"],
] as const;

function fileLines(file: FileReport, outcomes: typeof OUTCOMES): string[] {
  const { format, outcome, rows } = file;
  const title = `${file.file}: ${outcomes[outcome]}`;
  if (outcome === "not tried") return [title];
  const about = `  ${number(rows)} ${rows === 1 ? "row" : "rows"}${format ? `, read as ${format}` : ""}`;
  const kinds = KINDS.flatMap(([kind, name]) => {
    const { read, new: added, unchanged } = file[kind];
    if (read === 0) return [];
    return [`  ${name}: ${number(read)} read, ${number(added)} new, ${number(unchanged)} there already`];
  });
  const repeats =
    file.repeats > 0
      ? [
          `  ${number(file.repeats)} of the judgments ${file.repeats === 1 ? "is a repeat" : "are repeats"}: the same annotator on the same comparison; the first counts`,
        ]
      : [];
  const leftOut =
    file.leftOut > 0
      ? [`  ${number(file.leftOut)} ${file.leftOut === 1 ? "row has" : "rows have"} errors`]
      : [];
  const kept = file.kept.length > 0 ? [`  kept as metadata: ${someOf(file.kept, file.kept.length, 20)}`] : [];
  return [
    title,
    about,
    ...columnLines(file),
    ...kinds,
    ...outputLines(file),
    ...verdictLines(file.verdicts),
    ...groupLines(file.judgedBy),
    ...repeats,
    ...leftOut,
    ...kept,
  ];
}

/** What columns become, but for metadata, which is listed once the whole file is read. */
const COLUMNS_BECOME: Record<Exclude<TakenFor, "metadata">, string> = {
  prompt: "prompt from",
  prompt_id: "prompt id from",
  output: "output from",
  system: "system from",
  conversation: "prompt and output from",
  verdict: "verdict from",
  annotator: "annotator from",
  rationale: "reason from",
  "left out": "left out:",
  read: "used by the format:",
};

function columnLines({ columns }: FileReport): string[] {
  const by = new Map<string, string[]>();
  for (const { column, takenFor } of columns) {
    if (takenFor === "metadata") continue;
    const become = COLUMNS_BECOME[takenFor];
    by.set(become, [...(by.get(become) ?? []), column]);
  }
  const parts = [...by].map(([become, names]) => `${become} ${someOf(names, names.length, 20)}`);
  return parts.length > 0 ? [`  columns: ${parts.join("; ")}`] : [];
}

/** The responses of each system, where there are several. */
function outputLines({ outputs }: FileReport): string[] {
  if (outputs.length < 2) return [];
  return [`  of ${outputs.map(({ system, responses }) => `${system}: ${number(responses)}`).join(", ")}`];
}

const KIND_NAMES: Record<GroupVerdicts["kind"], string> = {
  crowd: "people",
  author: "authors",
  model: "model",
};

/** Who judged and of what kind; where they are several groups, also what each chose. */
function groupLines(groups: readonly GroupVerdicts[]): string[] {
  return groups.map(({ group, kind, annotators, judgments, left, right, tie, both_bad: bad }) => {
    const who =
      annotators === 0
        ? "nobody named"
        : `${number(annotators)} ${annotators === 1 ? "annotator" : "annotators"}`;
    const chosen =
      groups.length > 1
        ? `; ${number(judgments)} judgments: left ${number(left)}, right ${number(right)}, tie ${number(tie)}, both bad ${number(bad)}`
        : "";
    return `  judged by: ${who} in the group ${group} (${KIND_NAMES[kind]})${chosen}`;
  });
}

/** Two prompts with their answers, so that what was taken for the wrong thing shows. */
function shownLines(shown: LoadReport["shown"]): string[] {
  if (shown.length === 0) return [];
  const rows = shown.flatMap(({ prompt, answers }) => [
    `  prompt: ${prompt ?? "(no text)"}`,
    ...answers.map(({ system, text }) => `    ${system}: ${text}`),
  ]);
  const what =
    shown.length === 1 ? "A prompt as annotators will see it" : "Two prompts as annotators will see them";
  return ["", `${what} (they do not see the systems' names):`, ...rows];
}

/** What follows in a study that was opened. */
function amendmentLines({ amendment, study }: LoadReport): string[] {
  if (amendment === undefined) return [];
  const { revision, changes } = amendment;
  const lines = [...changes.map(changeText), ...followsLines(amendment, study)];
  return ["", `Revision ${revision} of ${study}:`, ...lines.map((line) => `  ${line}`)];
}

const LEFT_OUT_SHOWN = 20;

/** The files of folders and archives that were not loaded, each with the reason. */
export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  const more = leftOut.length - LEFT_OUT_SHOWN;
  return [
    "",
    "Left out, as they hold no rows:",
    ...leftOut.slice(0, LEFT_OUT_SHOWN).map(({ file, reason }) => `  ${file}: ${reason}`),
    ...(more > 0 ? [`  … and ${number(more)} more`] : []),
  ];
}

/** What the judgments chose: by side as far as sides are told, and by system. */
function verdictLines(verdicts: Verdicts | null): string[] {
  if (verdicts === null) return [];
  const { left, right, tie, both_bad: bad, sidesUnknown, inconsistent, won, others } = verdicts;
  const rest = others > 0 ? [`others ${number(others)}`] : [];
  const systems = [...won.map(({ system, judgments }) => `${system} ${number(judgments)}`), ...rest];
  const ties = inconsistent > 0 ? ` (${number(inconsistent)} of them inconsistent)` : "";
  const even = [`tie ${number(tie)}${ties}`, `both bad ${number(bad)}`];
  const all = left + right + tie + bad;
  const sides =
    sidesUnknown === all
      ? [`  sides: unknown, so that these judgments enter no figure about sides`]
      : [
          `  sides: left ${number(left)}, right ${number(right)}${sidesUnknown > 0 ? `; unknown of ${number(sidesUnknown)} judgments` : ""}`,
        ];
  return [`  chosen: ${[...systems, ...even].join(", ")}`, ...sides];
}

const errorTitle = ({ done }: LoadReport) => (done ? "Not loaded:" : "Errors:");

function nextStep({ done, files, errors, warnings, dryRun, amendment }: LoadReport): string | null {
  if (dryRun && done) {
    const asks = warnings.listed.some((remark) => remark.name === "JudgmentsAgain");
    const more = [...(asks ? ["--yes"] : []), ...(amendment ? ['--reason "…"'] : [])];
    return `Run it again without --dry-run${more.length > 0 ? ` and with ${more.join(" ")}` : ""} to load.`;
  }
  if (done) return null;
  return `What was loaded before stays as it is. Mend this, and load again.${skipAdvice(files, errors)}`;
}

/** Errors that hang on what a row says: leaving such rows out leaves out certain texts or verdicts, and not others. */
const TIED_TO_CONTENT: ReadonlySet<string> = new Set([
  ...["FileNotText", "ChoiceUnknown", "PreferenceNotAChoice", "StrengthWrong", "ResponseConflict"],
  ...["PromptConflict", "GroupKindConflict"],
]);

/** Offers to leave bad rows out only where few are bad, and which ones is chance. */
function skipAdvice(files: readonly FileReport[], errors: LoadReport["errors"]): string {
  const refused = files.filter((file) => file.outcome === "refused");
  const rows = refused.reduce((sum, file) => sum + file.rows, 0);
  const stay = rows - refused.reduce((sum, file) => sum + file.leftOut, 0);
  const isByRow = errors.listed.every((remark) => remark.line > 0 && !TIED_TO_CONTENT.has(remark.name));
  if (refused.length === 0 || !isByRow || stay * 2 < rows || stay === 0) return "";
  return ` To load the valid rows (${number(stay)} of ${number(rows)}) and skip the others, add --skip-bad.`;
}

const number = (value: number): string => value.toLocaleString("en");
