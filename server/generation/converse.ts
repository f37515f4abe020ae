import type { Context } from "../context.ts";
import type { BackOff } from "../model-servers/back-off.ts";
import type { CallSlot } from "../model-servers/call-job.ts";
import { chargeOfCall, type TokenPrice, worstCost, worstOf } from "../model-servers/cost.ts";
import {
  CallFailed,
  type ModelReply,
  type ModelRequest,
  type ModelServer,
} from "../model-servers/model-call.ts";
import { readsTooLittle } from "../model-servers/read-too-little.ts";
import { type GenerationSettings, messagesFor, requestOf } from "./settings.ts";

export interface ConverseWanted {
  readonly settings: GenerationSettings;
  readonly server: ModelServer;
  readonly price: TokenPrice | null;
  readonly backOff: BackOff;
  readonly abandon: AbortSignal;
  /** Told what the server turns out not to take, and why calls are made again; `about` is the same for the like. */
  readonly onNotice: (said: string, about: string) => void;
}

/** One turn that the system answered. */
export interface Answer {
  readonly reply: ModelReply;
  /** When it was there: ISO 8601, UTC. */
  readonly at: string;
  readonly latencyMs: number;
}

/** Why there is no response. */
export interface Problem {
  /** As of CallFailed, or "refused", "empty", "only reasoning", "paused", "blank prompt", "taken". */
  readonly kind: string;
  readonly message: string;
  /** The turn that has no answer, from 1. */
  readonly turn: number;
  /** Whether there was a reply, if none that can be used. */
  readonly hasReply: boolean;
  /** Whether no further call can help. */
  readonly isFatal: boolean;
  /** A limit of the day is reached. */
  readonly isDayQuota: boolean;
}

export interface Conversation {
  readonly answers: readonly Answer[];
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly nanodollars: number | null;
  /** Calls that came back without a word of their tokens. */
  readonly notTold: number;
  /** Calls counted at the most that they may have cost. */
  readonly atMost: number;
  /** Calls in which the server read far fewer tokens than were sent. */
  readonly readTooLittle: number;
  /** null: every turn is answered. */
  readonly problem: Problem | null;
}

/** How often one turn is asked for before its prompt is left alone. */
const ATTEMPTS = 5;
/** How much higher the limit of tokens is where nothing but reasoning came within it. */
const HIGHER = 4;
/** Failures that the same request would meet again. */
const NOT_AT_ONCE: ReadonlySet<string> = new Set(["too long", "bad request", "not understood"]);

/** Asks for every turn of a response, one after the other, each with the answers so far. */
export async function converse(
  context: Context,
  wanted: ConverseWanted,
  { turns, place }: { readonly turns: readonly string[]; readonly place: CallSlot },
): Promise<Conversation> {
  const talk = new Talk(context, wanted, place);
  const problem = await talk.go(turns);
  return { ...talk.sum, answers: talk.answers, problem };
}

type Asked = { readonly reply: ModelReply; readonly latencyMs: number } | { readonly failed: CallFailed };

class Talk {
  readonly answers: Answer[] = [];
  sum = {
    ...{ calls: 0, promptTokens: 0, completionTokens: 0, notTold: 0, atMost: 0, readTooLittle: 0 },
    nanodollars: null as number | null,
  };

  constructor(
    readonly context: Context,
    readonly wanted: ConverseWanted,
    readonly place: CallSlot,
  ) {}

  async go(turns: readonly string[]): Promise<Problem | null> {
    const { settings } = this.wanted;
    while (this.answers.length < turns.length) {
      const turn = this.answers.length + 1;
      const texts = this.answers.map(({ reply }) => reply.text);
      const request = requestOf(settings, messagesFor(settings, turns, texts));
      const first = await this.#askAgain(request);
      const asked = isEmpty(first) ? await this.#askHigher(request, first) : first;
      if ("failed" in asked) return problemOf(asked.failed, turn);
      const unusable = whyUnusable(asked.reply);
      if (unusable) return { ...unusable, turn, hasReply: true, isFatal: false, isDayQuota: false };
      this.answers.push({ ...asked, at: this.context.clock().toISOString() });
    }
    return null;
  }

