import { type Fields, restOf } from "../../field-map.ts";
import { askedIn } from "../../conversation.ts";
import { type FileOptions, systemOfFile } from "../../options.ts";
import { type LoadRecord, type NotTaken, RowFault } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import type { RowReader } from "../../signature.ts";
import { idIn } from "../../values.ts";
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

/** Whether a row has columns of promptfoo's outputs, which begin with how the test went. */
export const isPromptfooTable = (row: Fields): boolean => Object.values(row).some(isOutcome);

/**
 * A row of promptfoo's CSV: the variables of a test, and a column for each provider and prompt, called `[provider] prompt`.
 * Several prompts of a provider are systems of their own.
 */
export function readPromptfooTable(row: Fields, at: number, options: FileOptions): (LoadRecord | NotTaken)[] {
  const columns = Object.keys(row).filter((name) => OUTPUT_COLUMN.test(name) || isOutcome(row[name]));
  const providers = columns.map((name) => OUTPUT_COLUMN.exec(name)?.[1] ?? systemOfFile(options));
  const { prompt } = taskOf({ vars: restOf(row, new Set(columns)) });
  return columns.flatMap((name, i) => {
    const provider = providers[i] ?? name;
    const isAlone = providers.indexOf(provider) === providers.lastIndexOf(provider);
    const cell = typeof row[name] === "string" ? row[name] : "";
    const outcome = OUTCOME.exec(cell)?.[1];
    const text = cell.replace(OUTCOME, "");
    const start = outcome === "FAIL" ? text.indexOf(RULE) : -1;
    const isError = outcome === "ERROR";
    return runRecords({
      row: at,
      promptId: null,
      prompt,
      system: isAlone ? provider : `${provider} (prompt ${i + 1})`,
      output: isError || cell === "" ? null : text.slice(start < 0 ? 0 : start + RULE.length),
      failure: isError ? failureIn(text) : null,
      metadata: outcome === undefined ? {} : { outcome },
    });
  });
}
