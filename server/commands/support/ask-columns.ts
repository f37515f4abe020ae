import type { FileToLoad } from "../../loading/file-to-load.ts";
import type { FieldMap, Fields } from "../../loading/reading/field-map.ts";
import { firstRows } from "../../loading/reading/first-rows.ts";
import { looksLikeModel } from "../../loading/reading/model-names.ts";
import { isFilled, isFreeText, likenesses } from "../../loading/reading/vocabulary.ts";
import { ask } from "./ask.ts";
import { say } from "./run.ts";

/** What somebody says of the columns of a file: which hold the prompt and the outputs. */
export interface Columns {
  readonly map: FieldMap;
  /** The columns that hold the outputs of a system each, where there are several. */
  readonly systems: readonly string[];
}

const ROWS = 20;
const NONE = "none";

/** Shows the columns of a file that is not understood, and asks what they hold; null where it has no columns. */
export async function askColumns(file: FileToLoad, problem: string): Promise<Columns | null> {
  const rows = await firstRows(file.path, { ...file.options, knownSystems: [] }, ROWS);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return null;
  const { fileName } = file.options;
  say(
    `\n${fileName} is not clear: ${problem.split(/(?<=\.) /)[0] ?? ""}\n\nIts columns, and what the first row has:`,
  );
  columns.forEach((column, i) => say(`  ${String(i + 1).padStart(2)}  ${column}: ${sampleOf(rows, column)}`));
  const numberOf = (column: string | undefined) =>
    column === undefined ? NONE : String(columns.indexOf(column) + 1);
  const columnAt = (answer: string) => (/^\d+$/.test(answer) ? columns[Number(answer) - 1] : undefined);
  const prompt = await ask("Which column is the prompt?", {
    likely: numberOf(likelyPrompt(columns, rows)),
    understand: (answer) => (answer === NONE ? null : columnAt(answer)),
  });
  const rest = columns.filter((column) => column !== prompt);
  const outputs = await ask("Which column is the answer? Of several systems: several numbers, such as 3,4.", {
    likely: likelyOutputs(rest, rows).map(numberOf).join(",") || NONE,
    understand: (answer) => {
      if (answer === NONE) return [];
      const named = answer.split(/[\s,]+/).map(columnAt);
      return named.every((one) => one !== undefined) ? named : undefined;
    },
  });
  const id =
    prompt !== null
      ? null
      : await ask("Which column is the prompt's id?", {
          likely: numberOf(rest.find((column) => likenesses(column, null).some(([, like]) => like === "id"))),
          understand: columnAt,
        });
  const [only, ...more] = outputs;
  const named = rest.filter((column) => likeness(column) === "system" && !outputs.includes(column));
  const system =
    only === undefined || more.length > 0 || named.length === 0
      ? null
      : await ask(`Which column names the system? (${NONE}: the file does)`, {
          likely: numberOf(named[0]),
          understand: (answer) => (answer === NONE ? null : columnAt(answer)),
        });
  return {
    map: new Map([
      ...(prompt === null ? [] : [["prompt", { column: prompt }] as const]),
      ...(id === null ? [] : [["prompt_id", { column: id }] as const]),
      ...(only === undefined || more.length > 0 ? [] : [["output", { column: only }] as const]),
      ...(system === null ? [] : [["system", { column: system }] as const]),
    ]),
    systems: more.length > 0 ? outputs : [],
  };
}

const SHOWN = 60;

function sampleOf(rows: readonly Fields[], column: string): string {
  const value = rows.map((row) => row[column]).find(isFilled);
  const text = (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).replace(/\s+/g, " ");
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

const likeness = (column: string) => likenesses(column, null).map(([, one]) => one)[0] ?? null;

function likelyPrompt(columns: readonly string[], rows: readonly Fields[]): string | undefined {
  const named = columns.filter((column) => /prompt|question|instruction|query/i.test(column));
  return named.find((column) => rows.some((row) => typeof row[column] === "string")) ?? named[0];
}

/** Those that are called so or after a model, else those of free text. @internal */
export function likelyOutputs(columns: readonly string[], rows: readonly Fields[]): string[] {
  const named = columns.filter((column) => likeness(column) === "output" || looksLikeModel(column));
  if (named.length > 0) return named;
  return columns.filter(
    (column) => 2 * rows.filter((row) => isFreeText(column, row[column])).length > rows.length,
  );
}
