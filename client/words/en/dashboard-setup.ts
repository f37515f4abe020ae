import type { TakenFor } from "../../../server/contract/loading.ts";
import type { ColumnUse } from "../../../server/contract/uploads.ts";
import { counted } from "./counted.ts";

const number = (count: number): string => count.toLocaleString("en-US");

const USES: Record<ColumnUse, string> = {
  prompt: "prompt",
  prompt_id: "id of the prompt",
  output: "output",
  system: "system that wrote the output",
  source: "source of the prompt",
  system_a: "first system",
  system_b: "second system",
  winner: "winner (a, b or tie)",
  left_system: "system on the left",
  right_system: "system on the right",
  choice: "choice (left, right or tie)",
  output_a: "output of the first system",
  output_b: "output of the second system",
  annotator: "annotator",
  rationale: "reason for the choice",
  metadata: "kept as metadata",
  "left out": "left out",
};

const TAKEN: Record<TakenFor, string> = {
  prompt: USES.prompt,
  prompt_id: USES.prompt_id,
  output: USES.output,
  system: "system",
  conversation: "conversation",
  verdict: "verdict",
  annotator: USES.annotator,
  rationale: USES.rationale,
  metadata: USES.metadata,
  "left out": USES["left out"],
  read: "used by this format",
};

