import type { SentParameters } from "../contract/judges.ts";

/** One turn of what is sent to a model server. */
export interface ModelMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** One question to a model server, in no server's own words. What is null is left to the server. */
export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly ModelMessage[];
  /** 0 to 2. */
  readonly temperature: number | null;
  /** Nucleus sampling, above 0 up to 1. */
  readonly topP: number | null;
  /** 1 is none. Sent only where the server is known to understand it. */
  readonly repetitionPenalty: number | null;
  readonly seed: number | null;
  /** The most tokens of the reply. */
  readonly maxTokens: number;
  /** A JSON schema that the reply must follow; null: free text. */
  readonly schema: { readonly name: string; readonly body: object } | null;
  /** How many of the likeliest words to report at each place of the reply; missing: none. */
  readonly likeliest?: number;
}

/** A word (token) of a reply, and the likeliest ones at its place. */
export interface TokenChoice {
  readonly token: string;
  readonly likeliest: readonly { readonly token: string; readonly logprob: number }[];
}

/**
 * Why the server stopped writing. "length": at its limit, whatever the server calls it; "paused": it wants to be asked
 * to go on; "failed": an error of its own; "unknown": it does not say, or says it in a word that nobody knows here.
 */
export type Finish = "complete" | "length" | "refused" | "paused" | "failed" | "unknown";

/** What a server says that a call took; null: it does not say. */
export interface Usage {
  /** Tokens that it read, from a cache or not. */
  readonly promptTokens: number | null;
  /** Of these, the ones that it read from a cache; not said: none. */
  readonly cacheReadTokens?: number;
  /** Of these, the ones that it wrote to a cache; not said: none. */
  readonly cacheWriteTokens?: number;
  /** Tokens that it wrote, hidden reasoning included. */
  readonly completionTokens: number | null;
  /** US dollars, where the server itself tells a price. */
  readonly costDollars: number | null;
}

export const NO_USAGE: Usage = { promptTokens: null, completionTokens: null, costDollars: null };

export interface ModelReply extends Usage {
  /** The answer alone: without reasoning, wherever the server put that. */
  readonly text: string;
  /** The reasoning that came with it, in the text or beside it; null: none. */
  readonly thinking: string | null;
  /** What the model gave as the input of a tool, as JSON; null: nothing. */
  readonly toolInput: string | null;
  /** Its words with the likeliest ones at each place; missing: the server does not report them. */
  readonly words?: readonly TokenChoice[];
  readonly finish: Finish;
  /** The server's own word for the finish; null: it has none. */
  readonly finishWord: string | null;
  /** The model and version that the server says it used; null: it says nothing. */
  readonly reportedModel: string | null;
  readonly fingerprint: string | null;
  /** The body as it came. */
  readonly raw: string;
  /** The parameters as they were sent in the end. */
  readonly sent: SentParameters;
  /** Whether the server may bill it: not where it withheld the request from the model. */
  readonly mayBeBilled: boolean;
}

/** Whether the model wrote something: an answer, reasoning or the input of a tool. */
export const hasText = ({
  text,
  thinking,
  toolInput,
}: Pick<ModelReply, "text" | "thinking" | "toolInput">): boolean =>
  text !== "" || thinking !== null || toolInput !== null;

/** Ways in which a call fails before there is a reply to read. */
export type CallFailureKind =
  | "rate limited"
  | "server error"
  | "network"
  | "timed out"
  | "cut off"
  | "not understood"
  | "bad generation"
  | "too long"
  | "bad request"
  | "rejected"
  | "not allowed";

/**
 * A call without a reply: which kind, whether further calls of the run can help, and when the server wants to be asked
 * again. "too long" and "bad request" are about one request alone: others may be answered.
 */
export class CallFailed extends Error {
  override readonly name = "CallFailed";

  constructor(
    readonly kind: CallFailureKind,
    /** Never holds a key, nor the address's credentials. */
    message: string,
    readonly more: {
      readonly status?: number;
      /** Milliseconds, as the server asks for in its headers or its body. */
      readonly retryAfterMs?: number;
      /** A limit of the day is reached: waiting minutes does not help. */
      readonly isDayQuota?: boolean;
      /** What came back, if anything: at most 10,000 characters. */
      readonly raw?: string;
      /** What the server says that it took all the same. */
      readonly usage?: Usage;
      /** Whether the server may have worked on it, and may bill it; not said: no. */
      readonly mayBeBilled?: boolean;
      /** The parameters as they were sent. */
      readonly sent?: SentParameters;
    } = {},
  ) {
    super(message);
  }

  get canRetry(): boolean {
    return !["rejected", "not allowed"].includes(this.kind);
  }

  /** The same with more said of it. */
  with(more: Partial<CallFailed["more"]>): CallFailed {
    return new CallFailed(this.kind, this.message, { ...this.more, ...more });
  }
}

/** A model server that can be asked: everything that a run needs to know of one. */
export interface ModelServer {
  /** Asks once. Never follows a redirect, never tries again. @throws CallFailed */
  readonly ask: (request: ModelRequest, signal: AbortSignal) => Promise<ModelReply>;
  /** Members of requests that the server has turned out not to take, and that calls since then were made without. */
  readonly conceded: () => readonly string[];
  /** Ends kept connections. */
  readonly close: () => void;
}

/** What the server was asked without decides replies, so a run says it. @returns one sentence, or none */
export function saidConceded(server: Pick<ModelServer, "conceded">): string[] {
  const conceded = server.conceded();
  return conceded.length === 0
    ? []
    : [`The server does not accept ${conceded.join(", ")}: calls were made without.`];
}
