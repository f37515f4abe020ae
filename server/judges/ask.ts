import { type Context, newToken } from "../context.ts";
import type { JudgeSettings } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import type { BackOff } from "./back-off.ts";
import type { Call } from "./claim.ts";
import { costOfReply, type TokenPrice } from "./cost.ts";
import {
  CallFailed,
  type ModelMessage,
  type ModelReply,
  type ModelRequest,
  type ModelServer,
} from "./model-call.ts";
import { readVerdict } from "./read-verdict.ts";
import type { CallResult } from "./settle.ts";
import { judgeMessages, verdictSchema } from "./template.ts";

export interface Asked {
  readonly result: CallResult;
  /** Why no further call can help; null: it can. */
  readonly fatal: string | null;
}

export interface AskWanted {
  readonly call: Call;
  readonly settings: JudgeSettings;
  readonly wording: Wording;
  readonly server: ModelServer;
  readonly price: TokenPrice | null;
  readonly backOff: BackOff;
  readonly abandon: AbortSignal;
}

const BOUNDARY_BYTES = 9;

/** Asks a model server about one assignment, once, and reads what came back: a verdict, or a failure by its name. */
export async function askJudge(context: Context, wanted: AskWanted): Promise<Asked> {
  const { server, settings, backOff, abandon } = wanted;
  const started = context.clock().getTime();
  const since = () => context.clock().getTime() - started;
  try {
    const messages = messagesFor(context, wanted);
    const reply = await server.ask(requestOf(settings, messages), abandon);
    backOff.succeeded();
    return { result: read(reply, { ...wanted, messages, latencyMs: since() }), fatal: null };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    backOff.failed(context.clock().getTime(), error);
    const { kind, message, more } = error;
    const failure = { failure: kind, message, raw: more.raw ?? null };
    const result = { ...failure, latencyMs: since(), reply: null, costNanodollars: null };
    return { result, fatal: error.canRetry ? null : message };
  }
}

/**
 * What a model is told about one assignment. The boundary stands in none of the texts, so that no response can close its
 * own frame.
 */
export function messagesFor(
  context: Context,
  { call, wording, settings }: Pick<AskWanted, "call" | "wording" | "settings">,
): ModelMessage[] {
  const { prompt, left, right } = call;
  const all = [...prompt, ...left, ...right].join("\n");
  let boundary = newToken(context, BOUNDARY_BYTES);
  while (all.includes(boundary)) boundary = newToken(context, BOUNDARY_BYTES);
  return judgeMessages({ wording, prompt, left, right, boundary, structured: settings.structured });
}

export const requestOf = (settings: JudgeSettings, messages: ModelMessage[]): ModelRequest => ({
  ...{ model: settings.model, messages, temperature: settings.temperature, topP: null },
  ...{ repetitionPenalty: null, seed: settings.seed, maxTokens: settings.maxTokens },
  schema: settings.structured ? { name: "verdict", body: verdictSchema } : null,
});

interface Sent {
  readonly messages: readonly ModelMessage[];
  readonly latencyMs: number;
}

function read(reply: ModelReply, given: AskWanted & Sent): CallResult {
  const { settings, price, latencyMs, wording, messages } = given;
  const costNanodollars = price && costOfReply(reply, messages, price);
  const verdict = readVerdict(reply, { structured: settings.structured, wording });
  const told = { reply, latencyMs, costNanodollars };
  return "choice" in verdict ? { ...told, ...verdict } : { ...told, ...verdict, raw: reply.raw };
}
