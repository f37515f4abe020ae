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
}

/** Why the server stopped writing. */
export type Finish = "complete" | "length" | "refused" | "unknown";

export interface ModelReply {
  /** The reply's text; with a schema its JSON text. */
  readonly text: string;
  readonly finish: Finish;
  /** The model and version that the server says it used; null: it says nothing. */
  readonly reportedModel: string | null;
  readonly fingerprint: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  /** The body as it came. */
  readonly raw: string;
}

/** Ways in which a call fails before there is a reply to read. */
export type CallFailureKind =
  | "rate limited"
  | "server error"
  | "network"
  | "timed out"
  | "cut off"
  | "not understood"
  | "too long"
  | "rejected"
  | "not allowed";

/**
 * A call without a reply: which kind, whether further calls of the run can help, and when the server wants to be asked
 * again. "too long" is about one request alone: it does not fit the model, others may.
 */
export class CallFailed extends Error {
  override readonly name = "CallFailed";

  constructor(
    readonly kind: CallFailureKind,
    /** Never holds a key, nor the address's credentials. */
    message: string,
    readonly more: {
      readonly status?: number;
      /** Milliseconds, from the server's Retry-After. */
      readonly retryAfterMs?: number;
      /** What came back, if anything: at most 10,000 characters. */
      readonly raw?: string;
    } = {},
  ) {
    super(message);
  }

  get canRetry(): boolean {
    return !["rejected", "not allowed"].includes(this.kind);
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
  return conceded.length === 0 ? [] : [`The server takes no ${conceded.join(", ")}: it was asked without.`];
}
