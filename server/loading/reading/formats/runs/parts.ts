import { hash } from "node:crypto";
import { unpacked, valueAt } from "../../paths.ts";
import { contentOf } from "../../conversation.ts";
import type { Fields } from "../../field-map.ts";
import { type LoadRecord, type Metadata, RowNote } from "../../records.ts";
import type { RowReader } from "../../signature.ts";
import { isObject, shown } from "../../values.ts";
import { isFilled } from "../../vocabulary.ts";

/** The part of a row at the end of a path, as an object; empty where there is none. */
export function objectAt(row: Fields, path: string): Fields {
  const value = valueAt(row, path);
  return isObject(value) ? value : {};
}

/** The list at the end of a path; empty where there is none. */
export function listAt(row: Fields, path: string): unknown[] {
  const value = valueAt(row, path);
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The text at the end of a path; null where there is none, or an empty one. */
export function textAt(row: Fields, path: string): string | null {
  const value = valueAt(row, path);
  return typeof value === "string" && value !== "" ? value : null;
}

/** The text of a message's content, which may be a list of parts; null where it has none. */
export function answerIn(content: unknown, field: string): string | null {
  if (content === undefined || content === null || (Array.isArray(content) && content.length === 0))
    return null;
  return contentOf(content, { place: 1, field });
}

/** A message that is a chat written as JSON, as a list; null where it is any other text. */
export function chatInText(text: string): unknown[] | null {
  const value = unpacked(text);
  const isMessage = (one: unknown) => typeof (one as Fields | null)?.role === "string";
  return Array.isArray(value) && value.length > 0 && value.every(isMessage) ? (value as unknown[]) : null;
}

/** Why a request failed, in a line: its error's code and message, as far as there are any. */
export function failureIn(error: unknown): string | null {
  if (error === undefined || error === null || error === "" || error === false) return null;
  if (typeof error === "string") return shorter(error);
  if (typeof error !== "object") return shown(error);
  const { error: inner, code, type, message } = error as Fields;
  if (typeof inner === "object" && inner !== null) return failureIn(inner);
  const said = [code ?? type, message].filter((one) => typeof one === "string" && one !== "");
  return said.length === 0 ? shown(error) : shorter(said.join(", "));
}

/** The first line of a message, without the ends of sentences and what differs from row to row. */
const shorter = (message: string): string =>
  (message.split("\n")[0] ?? "").slice(0, 120).replace(/[.\s]+$/, "");

/** The prompt and the output that a row holds, or why it has no output. */
interface Run {
  readonly row: number;
  readonly promptId: string | null;
  /** Null where the row has only the prompt's id. */
  readonly prompt: string | null;
  readonly system: string;
  readonly output: string | null;
  /** Why there is no output. */
  readonly failure?: string | null;
  /** Of the prompt: what the system was told first, and the like. */
  readonly promptMetadata?: Metadata;
  readonly metadata: Metadata;
}

/** The records of a run: its prompt, and its response, or that this failed. */
export function runRecords(run: Run): (LoadRecord | RowNote)[] {
  const { row, promptId, prompt, promptMetadata = {}, system, output, failure, metadata } = run;
  const promptTurns = prompt === null ? null : [prompt];
  const first: LoadRecord[] = promptTurns
    ? [{ kind: "prompt", row, promptId, turns: promptTurns, metadata: promptMetadata }]
    : [];
  if (output === null) return [...first, noOutput(failure)];
  return [...first, { kind: "response", row, promptId, promptTurns, system, turns: [output], metadata }];
}

/** That a row has no output, and why. */
export const noOutput = (failure: string | null = null): RowNote =>
  new RowNote("OutputFailed", `No output was taken: ${failure ?? "it has no text"}.`);

/** That a prompt has further samples, where it has. */
export const onlyFirst = (count: number | "several", samples: string): RowNote[] =>
  count === "several" || count > 1
    ? [new RowNote("SampleNotTaken", `Only the first of ${count} ${samples} was taken.`)]
    : [];

/** That parts of a row are kept nowhere, where there are any. */
export const partsNotKept = (parts: readonly string[]): RowNote[] =>
  parts.length === 0 ? [] : [new RowNote("PartNotKept", `Not kept: ${parts.join(", ")}.`)];

/**
 * A reader for one file whose prompts go by their texts: where a system answers a text again, its first output is taken.
 */
export const firstOutputs = (read: RowReader) => (): RowReader => {
  const seen = new Set<string>();
  return (row, at, options) => {
    const records = read(row, at, options);
    const again = records.find((one) => {
      if (!("kind" in one) || one.kind !== "response" || one.promptId !== null) return false;
      const key = hash("sha256", JSON.stringify([one.system, one.promptTurns]));
      return seen.size === seen.add(key).size;
    });
    if (again === undefined || !("promptTurns" in again)) return records;
    return onlyFirst("several", "outputs for the same prompt");
  };
};

/** What else is known of a call, or of an item of a dataset, under a name that says so; nothing where nothing is. */
export const detailsOf = (name: "call_details" | "dataset_item", details: unknown): Metadata =>
  isFilled(details) ? { [name]: details } : {};

/** What a system was told first, as the prompt's metadata has it. */
export const systemMessageOf = (message: string | null): Metadata =>
  message === null ? {} : { system_message: message };
