import type { Context } from "../context.ts";
import type { JudgeSettings } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import type { BackOff } from "../model-servers/back-off.ts";
import type { Call, Pair } from "./claim.ts";
import { chargeOfCall, type TokenPrice, worstOf, type WorstTokens } from "../model-servers/cost.ts";
import {
  CallFailed,
  type ModelMessage,
  type ModelReply,
  type ModelRequest,
  type ModelServer,
} from "../model-servers/model-call.ts";
import { readVerdict } from "./read-verdict.ts";
import type { CallResult } from "./finish-call.ts";
import { readPreference } from "./method/preference.ts";
import { boundaryOf, hashOfMessages } from "./sent-messages.ts";
import { foreignTexts, judgeMessages, verdictSchemaOf } from "./template.ts";

interface Asked {
  readonly result: CallResult;
  /** Why no further call can help; null: it can. */
  readonly fatal: string | null;
  /** Why none can on this day; null: one can. */
  readonly spentQuota: string | null;
}

/** What is about to be asked, and the most that it can take. */
export interface Question {
  readonly request: ModelRequest;
  readonly worst: WorstTokens;
  /** Of its messages. */
  readonly hash: string;
}

interface AskWanted {
  readonly question: Question;
  readonly settings: JudgeSettings;
  readonly wording: Wording;
  readonly server: ModelServer;
  readonly price: TokenPrice | null;
  readonly backOff: BackOff;
  readonly abandon: AbortSignal;
}

/** Asks a model server about one assignment, once, and reads what came back: a verdict, or a failure by its name. */
export async function askJudge(context: Context, wanted: AskWanted): Promise<Asked> {
  const { server, question, backOff, abandon, price } = wanted;
  const started = context.clock().getTime();
  const since = () => context.clock().getTime() - started;
  try {
    const reply = await server.ask(question.request, abandon);
    backOff.succeeded();
    return { result: read(reply, { ...wanted, latencyMs: since() }), fatal: null, spentQuota: null };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    const { kind, message, more } = error;
    if (more.isDayQuota !== true) backOff.failed(context.clock().getTime(), error);
    const charge = chargeOfCall(error, question.worst, price);
    const told = { usage: more.usage ?? null, sent: more.sent ?? null, charge, latencyMs: since() };
    const messagesHash = question.hash;
    const result = { ...told, messagesHash, failure: kind, message, raw: more.raw ?? null, reply: null };
    return {
      result,
      fatal: error.canRetry ? null : message,
      spentQuota: more.isDayQuota === true ? message : null,
    };
  }
}

/** Puts an assignment into a question. @param maxTokens the most tokens of the reply, where not as the settings say */
export function questionOf(given: {
  call: Call;
  wording: Wording;
  settings: JudgeSettings;
  maxTokens?: number;
}): Question {
  const { settings, maxTokens = settings.maxTokens } = given;
  const messages = messagesFor(given);
  const request = { ...requestOf(settings, messages, given.call.sample), maxTokens };
  return { request, worst: worstOf(request, settings.body), hash: hashOfMessages(messages) };
}

/**
 * What a model is told about one assignment: the same for the same texts, wording, settings and seed. The boundary stands
 * in none of the texts, so that no response can close its own frame.
 */
export function messagesFor({
  call,
  wording,
  settings,
}: {
  call: Pair;
  wording: Wording;
  settings: JudgeSettings;
}): ModelMessage[] {
  const { prompt, left, right, fields, seed } = call;
  const { method, structured } = settings;
  const boundary = boundaryOf(seed, prompt, foreignTexts({ prompt, left, right, method, fields }));
  return judgeMessages({ wording, prompt, left, right, boundary, structured, method, fields });
}

/** The likeliest first words of a reply that are reported: as many as AlpacaEval 2 takes. */
const LIKELIEST = 5;

/** @param sample as of a call: each has a seed of its own */
export function requestOf(settings: JudgeSettings, messages: ModelMessage[], sample = 0): ModelRequest {
  const { model, temperature, seed, maxTokens, structured, method } = settings;
  return {
    ...{ model, messages, temperature, topP: null, repetitionPenalty: null, maxTokens },
    seed: seed === null ? null : seed + sample,
    schema: structured ? { name: "verdict", body: verdictSchemaOf(method) } : null,
    ...(method?.verdictFrom === "probabilities" && { likeliest: LIKELIEST }),
  };
}

function read(reply: ModelReply, given: AskWanted & { readonly latencyMs: number }): CallResult {
  const { settings, price, latencyMs, wording, question } = given;
  const verdict = verdictIn(reply, settings, wording);
  const charge = chargeOfCall(reply, question.worst, price);
  const told = { reply, usage: reply, sent: reply.sent, messagesHash: question.hash, latencyMs, charge };
  return "choice" in verdict ? { ...told, ...verdict } : { ...told, ...verdict, raw: reply.raw };
}

/** A reply's verdict by the judge's method. */
export function verdictIn(
  reply: ModelReply,
  { structured, method }: Pick<JudgeSettings, "structured" | "method">,
  wording: Wording | undefined,
) {
  if (method?.verdictFrom === "probabilities") return readPreference(reply);
  return readVerdict(reply, { structured, wording, scale: method?.scale });
}
