import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { NodeLlamaCpp, Turn } from "./package.ts";
import { CONTEXT } from "./random-model.ts";

/** What is taken. Any other member is refused by its name: what llama.cpp is not given must not seem to have an effect. */
const requestSchema = z.strictObject({
  model: z.string(),
  messages: z
    .array(z.strictObject({ role: z.enum(["system", "user", "assistant"]), content: z.string() }))
    .min(1),
  max_tokens: z.int().min(1).default(CONTEXT),
  temperature: z.number().min(0).default(0.8),
  top_p: z.number().min(0).max(1).default(1),
  repeat_penalty: z.number().min(0).default(1),
  seed: z.int().min(0).default(0),
  response_format: z
    .strictObject({
      type: z.literal("json_schema"),
      json_schema: z.strictObject({
        name: z.string(),
        strict: z.boolean().optional(),
        schema: z.record(z.string(), z.unknown()),
      }),
    })
    .optional(),
});
type CompletionRequest = z.infer<typeof requestSchema>;

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** A completion, as it was sent. */
export interface Reply {
  readonly text: string;
  readonly isCutOff: boolean;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

interface LlamaServer {
  readonly baseUrl: string;
  /** All so far. */
  readonly replies: readonly Reply[];
  readonly close: () => Promise<void>;
}

/**
 * Serves a model in OpenAI's dialect, which the package itself does not. Every text, count and finish reason is
 * llama.cpp's own, and a schema is its grammar. One request runs at a time.
 */
export async function serveModel(llamaCpp: NodeLlamaCpp, modelPath: string): Promise<LlamaServer> {
  const replies: Reply[] = [];
  const { complete, dispose } = await loadModel(llamaCpp, modelPath);
  const answer = async (body: string): Promise<Answer> => {
    const parsed = requestSchema.safeParse(JSON.parse(body));
    if (parsed.success) {
      const reply = await complete(parsed.data);
      if (reply === null)
        return refusal("The messages exceed the context.", { type: "exceed_context_size_error" });
      replies.push(reply);
      return { status: 200, body: completionOf(reply, parsed.data) };
    }
    const [issue] = parsed.error.issues;
    const param = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path.join(".");
    return refusal(`${param}: ${issue?.message}`, { type: "invalid_request_error", param });
  };
  let last: Promise<unknown> = Promise.resolve();
  const server = http.createServer((request, response) => {
    last = last
      .then(async () => answer(await text(request)))
      .catch((error: unknown): Answer => ({ status: 500, body: { error: { message: String(error) } } }))
      .then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...{ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, replies },
    async close() {
      server.close();
      server.closeAllConnections();
      await dispose();
    },
  };
}

async function loadModel(llamaCpp: NodeLlamaCpp, modelPath: string) {
  const llama = await llamaCpp.getLlama({ build: "never", gpu: false, progressLogs: false, maxThreads: 1 });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createContext({ contextSize: CONTEXT });

  /** @returns null where the context has no room for a reply: the package would leave out a part of the messages */
  async function complete(request: CompletionRequest): Promise<Reply | null> {
    const chatWrapper = new llamaCpp.GeneralChatWrapper();
    const history = [...request.messages.map(turnOf), { type: "model", response: [] } as const];
    const { contextText } = chatWrapper.generateContextState({ chatHistory: history });
    const room = CONTEXT - contextText.tokenize(model.tokenizer).length;
    if (room < 1) return null;
    const schema = request.response_format?.json_schema.schema;
    const grammar = schema && (await llama.createGrammarForJsonSchema(schema));
    const contextSequence = context.getSequence(); // a new one, whose counts begin at 0
    const chat = new llamaCpp.LlamaChat({ contextSequence, chatWrapper });
    try {
      const { response, metadata } = await chat.generateResponse(history, {
        ...{ grammar, maxTokens: Math.min(request.max_tokens, room), seed: request.seed },
        ...{ temperature: request.temperature, topP: request.top_p },
        repeatPenalty: { penalty: request.repeat_penalty },
      });
      const { usedInputTokens: promptTokens, usedOutputTokens: completionTokens } =
        contextSequence.tokenMeter;
      const isCutOff = metadata.stopReason === "maxTokens";
      return { text: response, isCutOff, promptTokens, completionTokens };
    } finally {
      chat.dispose();
      contextSequence.dispose();
    }
  }
  return { complete, dispose: () => llama.dispose() };
}

function completionOf(reply: Reply, { model }: CompletionRequest): object {
  const message = { role: "assistant", content: reply.text };
  return {
    ...{ object: "chat.completion", model },
    choices: [{ index: 0, message, finish_reason: reply.isCutOff ? "length" : "stop" }],
    usage: { prompt_tokens: reply.promptTokens, completion_tokens: reply.completionTokens },
  };
}

const turnOf = ({ role, content }: CompletionRequest["messages"][number]): Turn =>
  role === "assistant" ? { type: "model", response: [content] } : { type: role, text: content };

const refusal = (message: string, more: object): Answer => ({
  status: 400,
  body: { error: { message, ...more } },
});
