import { once } from "node:events";
import fs from "node:fs";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { RequestBody } from "./dialects.ts";

/** When a reply is given; else the server answers well. */
type When =
  | "always"
  | { readonly first: number }
  | { readonly every: number }
  | { readonly has: string; readonly not?: unknown }
  | { readonly has_all: readonly string[] }
  | { readonly lacks: string }
  | { readonly lacks_header: string }
  | { readonly limit_below: number }
  | { readonly response_format: string; readonly messages_lack?: string }
  | { readonly messages_contain: readonly string[] };

/** One way in which a model server behaves: a line of fixtures/model-replies. */
export interface ReplyRow {
  readonly name: string;
  readonly wire: "openai" | "anthropic";
  readonly when: When;
  /** 0: no HTTP at all. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly raw?: string;
  /** Packs the body, although nobody asked for that. */
  readonly packed?: "gzip";
  /** An error in place of a completion: the server bills nothing. */
  readonly isUnbilled?: boolean;
  /** Whether messages have nothing like it. */
  readonly isOfChatOnly?: boolean;
  /** Where it is documented, or was met. */
  readonly source: string;
  /** What must come of it where a model judges: an option, or a failure by its name, behind how the run ends if it is not done. */
  readonly want: string;
  /** The same where responses are generated: "stored", "cut off" (stored and marked), or a failure by its name. */
  readonly generate: string;
  /** Words that whoever runs it must read. */
  readonly says?: readonly string[];
}

interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly path: string;
  readonly body: RequestBody;
  readonly status: number;
}

export interface ReplyServer {
  readonly url: string;
  readonly received: readonly Received[];
  /** What all replies come to that a server would bill, by its own prices in dollars per million tokens. */
  readonly bill: (price: { input: number; output: number }) => number;
  readonly stop: () => Promise<void>;
}

/** The rows of a file of behaviours, by their names. */
export function replyRows(file: URL): Map<string, ReplyRow> {
  const lines = fs
    .readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return new Map(lines.map((line) => JSON.parse(line) as ReplyRow).map((row) => [row.name, row]));
}

const WHOLE = '{"reasoning": "Response A answers what was asked.", "verdict": "A"}';

/** What a request took, whatever is said of it: 500 tokens and 60, or as the row has it. */
interface Took {
  readonly input: number;
  readonly output: number;
}

/** Starts a server on loopback that plays one behaviour. */
export async function playReplies(
  row: ReplyRow,
  took: Took = { input: 500, output: 60 },
): Promise<ReplyServer> {
  const received: Received[] = [];
  const billed: Took[] = [];
  const server = http.createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const isGiven = applies(row.when, { body, count: received.length + 1, headers: request.headers });
      const status = isGiven ? row.status : 200;
      received.push({ headers: request.headers, path: request.url ?? "", body, status });
      if (status < 300 && !(isGiven && row.isUnbilled))
        billed.push(isGiven ? { ...took, ...toldBy(row) } : took);
      if (isGiven) give(row, response, received.length);
      else send(response, 200, JSON.stringify(good(row.wire, body)));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    bill: ({ input, output }) =>
      billed.reduce((sum, one) => sum + (one.input * input + one.output * output) / 1e6, 0),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Met {
  readonly body: RequestBody;
  readonly count: number;
  readonly headers: IncomingMessage["headers"];
}

function applies(when: When, { body, count, headers }: Met): boolean {
  if (when === "always") return true;
  if ("first" in when) return count <= when.first;
  if ("every" in when) return count % when.every === 0;
  if ("has" in when) {
    const members = when.has.split(" or ").filter((name) => name in body);
    return members.length > 0 && !("not" in when && members.every((name) => body[name] === when.not));
  }
  if ("has_all" in when) return when.has_all.every((name) => name in body);
  if ("lacks" in when) return !(when.lacks in body);
  if ("lacks_header" in when) return headers[when.lacks_header] === undefined;
  const limit = Number(body.max_tokens ?? body.max_completion_tokens ?? Infinity);
  if ("limit_below" in when) return limit < when.limit_below;
  const said = JSON.stringify(body.messages ?? []);
  if ("messages_contain" in when) return when.messages_contain.some((word) => said.includes(word));
  const format = body.response_format as { type?: string } | undefined;
  if (format?.type !== when.response_format) return false;
  return when.messages_lack === undefined || !said.toLowerCase().includes(when.messages_lack);
}

function give(row: ReplyRow, response: ServerResponse, count: number): void {
  if (row.raw === "$RESET") return void response.destroy();
  if (row.raw === "$SILENCE") return;
  const marked = (text: string) =>
    text
      .replace(/\$ALTERNATES (\S+) (\S+?)"/, (_, odd: string, even: string) => `${count % 2 ? odd : even}"`)
      .replace("$DATE+2s", new Date(Date.now() + 2000).toUTCString());
  const text = marked(row.raw ?? JSON.stringify(row.body));
  const headers = Object.entries(row.headers ?? {}).map(([name, value]) => [name, marked(value)]);
  if (row.packed === "gzip") {
    const packing = { "content-type": "application/json", "content-encoding": "gzip" };
    return void response.writeHead(row.status, packing).end(gzipSync(text));
  }
  const all = Object.fromEntries(headers) as Record<string, string>;
  if (all["content-length"] === undefined) return send(response, row.status, text, all);
  response.writeHead(row.status, all);
  response.write(text, () => response.destroy());
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}

function good(wire: ReplyRow["wire"], body: RequestBody): object {
  if (wire === "openai")
    return {
      ...{ id: "c1", object: "chat.completion", created: 1_767_225_600, model: "judge-2026-01-01" },
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: WHOLE } }],
      usage: { prompt_tokens: 500, completion_tokens: 60, total_tokens: 560 },
    };
  const input = JSON.parse(WHOLE) as object;
  const asTool = { type: "tool_use", id: "u1", name: "verdict", input };
  return {
    ...{ id: "m1", type: "message", role: "assistant", model: "judge-2026-01-01", stop_sequence: null },
    content: ["tools" in body ? asTool : { type: "text", text: WHOLE }],
    stop_reason: "tools" in body ? "tool_use" : "end_turn",
    usage: { input_tokens: 500, output_tokens: 60 },
  };
}

/** The counts that a row tells of itself. */
function toldBy({ body }: ReplyRow): Partial<Took> {
  const { usage = {} } = (body ?? {}) as { usage?: Record<string, number | undefined> };
  const cached = (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
  const input = usage.prompt_tokens ?? usage.input_tokens;
  const output = usage.completion_tokens ?? usage.output_tokens;
  return {
    ...(input === undefined ? {} : { input: input + cached }),
    ...(output === undefined ? {} : { output }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as RequestBody;
}
