import type { Adapter, Manner } from "./adapters/adapter.ts";
import { AddressNotAllowed, type Addresses } from "./addresses.ts";
import { HttpPoster, type HttpReply } from "./http-call.ts";
import {
  clipped,
  type Complaint,
  complaintOf,
  failureOf,
  membersOf,
  RAW_MAX,
  retryAfterOf,
} from "./http-failure.ts";
import type { Key } from "./keys.ts";
import { CallFailed, type ModelReply, type ModelRequest, type ModelServer } from "./model-call.ts";

export interface ModelServerSettings {
  readonly adapter: Adapter;
  /** null: the adapter's own. */
  readonly baseUrl: string | null;
  readonly key: Key | null;
  readonly addresses: Addresses;
  /** Milliseconds for a whole call. */
  readonly timeoutMs: number;
  /** The most calls at once. */
  readonly concurrency: number;
  readonly clock: () => Date;
  /** Under which names the server may take a repetition penalty; not said: it is not sent. */
  readonly repetitionPenaltyAs?: Manner["repetitionPenaltyAs"];
}

/** The address that requests go to. @throws AddressNotAllowed where the base URL is none */
export function addressOf(adapter: Adapter, baseUrl: string | null): URL {
  const text = baseUrl ?? adapter.defaultBaseUrl;
  if (!URL.canParse(text))
    throw new AddressNotAllowed("The base URL is not an address like https://models.example/v1");
  return adapter.url(new URL(text));
}

/**
 * Opens a model server. Connects to nothing yet.
 * @throws AddressNotAllowed where its address may not be called, KeyUnusable where the key is for another one
 */
export function openModelServer(settings: ModelServerSettings): ModelServer {
  const { adapter, key, addresses, concurrency, timeoutMs } = settings;
  const url = addressOf(adapter, settings.baseUrl);
  addresses.assertAllowed(url);
  const headers = adapter.headers(key?.for(url.origin) ?? null, url);
  const poster = new HttpPoster({ url, lookup: addresses.lookupFor(url), concurrency, timeoutMs });
  const asker = new Asker(settings, url.host, (body, signal) => poster.post(body, headers, signal));
  return {
    ask: (request, signal) => asker.ask(request, signal),
    conceded: () => [...asker.without].sort(),
    close: () => poster.close(),
  };
}

type Post = (body: string, signal: AbortSignal) => Promise<HttpReply>;

class Asker {
  /** Grows only by what a server named in a refusal and then answered without. */
  readonly without = new Set<string>();

  constructor(
    readonly settings: ModelServerSettings,
    readonly host: string,
    readonly post: Post,
  ) {}

  async ask(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    const { adapter, repetitionPenaltyAs = [] } = this.settings;
    const without = new Set(this.without);
    for (;;) {
      const body = adapter.body(request, { without, repetitionPenaltyAs });
      const came = await this.#send(body, signal);
      if ("reply" in came) {
        for (const name of without) this.without.add(name);
        return came.reply;
      }
      const named = refusedMember(came.complaint, body);
      if (came.failure.kind !== "rejected" || named === null || without.has(named)) throw came.failure;
      without.add(named);
    }
  }

  async #send(
    body: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<{ reply: ModelReply } | { failure: CallFailed; complaint: Complaint }> {
    const came = await this.post(JSON.stringify(body), signal).catch((error: unknown) => {
      throw error instanceof CallFailed ? this.#redacted(error) : error;
    });
    if (came.status >= 300 && came.status < 400) throw this.#redirected(came);
    const { raw, json } = this.#read(came);
    const status = statusOf(came.status, json);
    if (status >= 200 && status < 300) return { reply: this.#replyOf(json, raw) };
    const complaint = complaintOf(json, raw);
    if (complaint.isModeration && status < 500) return { reply: withheld(raw) };
    const retryAfterMs = retryAfterOf(came.headers, this.settings.clock().getTime());
    return { failure: failureOf(this.host, { status, complaint, raw, retryAfterMs }), complaint };
  }

  /** The body without the key, should a server send it back. */
  #read({ body, status }: HttpReply): { raw: string; json: unknown } {
    const { key } = this.settings;
    const raw = key?.redact(body) ?? body;
    const clean = (_: string, value: unknown) => (typeof value === "string" ? key!.redact(value) : value);
    try {
      return { raw, json: JSON.parse(body, raw === body ? undefined : clean) };
    } catch {
      if (status >= 400) return { raw, json: null };
      const more = { status, raw: clipped(raw, RAW_MAX) };
      throw new CallFailed("not understood", `What ${this.host} answered is no JSON.`, more);
    }
  }

