import { once } from "node:events";
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { answer } from "./answer.ts";
import { chat, type Dialect, messages, type RequestBody, responses } from "./dialects.ts";
import type { ModelServerScript } from "./script.ts";

interface RecordedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: RequestBody;
}

export interface RunningModelServer {
  /** Of the whole server: the base URL of every kind of adapter. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  readonly count: () => number;
  /** The most requests that were under way at once. */
  readonly concurrencyMax: () => number;
  /** Goes on in another way. */
  readonly become: (script: ModelServerScript) => void;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a server on loopback that speaks as OpenAI's chat completions and responses and as Anthropic's messages, by the path that is
 * posted to, and answers by a script. GET /stats tells its counts.
 */
export async function startModelServer(script: ModelServerScript = {}): Promise<RunningModelServer> {
  const state = { script, count: 0, met: 0, underWay: 0, concurrencyMax: 0 };
  const requests: RecordedRequest[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? "/", "http://model").pathname;
    if (request.method === "GET")
      return void response.end(JSON.stringify({ count: state.count, concurrencyMax: state.concurrencyMax }));
    state.count++;
    state.concurrencyMax = Math.max(state.concurrencyMax, ++state.underWay);
    response.once("close", () => state.underWay--);
    const raw = await textOf(request);
    const body = JSON.parse(raw) as RequestBody;
    if (state.script.isRecording !== false) requests.push({ path, headers: request.headers, body });
    const isOver = state.met++ >= (state.script.times ?? Infinity);
    const current = isOver
      ? { ...state.script, behaviour: state.script.then ?? ("good" as const) }
      : state.script;
    if (current.latencyMs) await sleep(current.latencyMs, undefined, { ref: false });
    const dialect = dialectOf(path);
    if (dialect) await answer({ script: current, dialect, request, response, body });
    else response.writeHead(404).end(JSON.stringify({ error: { message: `Nothing is at ${path}` } }));
  };
  const server = http.createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(script.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    count: () => state.count,
    concurrencyMax: () => state.concurrencyMax,
    become: (next) => void Object.assign(state, { script: next, met: 0 }),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function dialectOf(path: string): Dialect | null {
  if (path.endsWith("/chat/completions")) return chat;
  if (path.endsWith("/responses")) return responses;
  return path.endsWith("/messages") ? messages : null;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
