import { itemsOf, membersOf, textIn } from "../json-members.ts";
import type { TokenChoice } from "../model-call.ts";
import { textOrNull, together, type Written } from "./adapter.ts";
import { finishOf } from "./finish.ts";

/**
 * Reads a chat completion, or what calls itself one: a list of choices, be it empty. Content is a text or a list of
 * parts; parts that think, and the members in which servers put reasoning, are no part of the answer.
 */
export function readChat(json: unknown): Written | null {
  const top = membersOf(json);
  if (!("choices" in top) && membersOf(top.message).content === undefined) return null;
  const choice = membersOf(itemsOf(top.choices)[0] ?? ollama(top));
  const message = membersOf(choice.message ?? { content: choice.text });
  const { text, reasoning } = contentOf(message.content);
  const refusal = textIn(message.refusal) ?? refusalIn(message.content);
  const word = textOrNull.parse(choice.finish_reason);
  const error = choice.error ?? null;
  const words = wordsOf(choice.logprobs);
  return {
    text: text || (refusal ?? ""),
    reasoning: together([reasoning, ...REASONING.map((name) => textIn(message[name]))]),
    toolInput: toolInputOf(message),
    ...(words.length > 0 && { words }),
    finish: refusal !== null ? "refused" : error === null ? finishOf(word) : "failed",
    finishWord: word,
    reportedModel: textOrNull.parse(top.model),
    fingerprint: textOrNull.parse(top.system_fingerprint),
    error,
  };
}

/** The completion that chunks make: what their deltas say, one after the other. */
export function joinChunks(pieces: readonly unknown[]): unknown {
  const message: Record<string, unknown> = {};
  const joined: Record<string, unknown> = {};
  const places: unknown[] = [];
  let finish: unknown = null;
  let error: unknown;
  for (const piece of pieces.map(membersOf)) {
    const choice = membersOf(itemsOf(piece.choices)[0] ?? ollama(piece));
    const delta = membersOf(choice.delta ?? choice.message ?? { content: choice.text });
    for (const name of ["content", "refusal", ...REASONING]) append(message, name, delta[name]);
    for (const place of itemsOf(membersOf(choice.logprobs).content)) places.push(place);
    for (const call of itemsOf(delta.tool_calls)) append(message, "arguments", argumentsOf(call));
    finish = choice.finish_reason ?? finish;
    error = choice.error ?? piece.error ?? error;
    for (const name of ["model", "system_fingerprint", "usage", ...COUNTS])
      joined[name] = piece[name] ?? joined[name];
  }
  if (error !== undefined && pieces.length === 1) return { ...joined, error };
  const toolCalls = message.arguments === undefined ? {} : toolCallWith(message.arguments);
  const logprobs = places.length === 0 ? {} : { logprobs: { content: places } };
  const choice = { finish_reason: finish, message: { ...message, ...toolCalls }, ...logprobs, error };
  return { ...joined, choices: [choice] };
}

/** Members in which servers put what a model thought. */
const REASONING = ["reasoning_content", "reasoning", "thinking"];
/** Ollama's own counts, which stand outside of any usage. */
const COUNTS = ["prompt_eval_count", "eval_count"];

function wordsOf(logprobs: unknown): TokenChoice[] {
  return itemsOf(membersOf(logprobs).content).map((place) => {
    const { token, top_logprobs: top } = membersOf(place);
    const likeliest = itemsOf(top).flatMap((one) => {
      const { token: word, logprob } = membersOf(one);
      return typeof word === "string" && typeof logprob === "number" ? [{ token: word, logprob }] : [];
    });
    return { token: textIn(token) ?? "", likeliest };
  });
}

/** Ollama's own replies have one message in place of choices. */
const ollama = (top: Readonly<Record<string, unknown>>): object =>
  top.message === undefined ? {} : { message: top.message, finish_reason: top.done_reason };

const toolCallWith = (text: unknown) => ({ tool_calls: [{ function: { arguments: text } }] });

function append(to: Record<string, unknown>, name: string, piece: unknown): void {
  if (typeof piece === "string") to[name] = ((to[name] as string | undefined) ?? "") + piece;
  else if (Array.isArray(piece)) to[name] = [...itemsOf(to[name]), ...(piece as unknown[])];
}

interface Content {
  readonly text: string;
  readonly reasoning: string | null;
}

function contentOf(content: unknown): Content {
  if (typeof content === "string") return { text: content, reasoning: null };
  const parts = Array.isArray(content) ? (content as unknown[]) : [content];
  const read = parts.map((part): { text: string; isThought: boolean } => {
    if (typeof part === "string") return { text: part, isThought: false };
    const members = membersOf(part);
    const isThought = /think|thought|reason/i.test(textIn(members.type) ?? "") || members.thought === true;
    const isRefusal = members.type === "refusal";
    return { text: isRefusal ? "" : textsIn(part).join(""), isThought };
  });
  const of = (isThought: boolean) =>
    read.filter((one) => one.isThought === isThought).map(({ text }) => text);
  return { text: of(false).join(""), reasoning: together(of(true)) };
}

/** The texts of a part, however deep: as `text`, `content`, `value`, `thinking` and the like. */
function textsIn(part: unknown): string[] {
  if (typeof part === "string") return [part];
  if (Array.isArray(part)) return part.flatMap(textsIn);
  const members = membersOf(part);
  const inside = ["text", "content", "value", "thinking", "reasoning", "summary"].find(
    (name) => members[name],
  );
  return inside === undefined ? [] : textsIn(members[inside]);
}

function refusalIn(content: unknown): string | null {
  const part = itemsOf(content)
    .map(membersOf)
    .find(({ type }) => type === "refusal");
  return part ? (textIn(part.refusal) ?? "The model declined.") : null;
}

function toolInputOf(message: Readonly<Record<string, unknown>>): string | null {
  const calls = [
    ...itemsOf(message.tool_calls),
    ...(message.function_call ? [{ function: message.function_call }] : []),
  ];
  return (
    calls
      .map(argumentsOf)
      .filter((one) => one !== null)
      .join("\n") || null
  );
}

function argumentsOf(call: unknown): string | null {
  const given = membersOf(membersOf(call).function).arguments;
  return typeof given === "object" && given !== null ? JSON.stringify(given) : textIn(given);
}