  #replyOf(json: unknown, raw: string): ModelReply {
    const read = this.settings.adapter.read(json);
    if (read) return { ...read, raw };
    const said = `What ${this.host} answered is no reply as ${this.settings.adapter.name} servers write them.`;
    throw new CallFailed("not understood", said, { raw: clipped(raw, RAW_MAX) });
  }

  #redirected({ status, headers }: HttpReply): CallFailed {
    const to = typeof headers.location === "string" ? headers.location : "";
    const where = URL.canParse(to) ? ` to ${new URL(to).origin}` : "";
    const said = `${this.host} redirects${where} (${status}). Redirects are not followed: give the right base URL.`;
    return this.#redacted(new CallFailed("rejected", said, { status }));
  }

  #redacted({ kind, message, more }: CallFailed): CallFailed {
    const { key } = this.settings;
    const raw = more.raw === undefined ? {} : { raw: key?.redact(more.raw) ?? more.raw };
    return new CallFailed(kind, key?.redact(message) ?? message, { ...more, ...raw });
  }
}

/** Some servers answer 200 with an error inside, where it happened after they had begun. */
function statusOf(status: number, json: unknown): number {
  const { error } = membersOf(json);
  if (status >= 300 || error === undefined || error === null) return status;
  const { code } = membersOf(error);
  return typeof code === "number" && code >= 400 && code < 600 ? code : 500;
}

/** A server that will not hand these texts to the model has refused as the model might have. */
const withheld = (raw: string): ModelReply => ({
  ...{ text: "", finish: "refused", reportedModel: null, fingerprint: null },
  ...{ promptTokens: null, completionTokens: null, raw },
});

/** How servers say that they do not take a member at all; a value out of its range is no such case. */
const NOT_TAKEN =
  /unsupported|not (?:be )?support|n['’]t support|unavailable|deprecated|not permitted|not allowed|unknown|unrecogni[sz]ed|unexpected|invalid (?:parameter|value)|not valid|removed|only the default|cannot both|not both/i;

/** Other words for a member by which servers name it. */
const AS_SCHEMA =
  /response_format|output_config|output[ _]format|json[ _]schema|structured[ _]output|grammar/i;
const NAMES: Readonly<Record<string, RegExp>> = {
  response_format: AS_SCHEMA,
  output_config: AS_SCHEMA,
  tools: /\btools?\b|tool_(?:choice|use)/i,
  max_tokens: /max_tokens.*max_completion_tokens/is,
  temperature: /\btemperature\b/i,
  top_p: /\btop_p\b/i,
  seed: /\bseed\b/i,
  repetition_penalty: /\brepetition_penalty\b/i,
  repeat_penalty: /\brepeat_penalty\b/i,
};

/** The member of the body that a complaint names as one that the server does not take; null: none. */
function refusedMember(
  { message, param }: Complaint,
  body: Readonly<Record<string, unknown>>,
): string | null {
  if (!NOT_TAKEN.test(message)) return null;
  const sent = Object.keys(NAMES).filter((name) => name in body);
  const byParam = param === null ? undefined : sent.find((name) => param.split(".")[0] === name);
  return byParam ?? sent.find((name) => NAMES[name]!.test(message)) ?? null;
}
