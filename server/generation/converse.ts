import type { Context } from "../context.ts";
import type { BackOff } from "../judges/back-off.ts";
import type { Place } from "../judges/call-loop.ts";
import { costOfReply, type TokenPrice } from "../judges/cost.ts";
import { CallFailed, type ModelMessage, type ModelReply, type ModelServer } from "../judges/model-call.ts";
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
  /** As of CallFailed, or "refused", "empty", "blank prompt", "taken". */
  readonly kind: string;
  readonly message: string;
  /** The turn that has no answer, from 1. */
  readonly turn: number;
  /** Whether there was a reply, if none that can be used. */
  readonly hasReply: boolean;
  /** Where the server refused the request itself: its status, or 0. */
  readonly refusedStatus: number | null;
}

export interface Conversation {
  readonly answers: readonly Answer[];
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly nanodollars: number | null;
  /** null: every turn is answered. */
  readonly problem: Problem | null;
}

/** How often one turn is asked for before its prompt is left alone. */
const ATTEMPTS = 5;

/** Asks for every turn of a response, one after the other, each with the answers so far. */
export async function converse(
  context: Context,
  wanted: ConverseWanted,
  { turns, place }: { readonly turns: readonly string[]; readonly place: Place },
): Promise<Conversation> {
  const talk = new Talk(context, wanted, place);
  const problem = await talk.go(turns);
  return { ...talk.sum, answers: talk.answers, problem };
}

type Asked = { readonly reply: ModelReply; readonly latencyMs: number } | { readonly failed: CallFailed };

class Talk {
  readonly answers: Answer[] = [];
  sum = { calls: 0, promptTokens: 0, completionTokens: 0, nanodollars: null as number | null };

  constructor(
    readonly context: Context,
    readonly wanted: ConverseWanted,
    readonly place: Place,
  ) {}

  async go(turns: readonly string[]): Promise<Problem | null> {
    while (this.answers.length < turns.length) {
      const turn = this.answers.length + 1;
      const texts = this.answers.map(({ reply }) => reply.text);
      const asked = await this.#askAgain(messagesFor(this.wanted.settings, turns, texts));
      if ("failed" in asked) return problemOf(asked.failed, turn);
      const unusable = whyUnusable(asked.reply, this.wanted.settings);
      if (unusable) return { ...unusable, turn, hasReply: true, refusedStatus: null };
      this.answers.push({ ...asked, at: this.context.clock().toISOString() });
    }
    return null;
  }

  /** Asks until there is a reply, asking cannot help, or the run ends. */
  async #askAgain(messages: readonly ModelMessage[]): Promise<Asked> {
    const { place } = this;
    for (let attempt = 1; ; attempt++) {
      const asked = await this.#ask(messages);
      if (!("failed" in asked)) return asked;
      const { canRetry, kind } = asked.failed;
      if (!canRetry || kind === "too long" || attempt >= ATTEMPTS) return asked;
      this.wanted.onNotice(`${asked.failed.message} Asking again.`, kind);
      await place.rest();
      if (!place.oneMore()) return asked;
    }
  }

  async #ask(messages: readonly ModelMessage[]): Promise<Asked> {
    const { settings, server, backOff, abandon, onNotice } = this.wanted;
    const started = this.context.clock().getTime();
    const before = server.conceded().length;
    this.sum.calls++;
    try {
      const reply = await server.ask(requestOf(settings, messages), abandon);
      backOff.succeeded();
      if (server.conceded().length > before)
        onNotice(`The server takes no ${server.conceded().join(", ")}. It is asked without.`, "not taken");
      this.#pay(reply, messages);
      return { reply, latencyMs: this.context.clock().getTime() - started };
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      backOff.failed(this.context.clock().getTime(), error);
      return { failed: error };
    }
  }

  #pay(reply: ModelReply, messages: readonly ModelMessage[]): void {
    const { sum } = this;
    const { price } = this.wanted;
    sum.promptTokens += reply.promptTokens ?? 0;
    sum.completionTokens += reply.completionTokens ?? 0;
    if (price !== null) sum.nanodollars = (sum.nanodollars ?? 0) + (costOfReply(reply, messages, price) ?? 0);
  }
}

const problemOf = ({ kind, message, canRetry, more }: CallFailed, turn: number): Problem => ({
  ...{ kind, message, turn, hasReply: false, refusedStatus: canRetry ? null : (more.status ?? 0) },
});

/** Why a reply is no response; null: it is one. */
function whyUnusable(
  { text, finish }: ModelReply,
  { maxTokens }: GenerationSettings,
): Pick<Problem, "kind" | "message"> | null {
  if (finish === "refused")
    return { kind: "refused", message: "The server withheld it, as content filters do." };
  if (text.trim() !== "") return null;
  const why =
    finish === "length" ? `Nothing was written within ${maxTokens} tokens.` : "Nothing was written.";
  return { kind: "empty", message: why };
}
