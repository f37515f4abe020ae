import type { Words } from "./behaviours.ts";

/** A request as far as a scripted server reads it. */
export interface RequestBody {
  readonly model?: string;
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
  /** The same in OpenAI's responses. */
  readonly input?: readonly { readonly role: string; readonly content: string }[];
  readonly [member: string]: unknown;
}

/** How one kind of server writes what it says. */
export interface Dialect {
  readonly reply: (words: Words, request: RequestBody, model: string) => object;
  readonly error: (type: string, message: string, param?: string) => object;
  /** Members by which a reply's schema is asked for, and what is said by those who have none. */
  readonly schemaMembers: readonly string[];
}

const CHARACTERS_PER_TOKEN = 4;
const tokens = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** What was sent to the model, as one text. */
export const promptOf = ({ messages, input }: RequestBody): string =>
  (messages ?? input ?? []).map(({ content }) => content).join("\n\n");

export const chat: Dialect = {
  reply: ({ text, finish }, request, model) => ({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_700_000_000,
    model,
    system_fingerprint: "fp_scripted",
    choices: [
      {
        index: 0,
        finish_reason: finish === "length" ? "length" : "stop",
        message: {
          role: "assistant",
          content: finish === "refused" ? null : text,
          refusal: finish === "refused" ? "I will not compare these." : null,
        },
      },
    ],
    usage: { prompt_tokens: tokens(promptOf(request)), completion_tokens: tokens(text) },
  }),
  error: (type, message, param) => ({ error: { message, type, param: param ?? null, code: type } }),
  schemaMembers: ["response_format"],
};

export const responses: Dialect = {
  reply: ({ text, finish }, request, model) => ({
    ...{ id: "resp_1", object: "response", created_at: 1_700_000_000, model, error: null },
    status: finish === "length" ? "incomplete" : "completed",
    incomplete_details: finish === "length" ? { reason: "max_output_tokens" } : null,
    output: [
      ...(text === ""
        ? []
        : [{ type: "reasoning", summary: [{ type: "summary_text", text: "Let me see." }] }]),
      {
        ...{ type: "message", id: "msg_1", role: "assistant", status: "completed" },
        content: [
          finish === "refused"
            ? { type: "refusal", refusal: "I will not compare these." }
            : { type: "output_text", text, annotations: [] },
        ],
      },
    ],
    usage: { input_tokens: tokens(promptOf(request)), output_tokens: tokens(text) },
  }),
  error: (type, message, param) => ({ error: { message, type, param: param ?? null, code: type } }),
  schemaMembers: ["text"],
};

export const messages: Dialect = {
  reply: ({ text, finish }, request, model) => {
    const tool = toolOf(request);
    const asTool = tool !== null && finish === "complete" && isJson(text);
    const stopped = asTool ? "tool_use" : "end_turn";
    return {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model,
      content:
        finish === "refused"
          ? []
          : [
              asTool
                ? { type: "tool_use", id: "toolu_1", name: tool, input: JSON.parse(text) as object }
                : { type: "text", text },
            ],
      stop_reason: { complete: stopped, length: "max_tokens", refused: "refusal" }[finish],
      stop_sequence: null,
      usage: { input_tokens: tokens(promptOf(request)), output_tokens: tokens(text) },
    };
  },
  error: (type, message) => ({ type: "error", error: { type, message }, request_id: "req_1" }),
  schemaMembers: ["output_config", "tools"],
};

function toolOf({ tool_choice }: RequestBody): string | null {
  const choice = tool_choice as { name?: string } | undefined;
  return choice?.name ?? null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
