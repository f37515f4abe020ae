import { type Fields, restOf } from "../../field-map.ts";
import { askedIn } from "../../conversation.ts";
import { type FileOptions, systemOfFile } from "../../options.ts";
import { type LoadRecord, RowFault, type RowNote } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import type { RowReader } from "../../signature.ts";
import { DETAIL_MARK } from "../../header.ts";
import { idIn } from "../../values.ts";
import { isFilled } from "../../vocabulary.ts";
import {
  chatInText,
  detailsOf,
  failureIn,
  listAt,
  objectAt,
  runRecords,
  systemMessageOf,
  textAt,
} from "./parts.ts";

/** What a result says of the call, of its test and of how it went. */
const DETAILS: ReadonlySet<string> = new Set([
  ...[
    "response",
    "testCase",
    "gradingResult",
    "metadata",
    "namedScores",
    "score",
    "success",
    "failureReason",
  ],
  ...["id", "promptId", "testIdx", "latencyMs", "cost"],
]);
const USED = [
  "provider",
  "prompt",
  "vars",
  "response.output",
  "promptIdx",
  "templates",
  "prompt_id",
  "system",
  "error",
];

/**
 * Results of promptfoo: a system for each provider. Where several prompts were tried, each of them makes a system of its own,
 * and people compare how these do the same test: its variables are the prompt. Of a test that was repeated the first
 * output is taken.
 */
export const readPromptfoo: RowReader = (row, at, options) => runRecords(runOf(row, at, options));

function runOf(row: Fields, at: number, options: FileOptions): Parameters<typeof runRecords>[0] {
  const templates = listAt(row, "templates") as string[];
  const { prompt, systemMessage } = templates.length > 1 ? taskOf(row) : renderedOf(row);
  const provider = textAt(row, "provider.label") ?? textAt(row, "provider.id") ?? textAt(row, "provider");
  const { output = null, error } = objectAt(row, "response");
  const rest = restWithout(row, USED);
  const known = Object.entries(rest).filter(([name]) => DETAILS.has(name));
  const isTask = templates.length > 1;
  const vars = objectAt(row, "vars");
  return {
    row: at,
    promptId: idIn(row, "prompt_id"),
    prompt,
    promptMetadata: { ...systemMessageOf(systemMessage), ...detailsOf("dataset_item", isTask ? null : vars) },
    system: idIn(row, "system") ?? `${provider ?? systemOfFile(options)}${templateIn(row, templates)}`,
    output: output === null || typeof output === "string" ? output : JSON.stringify(output, null, 2),
    failure: failureIn(error) ?? failureIn(row.error),
    metadata: {
      ...(isTask ? { as_sent: textAt(row, "prompt.raw") } : {}),
      ...restOf(rest, DETAILS),
      ...detailsOf("call_details", Object.fromEntries(known)),
    },
  };
}

/** Which of several prompts it is: by its label, or where that is the prompt's text by its number. */
function templateIn(row: Fields, templates: readonly string[]): string {
  if (templates.length < 2) return "";
  const label =
    textAt(row, "prompt.label") ?? textAt(row, "prompt.display") ?? textAt(row, "prompt.raw") ?? "";
  if (/^\S{1,40}$/.test(label)) return ` (${label})`;
  return ` (prompt ${templates.indexOf(label) + 1})`;
}

function renderedOf(row: Fields): ReturnType<typeof askedIn> {
  const raw = textAt(row, "prompt.raw") ?? textAt(row, "prompt");
  if (raw === null) throw new RowFault("FieldMissing", "The result has no prompt.", "prompt");
  const chat = chatInText(raw);
  return chat ? askedIn(chat, "prompt.raw") : { prompt: raw, systemMessage: null };
}

/** What the test is about, whatever a prompt makes of it: its variables. */
function taskOf(row: Fields): ReturnType<typeof askedIn> {
  const vars = Object.entries(objectAt(row, "vars")).filter(([name]) => name !== "_conversation");
  if (vars.length === 0) return renderedOf(row);
  const said = vars.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
  const [first] = said;
  const prompt =
    said.length === 1 ? (first?.[1] ?? "") : said.map(([name, text]) => `${name}: ${text}`).join("\n\n");
  return { prompt, systemMessage: null };
}

const OUTCOME = /^\[(PASS|FAIL|ERROR)\]\s?(?:\(\d+(?:\.\d+)?\)\s?)?/;
const OUTPUT_COLUMN = /^\[([^\]]+)\] /;
/** Between why a test failed and the output. */
const RULE = "\n---\n";

const isOutcome = (cell: unknown): cell is string => typeof cell === "string" && OUTCOME.test(cell);

const GRADED = `${DETAIL_MARK}Grader Reason`;

/** Whether a row has columns of promptfoo's outputs: with how the test went before the text, or in columns behind it. */
export const isPromptfooTable = (row: Fields): boolean =>
  Object.entries(row).some(([name, cell]) => isOutcome(cell) || name.endsWith(GRADED));

/**
 * A row of promptfoo's CSV: the variables of a test, and a column for each provider and prompt, called `[provider] prompt`, in
 * newer files with columns behind it that say how it went. Several prompts of a provider are systems of their own.
 */
export function readPromptfooTable(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const names = Object.keys(row);
  const isNewer = names.some((name) => name.endsWith(GRADED));
  const columns = names.filter(
    (name) =>
      !name.includes(DETAIL_MARK) &&
      (OUTPUT_COLUMN.test(name) || isOutcome(row[name]) || Object.hasOwn(row, `${name}${GRADED}`)),
  );
  const providers = columns.map((name) => OUTPUT_COLUMN.exec(name)?.[1] ?? systemOfFile(options));
  const { Description: description, ...vars } = Object.fromEntries(
    names.slice(0, names.indexOf(columns[0] ?? "")).map((name) => [name, row[name]]),
  );
  const { prompt } = taskOf({ vars: isNewer || description === undefined ? vars : { description, ...vars } });
  return columns.flatMap((name, i) => {
    const provider = providers[i] ?? name;
    const isAlone = providers.indexOf(provider) === providers.lastIndexOf(provider);
    const { outcome, output, failure, details } = cellOf(row, name);
    return runRecords({
      row: at,
      promptId: null,
      prompt,
      promptMetadata: isNewer && isFilled(description) ? { description } : {},
      system: isAlone ? provider : `${provider} (prompt ${i + 1})`,
      output,
      failure,
      metadata: { ...(outcome === undefined ? {} : { outcome }), ...detailsOf("call_details", details) },
    });
  });
}

/** The output in a cell, and how its test went. */
function cellOf(row: Fields, name: string) {
  const cell = typeof row[name] === "string" ? row[name] : "";
  const start = `${name}${DETAIL_MARK}`;
  const details = Object.fromEntries(
    Object.entries(row).flatMap(([field, value]) =>
      field.startsWith(start) && isFilled(value) ? [[field.slice(start.length), value]] : [],
    ),
  );
  const { Status: status, ...others } = details;
  const outcome = OUTCOME.exec(cell)?.[1] ?? (typeof status === "string" ? status : undefined);
  const text = cell.replace(OUTCOME, "");
  const reason = outcome === "FAIL" ? text.indexOf(RULE) : -1;
  // In newer files the text is alone, or behind the reason that a column has too.
  const isReason = status === undefined || text.slice(0, reason) === others["Grader Reason"];
  const isError = outcome === "ERROR";
  return {
    outcome,
    output: isError || cell === "" ? null : text.slice(reason >= 0 && isReason ? reason + RULE.length : 0),
    failure: isError ? failureIn(text === "" ? others["Grader Reason"] : text) : null,
    details: others,
  };
}