/** The words about making a study, on the dashboard. */
export const setup = {
  newStudy: "New study",
  plainName: "study",
  steps: { files: "Files", systems: "Systems", judgments: "Judgments", open: "Open and invite" },
  begin: {
    title: "Drop your files to begin",
    how: "Prompts, and the outputs of two systems or more; judgments made elsewhere, too. A folder, an archive, or as many files as you like.",
    another: "Drop files or a folder here for another study",
    without: "Begin without files",
    example: "What a file can look like",
    exampleMeans:
      "One row per output; the system is named after the file. CSV, Excel, Parquet, and the files of benchmarks and evaluation tools are recognised as they are.",
    terminal: "The same on the command line",
  },
  loaded: (files: number) => `${counted(files, "file")} loaded`,
  saving: "Saving…",
  saved: "Saved",

  drop: {
    here: "Drop files or a folder here",
    more: "Load more files",
    files: "Choose files",
    folder: "Choose a folder",
    limits: (bytes: string, days: number) =>
      `Up to ${bytes} per file. What is not loaded is deleted after ${counted(days, "day")}.`,
    leaving:
      "Keep this page open until everything has arrived. After that, checking and loading go on without it. If it is closed before, drop the same files again: what has arrived is not sent twice.",
  },
  sending: {
    title: (done: number, of: number) => `${number(done)} of ${counted(of, "file")} uploaded`,
    again: "Upload again",
    there: (files: number) =>
      `${counted(files, "file")} of the same name and size here already, not uploaded again. To replace a file, remove it first.`,
    replaces: (name: string) =>
      `${name} replaces the file of that name that was here. To load both, rename one, or drop their folders.`,
    cutOff: (name: string, arrived: string, of: string) =>
      `${name}: ${arrived} of ${of} have arrived. Drop the file again to send the rest.`,
    unreachable: "The server cannot be reached.",
  },
  bytes: (bytes: number): string => {
    const units = ["B", "kB", "MB", "GB"];
    const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
    const value = bytes / 1000 ** power;
    return `${value.toLocaleString("en-US", { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${units[power] ?? ""}`;
  },

  waiting: {
    title: "Uploaded, not loaded yet",
    use: "Load",
    useFile: (name: string) => `Load ${name}`,
    file: "File",
    system: "System",
    systemOf: (name: string) => `System of ${name}`,
    holds: "Holds",
    kinds: { prompts: "prompts", outputs: "outputs", judgments: "judgments" },
    counts: { prompts: "prompt", responses: "output", judgments: "judgment" },
    count: counted,
    nothing: "nothing yet",
    remove: "Remove",
    removeFile: (name: string) => `Remove ${name}`,
    leftOut: (files: number) => `${counted(files, "file")} without rows, not loaded`,
    judgedBy: "Judged by",
    judgedKinds: { "": "as the file names them", crowd: "a crowd", author: "authors", model: "a model" },
    unclear: "What the columns of this file are is not clear. Choose below.",
    unclearOfSeveral: (files: number) =>
      `What the columns of these ${number(files)} files are is not clear. Choose below, once for all of them.`,
    readAs: (format: string) => `read as ${format}`,
    unknown: "format not known",
    others: (names: readonly string[]) => (names.length === 0 ? "" : names.join(", ")),
    more: (count: number) => `and ${number(count)} more`,
  },

  readAs: {
    title: "How these files are read",
    readAs: "Read as",
    byContent: "as their content shows",
    formats: "Formats",
    wide: "wide: a prompt, and one column per system",
    recipes: "Recipes",
    recipe: (name: string, title: string) => `${name}: ${title}`,
    encoding: "Encoding",
    utf8: "UTF-8, or as the file begins",
    instead: (name: string) => `“${name}” under “Read as”`,
    choose: (name: string) => `choose “${name}” under “Encoding”`,
    another: "Choose another under “Encoding”.",
  },

  columns: {
    title: (columns: number) => `${counted(columns, "column")}: what each is taken for`,
    ofSeveral: (columns: number, files: number) =>
      `${counted(columns, "column")} of these ${number(files)} files: what each is taken for`,
    column: "Column",
    samples: "First values",
    takenFor: "Taken for",
    takenForOf: (name: string) => `${name} is taken for`,
    automatic: (taken: TakenFor) => TAKEN[taken],
    open: "not clear yet",
    uses: USES,
    groups: { texts: "Prompts and outputs", judgments: "Judgments", rest: "Neither" },
    looksLike: (what: string) => `looks like ${/^[aeiou]/.test(what) ? "an" : "a"} ${what}`,
  },

  check: {
    running: "Checking all files…",
    loading: "Loading all files…",
    at: (file: string, rows: number) => `${file}, row ${number(rows)}`,
    title: "What would be loaded",
    would: (prompts: number, outputs: number, judgments: number) =>
      [
        ...(prompts > 0 ? [counted(prompts, "new prompt")] : []),
        ...(outputs > 0 ? [counted(outputs, "new output")] : []),
        ...(judgments > 0 ? [counted(judgments, "new judgment")] : []),
      ].join(", ") || "Nothing new.",
    refused: "These files cannot be loaded as they are; nothing is loaded until they can.",
    load: (files: number) => `Load ${counted(files, "file")}`,
    alike: (what: string, files: number) =>
      `${what} like this${files > 1 ? `, in ${counted(files, "file")}` : ""}`,
    skipBad: (rows: number) => `Leave out the ${counted(rows, "faulty row")}, and load the others`,
    again: "Check again",
    failed: "The check did not end.",
    loadRefused: "Nothing was loaded.",
    shown: "As annotators will see it, shortened",
    noPrompt: "This prompt has no text yet.",
    kept: (columns: readonly string[]) => `Kept as metadata, in no figure: ${columns.join(", ")}`,
    nothing: "None of these files holds rows.",
  },

  systems: {
    none: "Systems appear here once their outputs are loaded.",
    target: "Target",
    targetMeans:
      "The system that the study is about. Each annotator compares its answers with those of a baseline.",
    all: "none: compare every pair of systems",
    change: "Change names in reports",
    name: "Name in reports",
    nameOf: (system: string) => `Name of ${system} in reports`,
    inFiles: "In the files",
    role: "Role",
    outputs: "Outputs",
    baseline: "baseline",
    isBaseline: (system: string) => `${system} is a baseline`,
    isTarget: "target",
    order: "Order",
    up: (system: string) => `Move ${system} up`,
    compared: (pairs: number) => `${counted(pairs, "pair")} of systems will be compared.`,
    oneLeft: "A target needs one baseline at least.",
  },

  judgments: {
    means:
      "Who judges, and how often each comparison is judged. All of it can be changed until the study opens.",
    group: "Group",
    groupName: "Name of the group",
    kind: "Who they are",
    kinds: { crowd: "crowd", author: "authors", model: "a model" },
    each: "Judgments per comparison",
    most: "Most per annotator",
    noLimit: "no limit",
    shared: "Shared prompts",
    sharedMeans: "Judged first, by every group; 0: none.",
    checks: "One check in so many pairs",
    checksMeans: "Pairs with a known answer, loaded from a file; empty: none.",
    add: "Add a group",
    remove: "Remove",
    removeGroup: (name: string) => `Remove ${name}`,
  },
  outlook: {
    title: "What that takes",
    pay: "Pay per hour",
    payMeans: "In any currency.",
    nothing: "Load prompts and the outputs of two systems to see what the study takes.",
    comparisons: (comparisons: number, prompts: number) =>
      `${counted(comparisons, "comparison")} over ${counted(prompts, "prompt")}`,
    judgments: (judgments: number) => counted(judgments, "judgment"),
    hours: (hours: number) =>
      hours < 1
        ? `about ${counted(Math.max(1, Math.round(hours * 60)), "minute")} of reading`
        : `about ${counted(Math.round(hours), "hour")} of reading`,
    cost: (cost: number) => `about ${cost.toLocaleString("en-US", { maximumFractionDigits: 0 })} in pay`,
    annotators: (annotators: number) => `${counted(annotators, "annotator")} or more`,
    detects: (rate: number, annotators: number | undefined) =>
      `detects a win rate of ${rate.toFixed(2)} or more (ties count ½; 80 % power${annotators === undefined ? "" : `, ${counted(annotators, "annotator")}`})`,
    cannot: "Which difference this finds cannot be computed:",
  },

  wording: {
    title: "Change the wording",
    guidelines: "Guidelines, in Markdown",
    choices: {
      left: "Choice of the answer on the left",
      tie: "Choice of neither",
      both_bad: "Choice that both are bad",
      right: "Choice of the answer on the right",
    },
  },

  open: {
    undecided: (findings: number) =>
      `${counted(findings, "finding")} of the blinding audit ${findings === 1 ? "is" : "are"} undecided.`,
    means: "Opening freezes the protocol. Then you make invite links, and annotators can begin.",
    notYet: "Load prompts and the outputs of two systems first.",
  },

  names: {
    edit: "Rename",
    name: "Name of the study",
    nameMeans: "In addresses and commands; annotators never see it.",
    title: "Title",
    titleMeans: "Annotators see it.",
    save: "Save",
    cancel: "Cancel",
    copy: "Start a new study from this one",
    copyMeans: "Its question, groups and settings; no texts and no judgments.",
    copyName: (name: string) => `${name}-copy`,
    remove: "Delete this draft",
    removeMeans: "Its files and texts are deleted. This cannot be undone.",
    type: (name: string) => `Type ${name} to delete it`,
    removeNow: "Delete",
  },
};
