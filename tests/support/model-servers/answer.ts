import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Behaviour, wordsFor } from "./behaviours.ts";
import { type Dialect, promptOf, type RequestBody } from "./dialects.ts";
import { readQuestion } from "./question.ts";
import type { ModelServerScript } from "./script.ts";

interface Asked {
  readonly script: ModelServerScript;
  readonly dialect: Dialect;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: RequestBody;
}

const SLOW_MS = 1000;
const HUGE_BYTES = 9 * 1024 * 1024;

/** Answers one request by its script. */
export async function answer(asked: Asked): Promise<void> {
  const behaviour = asked.script.behaviour ?? "good";
  const special = SPECIAL[behaviour];
  if (special) return special(asked);
  if (behaviour === "hangs") return;
  if (behaviour === "slow" && asked.script.latencyMs === undefined)
    await sleep(SLOW_MS, undefined, { ref: false });
  reply(asked, behaviour);
}

function reply(asked: Asked, behaviour: Behaviour): void {
  send(asked, 200, asked.dialect.reply(wordsOf(asked, behaviour), asked.body, modelOf(asked, behaviour)));
}

function wordsOf({ dialect, body }: Asked, behaviour: Behaviour) {
  const prompt = promptOf(body);
  const hasSchema = dialect.schemaMembers.some((name) => name in body);
  return wordsFor(behaviour, readQuestion(prompt, hasSchema), prompt);
}

const modelOf = ({ body }: Asked, behaviour: Behaviour): string =>
  behaviour === "other model" ? "some-other-model-2" : `${body.model ?? "model"}-2025-01-01`;

function send({ response }: Asked, status: number, body: object, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  const all = {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(text)),
    ...headers,
  };
  response.writeHead(status, all).end(text);
}

const failing =
  (status: number, type: string, message: string) =>
  (asked: Asked): void =>
    send(asked, status, asked.dialect.error(type, message));

/** Behaviours that are more than other words in a reply. */
const SPECIAL: Readonly<Partial<Record<Behaviour, (asked: Asked) => void>>> = {
  "rate limited": (asked) =>
    send(asked, 429, asked.dialect.error("rate_limit_exceeded", "Too many requests."), {
      "retry-after": asked.script.retryAfter ?? "1",
      ...(asked.script.date !== undefined && { date: asked.script.date }),
    }),
  "rate limited without Retry-After": failing(429, "rate_limit_exceeded", "Too many requests."),
  "quota spent": failing(429, "insufficient_quota", "You exceeded your current quota."),
  "server error": failing(500, "server_error", "Something broke."),
  overloaded: failing(529, "overloaded_error", "Overloaded"),
  moderated: failing(400, "content_filter", "The response was filtered."),
  "too long": failing(400, "invalid_request_error", "prompt is too long: 9000 tokens > 8192 maximum"),
  unauthorised: (asked) => {
    const { authorization, "x-api-key": key, "api-key": azure } = asked.request.headers;
    const told = `Incorrect API key provided: ${String(key ?? azure ?? authorization)}.`;
    send(asked, 401, asked.dialect.error("authentication_error", told));
  },
  redirects: (asked) =>
    send(asked, 307, {}, { location: asked.script.redirectTo ?? "http://127.0.0.1:9/elsewhere?secret=1" }),
  "error in 200": (asked) => send(asked, 200, { error: { code: 502, message: "The provider is down." } }),
  "other shape": (asked) => send(asked, 200, { answer: "A" }),
  "malformed JSON": ({ response }) => {
    response.writeHead(200, { "content-type": "application/json" }).end('{"choices": [{"message": ');
  },
  huge: ({ response }) => {
    response.writeHead(200, { "content-type": "application/json" }).end(" ".repeat(HUGE_BYTES));
  },
  "cut off": (asked) => {
    const text = JSON.stringify(asked.dialect.reply(wordsOf(asked, "good"), asked.body, "model"));
    asked.response.writeHead(200, { "content-length": String(text.length + 100) });
    asked.response.write(text.slice(0, 40), () => asked.response.destroy());
  },
  "rejects schemas": (asked) => {
    const named = asked.dialect.schemaMembers.find((name) => name in asked.body);
    if (named === undefined) return reply(asked, "good");
    const said = `${named}: structured output is not supported by this model.`;
    send(asked, 400, asked.dialect.error("invalid_request_error", said));
  },
  "rejects repetition penalties": (asked) => {
    const named = ["repetition_penalty", "repeat_penalty"].find((name) => name in asked.body);
    if (named === undefined) return reply(asked, "good");
    const said = `Unrecognized request argument supplied: ${named}`;
    send(asked, 400, asked.dialect.error("invalid_request_error", said));
  },
  "rejects sampling": (asked) => {
    const named = ["max_tokens", "temperature", "top_p"].find(
      (name) =>
        name in asked.body && !(name === "max_tokens" && asked.dialect.schemaMembers.includes("tools")),
    );
    if (named === undefined) return reply(asked, "good");
    const instead = named === "max_tokens" ? " Use 'max_completion_tokens' instead." : "";
    const said = `Unsupported parameter: '${named}' is not supported with this model.${instead}`;
    send(asked, 400, asked.dialect.error("unsupported_parameter", said, named));
  },
};
