import { valueAt } from "../../paths.ts";
import { askedIn } from "../../conversation.ts";
import type { Fields } from "../../field-map.ts";
import { type FileOptions, systemOfFolder } from "../../options.ts";
import { type LoadRecord, RowFault, RowNote } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import type { RowReader } from "../../signature.ts";
import { idIn, shown } from "../../values.ts";
import { chatInText, detailsOf, runRecords, onlyFirst, systemMessageOf } from "./parts.ts";

/**
 * Samples of lm-evaluation-harness (`--log_samples`): the prompt as the model got it, and what it wrote. A document stands
 * there once for each filter, with the same output: the rows of the first filter are taken. The folder names the model.
 */
export function lmEvalReader(): RowReader {
  let kept: unknown;
  return (row, at, options) => {
    const filter = row.filter ?? "none";
    kept ??= filter;
    if (filter === kept) return sampleOf(row, at, options);
    const rows = `Rows of the filter ${shown(filter)} were not taken, as those of ${shown(kept)} hold the same outputs.`;
    return [new RowNote("OutputAgain", rows)];
  };
}

function sampleOf(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const { prompt, systemMessage } = promptOf(row);
  const samples = Array.isArray(row.resps) ? (row.resps[0] as unknown) : undefined;
  const all: unknown[] = Array.isArray(samples) ? samples : [samples];
  if (all.length > 0 && all.every((one) => Array.isArray(one) || typeof one === "number")) {
    const what =
      "The rows hold how likely given texts are, and no text that a model wrote: there is nothing to compare.";
    throw new RowFault("FieldMissing", what, "resps");
  }
  const promptId = promptIdOf(row, options);
  const output = isFiltered(row) ? all[0] : firstOf(row.filtered_resps);
  const paths = [
    "arguments.gen_args_0.arg_0",
    "arguments.0.0",
    "resps.0.0",
    "filtered_resps.0",
    "doc_id",
    "prompt_id",
    "system",
  ];
  const {
    doc,
    arguments: asked,
    ...metadata
  } = restWithout(row, Array.isArray(samples) ? paths : [...paths, "resps"]);
  return [
    ...runRecords({
      row: at,
      promptId,
      prompt,
      promptMetadata: { ...systemMessageOf(systemMessage), ...detailsOf("dataset_item", doc) },
      system: idIn(row, "system") ?? systemOfFolder(options),
      output: typeof output === "string" ? output : null,
      metadata: { ...metadata, ...detailsOf("call_details", asked) },
    }),
    ...onlyFirst(all.length, "samples"),
  ];
}

/** Whether the row's filter may have cut something out of what the model wrote, for a metric to compare. */
const isFiltered = (row: Fields): boolean =>
  (row.filter ?? "none") !== "none" || typeof firstOf(row.filtered_resps) !== "string";

const firstOf = (value: unknown): unknown =>
  Array.isArray(value)
    ? Array.isArray(value[0])
      ? (value[0] as unknown[])[0]
      : (value[0] as unknown)
    : value;

/** `arguments` is an object of requests, or in older files a list of them; a chat may stand there as JSON. */
function promptOf(row: Fields): { prompt: string; systemMessage: string | null } {
  const given = valueAt(row, "arguments.gen_args_0.arg_0") ?? valueAt(row, "arguments.0.0");
  const text = firstOf(given);
  if (typeof text !== "string") throw new RowFault("FieldMissing", "arguments holds no prompt.", "arguments");
  const chat = chatInText(text);
  return chat ? askedIn(chat, "arguments") : { prompt: text, systemMessage: null };
}

/** Documents are numbered in each task: the task is a part of the id, where the file's name has it. */
function promptIdOf(row: Fields, { fileName }: FileOptions): string | null {
  const id = idIn(row, "prompt_id") ?? idIn(row, "doc_id");
  const [, task] = /(?:^|[\\/])samples_(.+?)_\d{4}-\d{2}-\d{2}T[^\\/]*$/.exec(fileName) ?? [];
  return task === undefined || id === null ? id : `${task}/${id}`;
}
