import { askedIn } from "../../conversation.ts";
import type { Fields } from "../../field-map.ts";
import { type FileOptions, systemOfFile } from "../../options.ts";
import { unpacked } from "../../paths.ts";
import { type LoadRecord, RowFault, RowNote } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import { idIn } from "../../values.ts";
import { answerIn, failureIn, objectAt, runRecords, systemMessageOf, textAt } from "./parts.ts";

const PROMPTS = ["input", "question", "query", "prompt", "instruction", "text", "content"];
const ANSWERS = ["output", "answer", "response", "result", "completion", "generated_text", "text", "content"];

/**
 * A trace of Langfuse (`input`, `output`) or LangSmith (`inputs`, `outputs`), from CSV with JSON in its cells, or from JSON. Each
 * is one text, a chat, or an object with one text that is called like a prompt or an answer.
 * @throws RowFault where it is not to be seen which text is meant
 */
export function readTrace(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const [input, output] = row.inputs === undefined ? ["input", "output"] : ["inputs", "outputs"];
  const { prompt, systemMessage } = promptIn(jsonIn(row[input]), input);
  const error =
    failureIn(row.error) ?? (row.level === "ERROR" ? (textAt(row, "statusMessage") ?? "an error") : null);
  const answer = error === null ? answerOf(jsonIn(row[output]), output) : null;
  const extra = objectAt({ extra: jsonIn(row.extra) }, "extra");
  const system =
    idIn(row, "system") ??
    textAt(row, "model") ??
    textAt(row, "providedModelName") ??
    textAt(extra, "metadata.ls_model_name") ??
    textAt(extra, "invocation_params.model") ??
    systemOfFile(options);
  return runRecords({
    row: at,
    promptId: idIn(row, "prompt_id"),
    prompt,
    promptMetadata: systemMessageOf(systemMessage),
    system,
    output: answer,
    failure: error,
    metadata: restWithout(row, [input, output, "prompt_id", "system", "model", "providedModelName"]),
  });
}

/** What a cell holds: JSON, or else its text. */
function jsonIn(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*"/.test(value)) return unpacked(value);
  const list = unpacked(`[${value}]`);
  return Array.isArray(list) && list.length === 1 ? (list as unknown[])[0] : value;
}

const isMessages = (value: unknown): value is Fields[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one: Fields | null) => typeof one?.role === "string");

/** LangChain writes messages as objects of a class, one list for each prompt. */
function messagesIn(value: unknown): unknown {
  const inner =
    Array.isArray(value) && value.length === 1 && Array.isArray(value[0]) ? (value[0] as unknown[]) : value;
  if (!Array.isArray(inner)) return inner;
  return inner.map((one: Fields | null) => {
    const {
      kwargs = one,
      id,
      type,
    } = (one ?? {}) as { kwargs?: Fields | null; id?: unknown; type?: unknown };
    const name = Array.isArray(id) ? String(id.at(-1)) : typeof type === "string" ? type : "";
    const role = /^(human|system|ai)/i.exec(name)?.[1]?.toLowerCase();
    if (one?.role !== undefined || role === undefined) return one;
    return {
      role: role === "human" ? "user" : role === "ai" ? "assistant" : "system",
      content: kwargs?.content,
    };
  });
}

function promptIn(value: unknown, field: string): ReturnType<typeof askedIn> {
  if (typeof value === "string") return { prompt: value, systemMessage: null };
  const given = (value ?? {}) as Fields;
  const messages = messagesIn(Array.isArray(value) ? value : given.messages);
  if (isMessages(messages)) return askedIn(messages, field);
  return { prompt: theOnlyText(given, { names: PROMPTS, field, ours: "prompt" }), systemMessage: null };
}

function answerOf(value: unknown, field: string): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string") return value;
  const given = value as Fields;
  const message =
    given.role !== undefined
      ? given
      : (firstOf(given.choices)?.message ?? firstOf(firstOf(given.generations))?.message);
  const generated = textAt(given, "generations.0.0.text") ?? textAt(given, "generations.0.text");
  if (generated !== null) return generated;
  const messages = messagesIn(
    Array.isArray(value) ? value : (given.messages ?? (message === undefined ? undefined : [message])),
  );
  if (isMessages(messages)) return answerIn(messages.at(-1)?.content, field);
  return theOnlyText(given, { names: ANSWERS, field, ours: "output" });
}

const firstOf = (value: unknown): Fields | undefined =>
  Array.isArray(value) ? (value[0] as Fields | undefined) : undefined;

/** The text of an object that has just one under such a name; of several, or none, somebody must say which. */
function theOnlyText(value: Fields, of: { names: readonly string[]; field: string; ours: string }): string {
  const { names, field, ours } = of;
  const texts = Object.entries(value).filter(([, one]) => typeof one === "string" && one !== "");
  const known = texts.filter(([name]) => names.includes(name));
  const found = known.length === 1 ? known : texts;
  if (found.length === 1) return found[0]?.[1] as string;
  if (texts.length === 0 && names.some((name) => value[name] === "")) return "";
  const there = Object.keys(value).join(", ") || "none";
  const what = `${field} is an object of several fields (${there}), of which none is surely the ${ours}.`;
  throw new RowFault("FieldMissing", `${what} Write rows with prompt, system and output.`, field);
}