  /** Asks once more with a higher limit, as hidden reasoning may have used the first one up. */
  async #askHigher(request: ModelRequest, first: Asked): Promise<Asked> {
    const higher = { ...request, maxTokens: request.maxTokens * HIGHER };
    if (!this.place.oneMore(this.#worstCost(higher))) return first;
    const said = `A reply of at most ${request.maxTokens} tokens had no answer in it.`;
    this.wanted.onNotice(`${said} Trying once more with ${higher.maxTokens} (--max-tokens).`, "higher");
    return this.#ask(higher);
  }

  /** Asks until there is a reply, asking cannot help, or the run ends. */
  async #askAgain(request: ModelRequest): Promise<Asked> {
    const { place } = this;
    for (let attempt = 1; ; attempt++) {
      const asked = await this.#ask(request);
      if (!("failed" in asked)) return asked;
      const { canRetry, kind, more } = asked.failed;
      if (!canRetry || NOT_AT_ONCE.has(kind) || more.isDayQuota || attempt >= ATTEMPTS) return asked;
      this.wanted.onNotice(`${asked.failed.message} Trying again.`, kind);
      await place.rest();
      if (!place.oneMore(this.#worstCost(request))) return asked;
    }
  }

  async #ask(request: ModelRequest): Promise<Asked> {
    const { server, backOff, abandon, onNotice } = this.wanted;
    const started = this.context.clock().getTime();
    const before = server.conceded().length;
    this.sum.calls++;
    try {
      const reply = await server.ask(request, abandon);
      backOff.succeeded();
      if (server.conceded().length > before)
        onNotice(
          `The server does not accept ${server.conceded().join(", ")}. Calls go on without.`,
          "not taken",
        );
      this.#pay(reply, request);
      return { reply, latencyMs: this.context.clock().getTime() - started };
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      if (error.more.isDayQuota !== true) backOff.failed(this.context.clock().getTime(), error);
      this.#pay(error, request);
      return { failed: error };
    }
  }

  #worstCost(request: ModelRequest): number {
    const { price, settings } = this.wanted;
    return worstCost(worstOf(request, settings.body), price);
  }

  #pay(came: ModelReply | CallFailed, request: ModelRequest): void {
    const { sum } = this;
    const { price, settings } = this.wanted;
    const { promptTokens, completionTokens } =
      (came instanceof CallFailed ? came.more.usage : came) ?? NOTHING_TOLD;
    sum.promptTokens += promptTokens ?? 0;
    sum.completionTokens += completionTokens ?? 0;
    if (!(came instanceof CallFailed) && (promptTokens === null || completionTokens === null)) sum.notTold++;
    const { nanodollars, isAtMost } = chargeOfCall(came, worstOf(request, settings.body), price);
    if (nanodollars !== null) sum.nanodollars = (sum.nanodollars ?? 0) + nanodollars;
    if (isAtMost) sum.atMost++;
    if (readsTooLittle(promptTokens, request)) sum.readTooLittle++;
  }
}

const NOTHING_TOLD = { promptTokens: null, completionTokens: null };

/** Where nothing but hidden reasoning came, whether or not the server says so, and there is room for more. */
const isEmpty = (asked: Asked): boolean =>
  "reply" in asked &&
  ["length", "complete", "unknown"].includes(asked.reply.finish) &&
  asked.reply.text.trim() === "" &&
  asked.reply.toolInput === null &&
  !/context/i.test(asked.reply.finishWord ?? "");

const problemOf = ({ kind, message, canRetry, more }: CallFailed, turn: number): Problem => ({
  ...{ kind, message, turn, hasReply: false, isFatal: !canRetry, isDayQuota: more.isDayQuota === true },
});

/** Why a reply is no response; null: it is one, if not always a whole one. */
function whyUnusable(reply: ModelReply): Pick<Problem, "kind" | "message"> | null {
  const { text, finish, thinking, toolInput, sent } = reply;
  if (finish === "refused")
    return { kind: "refused", message: "The server withheld it, as content filters do." };
  if (finish === "paused") return { kind: "paused", message: "The server paused before the end." };
  if (text.trim() !== "") return null;
  const within = sent.maxTokens === null ? "" : ` within ${sent.maxTokens} tokens`;
  if (thinking !== null)
    return {
      kind: "only reasoning",
      message: `The reply was nothing but reasoning${finish === "length" ? within : ""}. ${HELPS}`,
    };
  if (toolInput !== null) return { kind: "empty", message: "Only the call of a tool came, and no text." };
  if (finish !== "length") return { kind: "empty", message: "The reply was empty." };
  return { kind: "empty", message: `The reply was empty${within}. ${HELPS}` };
}

const HELPS = "A higher --max-tokens may help.";
