import { itemsOf, membersOf, textIn } from "../json-members.ts";
import { textOrNull, together, type Written } from "./adapter.ts";
import { finishOf } from "./finish.ts";

/** Reads a response: the texts of its messages are the answer, its reasoning items are not. */
export function readResponse(json: unknown): Written | null {
  const top = membersOf(json);
  if (!Array.isArray(top.output)) return null;
  const items = itemsOf(top.output).map(membersOf);
  const contents = items
    .filter(({ type }) => type === "message")
    .flatMap(({ content }) => itemsOf(content).map(membersOf));
  const textsOf = (type: string, member: string) =>
    contents.filter((one) => one.type === type).map((one) => textIn(one[member]));
  const refusal = together(textsOf("refusal", "refusal"));
  const word = wordOf(top);
  return {
    text: textsOf("output_text", "text").join("") || (refusal ?? ""),
    reasoning: together(items.filter(({ type }) => type === "reasoning").map(thoughtIn)),
    toolInput: null,
    finish: refusal !== null ? "refused" : finishOf(word),
    finishWord: word,
    reportedModel: textOrNull.parse(top.model),
    fingerprint: null,
    error: top.error ?? null,
  };
}

/** The response as the last event that holds it has it. */
export function joinResponse(pieces: readonly unknown[]): unknown {
  const events = pieces.map(membersOf);
  const failed = events.find(({ type }) => type === "error");
  if (failed) return { error: failed.error ?? { message: failed.message, code: failed.code } };
  const ended = events.findLast(({ response }) => Array.isArray(membersOf(response).output));
  return ended?.response ?? {};
}

/** Why it ended: where it is incomplete, the reason for that. A response that is under way has no end. */
function wordOf(top: Readonly<Record<string, unknown>>): string | null {
  const status = textOrNull.parse(top.status);
  if (status === "in_progress" || status === "queued") return null;
  return textOrNull.parse(membersOf(top.incomplete_details).reason) ?? status;
}

/** Reasoning as a summary or in full. */
const thoughtIn = ({ summary, content }: Readonly<Record<string, unknown>>): string | null =>
  together([...itemsOf(summary), ...itemsOf(content)].map((part) => textIn(membersOf(part).text)));
