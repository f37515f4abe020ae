import { z } from "zod";
import { anthropic } from "../model-servers/adapters/anthropic.ts";
import { responses } from "../model-servers/adapters/responses.ts";
import { membersOf, textIn } from "../model-servers/json-members.ts";

/** How a file of calls is written for one kind of server. */
interface BatchFile {
  readonly begin: string;
  readonly call: (id: string, body: object, isFirst: boolean) => string;
  readonly end: string;
  /** Where the file goes. */
  readonly to: string;
}

/** One call a line, each with the path that it would be posted to: OpenAI's format, and that of many others. */
const linesFor = (url: string): BatchFile => ({
  begin: "",
  call: (custom_id, body) => `${JSON.stringify({ custom_id, method: "POST", url, body })}\n`,
  end: "",
  to: `a batch of ${url}`,
});

/** One JSON object with all calls, as Anthropic's message batches are posted. */
const MESSAGES: BatchFile = {
  begin: '{"requests":[\n',
  call: (custom_id, params, isFirst) => `${isFirst ? "" : ",\n"}${JSON.stringify({ custom_id, params })}`,
  end: "\n]}\n",
  to: "the body of a POST to /v1/messages/batches",
};

/** The file for an adapter. */
export function batchFileOf(adapter: string): BatchFile {
  if (adapter === anthropic.name) return MESSAGES;
  return linesFor(adapter === responses.name ? "/v1/responses" : "/v1/chat/completions");
}

/** What became of one call of a batch. */
export type BatchResult =
  | { readonly id: string; readonly reply: unknown }
  /** `status` null: the server gives none. */
  | { readonly id: string; readonly status: number | null; readonly error: unknown }
  /** Never worked on: its time was over, or somebody canceled the batch. */
  | { readonly id: string; readonly unmade: "expired" | "canceled"; readonly message: string };

const lineSchema = z.object({
  custom_id: z.string(),
  response: z.looseObject({ status_code: z.number().optional(), body: z.unknown().optional() }).nullish(),
  error: z.unknown().optional(),
  result: z
    .object({ type: z.string(), message: z.unknown().optional(), error: z.unknown().optional() })
    .nullish(),
});

/** Reads one line of a file of results, of whichever server; null: it is none. */
export function resultIn(text: string): BatchResult | null {
  const line = lineSchema.safeParse(jsonIn(text));
  if (!line.success) return null;
  const { custom_id: id, response, error, result } = line.data;
  if (result) return messageResult(id, result);
  if (response) {
    const { status_code: status = 200, body = response } = response; // the reply itself, as vLLM has written it
    return status < 300 ? { id, reply: body } : { id, status, error: body };
  }
  if (error === undefined || error === null) return null;
  const { code, message } = membersOf(error);
  const said = textIn(message) ?? "There is no result.";
  if (/expired/i.test(textIn(code) ?? "")) return { id, unmade: "expired", message: said };
  if (/cancel/i.test(textIn(code) ?? "")) return { id, unmade: "canceled", message: said };
  return { id, status: null, error: { error } };
}

function messageResult(
  id: string,
  { type, message, error }: NonNullable<z.infer<typeof lineSchema>["result"]>,
): BatchResult {
  if (type === "succeeded") return { id, reply: message };
  if (type === "expired") return { id, unmade: "expired", message: "The batch ended before it was sent." };
  if (type === "canceled") return { id, unmade: "canceled", message: "The batch was canceled." };
  return { id, status: null, error };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
