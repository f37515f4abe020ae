import { nextConcession } from "./concessions.ts";
import type { HttpReply } from "./http-call.ts";
import {
  clipped,
  type Complaint,
  complaintOf,
  couldNotFinish,
  failureOf,
  RAW_MAX,
  statusNamed,
} from "./http-failure.ts";
import { membersOf } from "./json-members.ts";
import {
  CallFailed,
  hasText,
  type ModelReply,
  type ModelRequest,
  NO_USAGE,
  type Usage,
} from "./model-call.ts";
import { readBody } from "./reply-body.ts";
import { readReply } from "./read-reply.ts";
import { requestBody } from "./request-body.ts";
import { type Wait, waitOf } from "./retry-after.ts";
import { sentParameters } from "./sent-parameters.ts";
import type { ModelServerSettings } from "./server-settings.ts";
import { usageOf } from "./usage.ts";

type Post = (body: string, signal: AbortSignal) => Promise<HttpReply>;
type Body = Readonly<Record<string, unknown>>;
type Sent = ModelReply["sent"];
type Came = { readonly reply: ModelReply } | { readonly failure: CallFailed; readonly complaint: Complaint };

/** How requests to one model are written. */
interface Known {
  /** What it does not take. */
  readonly without: Set<string>;
  /** Whether that is of earlier runs, and no reply of this one has borne it out. */
  isRecalled: boolean;
  /** Whether later runs can recall it. */
  isKept: boolean;
}

/** Asks one server, and learns what it does not take: what it named in a refusal and then answered without. */
export class Asker {
  readonly #known = new Map<string, Promise<Known>>();
  readonly #without = new Set<string>();
  #hasAnswered = false;

  constructor(
    readonly settings: ModelServerSettings,
    readonly url: URL,
    readonly post: Post,
  ) {}

  /** What it does not take, and what was asked would have had. */
  get without(): ReadonlySet<string> {
    return this.#without;
  }

  async ask(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    const { adapter, repetitionPenaltyAs = [] } = this.settings;
    const known = await this.#knownOf(request.model);
    const without = new Set(known.without);
    for (;;) {
      const body = requestBody(adapter, request, { without, repetitionPenaltyAs, own: this.settings.body });
      const sent = sentParameters(request, body, without);
      const came = await this.#send(body, sent, signal).catch((error: unknown) => {
        throw error instanceof CallFailed ? this.#redacted(error.with({ sent })) : error;
      });
      if ("reply" in came) {
        this.#hasAnswered = true;
        await this.#learn(request, known, without);
        return came.reply;
      }
      const { failure, complaint } = came;
      const { schemaForms } = adapter;
      const named =
        failure.kind === "bad request" ? nextConcession({ complaint, body, without, schemaForms }) : null;
      if (named !== null && !without.has(named)) without.add(named);
      else if (failure.kind === "bad request" && known.isRecalled) {
        known.isRecalled = false; // the server has changed since: it is asked as if for the first time
        for (const names of [known.without, without, this.#without]) names.clear();
        await this.#keep(request.model, known);
      } else throw failure;
    }
  }

  #knownOf(model: string): Promise<Known> {
    const there = this.#known.get(model);
    if (there) return there;
    const recalled = this.settings.manners?.recall(model) ?? Promise.resolve(null);
    const known = recalled.then((names) => ({
      ...{ without: new Set(names ?? []), isRecalled: names !== null && names.length > 0 },
      isKept: names !== null,
    }));
    this.#known.set(model, known);
    return known;
  }

  async #learn(request: ModelRequest, known: Known, without: ReadonlySet<string>): Promise<void> {
    const recalled = known.isRecalled ? [...known.without] : [];
    known.isRecalled = false;
    const fresh = [...without].filter((name) => !known.without.has(name));
    for (const name of fresh) known.without.add(name);
    for (const name of [...fresh, ...recalled.filter((one) => this.#matters(request, without, one))])
      this.#without.add(name);
    // that nothing is refused says something of a request only that asks for a schema, which is refused most
    const isTelling = fresh.length > 0 || (!known.isKept && request.schema !== null);
    if (isTelling) await this.#keep(request.model, known);
  }

  /** A reply that is paid for is not lost because this could not be kept. */
  async #keep(model: string, known: Known): Promise<void> {
    known.isKept = true;
    await this.settings.manners?.keep(model, [...known.without].sort()).catch(() => undefined);
  }

  /** Whether this request would be another one with it: a schema is refused of who asks for one. */
  #matters(request: ModelRequest, without: ReadonlySet<string>, name: string): boolean {
    const { adapter, repetitionPenaltyAs = [] } = this.settings;
    const others = new Set([...without].filter((one) => one !== name));
    const [sent, whole] = [without, others].map((names) =>
      JSON.stringify(adapter.body(request, { without: names, repetitionPenaltyAs })),
    );
    return sent !== whole;
  }

  async #send(body: Body, sent: Sent, signal: AbortSignal): Promise<Came> {
    const came = await this.post(JSON.stringify(body), signal);
    if (came.status >= 300 && came.status < 400) throw this.#redirected(came);
    const raw = this.settings.key?.redact(came.body) ?? came.body;
    const json = this.#cleaned(came.status < 300 ? this.#whole(came, raw) : jsonOrNull(came.body));
    const wait = waitOf(came.headers, json, this.settings.clock().getTime());
    const status = statusOf(came.status, json);
    const read = came.status < 300 ? readReply(this.settings.adapter, json, { raw, sent }) : null;
    if (status >= 300)
      return this.#refused({ json, raw, sent, wait, status, isBilled: read !== null && hasText(read) });
    const usage = usageOf(json);
    const more = { raw: clipped(raw, RAW_MAX), usage, mayBeBilled: true, sent };
    if (!read) {
      const said = `The answer of ${this.url.host} is not in the format of ${this.settings.adapter.name} servers.`;
      throw new CallFailed("not understood", said, more);
    }
    const { error, ...reply } = read;
    if (reply.finish !== "failed") return { reply };
    const inside = { error: error ?? { message: `The reply ended with “${reply.finishWord}”.` } };
    const isBilled = error === null || hasText(reply);
    const refused = { json: inside, raw, sent, wait, status: statusOf(200, inside), isBilled, usage };
    return this.#refused(refused);
  }

  #refused(given: {
    readonly json: unknown;
    readonly raw: string;
    readonly sent: Sent;
    readonly wait: Wait;
    readonly status: number;
    /** Whether the model wrote something: an error in place of a completion is none that is paid for. */
    readonly isBilled: boolean;
    readonly usage?: Usage;
  }): Came {
    const { json, raw, sent, wait, status, isBilled, usage = usageOf(json) } = given;
    const complaint = complaintOf(json, raw);
    const isOfRequest = status === 400 || status === 422;
    if (complaint.isModeration && status < 500)
      return { reply: withoutText("refused", { raw, sent, mayBeBilled: isBilled }) };
    if (isOfRequest && couldNotFinish(complaint))
      return { reply: withoutText("length", { raw, sent, mayBeBilled: true }) };
    const hasAnswered = this.#hasAnswered;
    const failure = failureOf({ url: this.url, status, complaint, raw, wait, hasAnswered });
    const mayBeBilled = isBilled || failure.more.mayBeBilled === true;
    return { failure: failure.with({ sent, usage, mayBeBilled }), complaint };
  }

  /** The value of a body that came with a good status. @throws CallFailed where it has none */
  #whole({ body, status }: HttpReply, raw: string): unknown {
    const { adapter } = this.settings;
    const read = readBody(body);
    const more = { status, raw: clipped(raw, RAW_MAX), mayBeBilled: true };
    if ("json" in read) return read.json;
    if ("isPage" in read && read.isPage) {
      if (this.#hasAnswered)
        throw new CallFailed("server error", `${this.url.host} answered this call with a web page.`, {
          ...{ ...more, mayBeBilled: false },
        });
      const said = `${this.url.origin}${this.url.pathname} answers with a web page, so it is not a model server. Check --base-url.`;
      throw new CallFailed("rejected", said, { ...more, mayBeBilled: false });
    }
    if ("isPage" in read)
      throw new CallFailed("not understood", `The answer of ${this.url.host} is not JSON.`, more);
    const joined = adapter.join(read.pieces);
    const isEnded = read.isEnded || adapter.read(joined)?.finishWord != null;
    if ((read.isWhole && isEnded) || "error" in membersOf(joined)) return joined;
    const said = `The reply of ${this.url.host} came in pieces and ended early.`;
    throw new CallFailed("cut off", said, { ...more, usage: usageOf(joined) });
  }

  /** The value without the key, should a server send it back. */
  #cleaned(json: unknown): unknown {
    const { key } = this.settings;
    if (!key) return json;
    const text = JSON.stringify(json ?? null);
    if (key.redact(text) === text) return json;
    const clean = (_: string, value: unknown) => (typeof value === "string" ? key.redact(value) : value);
    return JSON.parse(text, clean) as unknown;
  }

  #redirected({ status, headers }: HttpReply): CallFailed {
    const to = typeof headers.location === "string" ? headers.location : "";
    const where = URL.canParse(to) ? ` to ${new URL(to).origin}` : "";
    const said = `${this.url.host} redirects${where} (${status}). Redirects are not followed: use the final address as the base URL.`;
    return new CallFailed("rejected", said, { status });
  }

  #redacted({ kind, message, more }: CallFailed): CallFailed {
    const { key } = this.settings;
    const raw = more.raw === undefined ? {} : { raw: key?.redact(more.raw) ?? more.raw };
    return new CallFailed(kind, key?.redact(message) ?? message, { ...more, ...raw });
  }
}

function jsonOrNull(body: string): unknown {
  const read = readBody(body);
  if ("json" in read) return read.json;
  return "pieces" in read ? read.pieces[0] : null;
}

/** Some servers answer 200 with an error inside, where it happened after they had begun: with a status, or its name. */
function statusOf(status: number, json: unknown): number {
  const { error } = membersOf(json);
  if (status >= 300 || error === undefined || error === null) return status;
  const { code, status: own } = membersOf(error);
  const told = [code, own].map(Number).find((one) => Number.isInteger(one) && one >= 400 && one < 600);
  return told ?? statusNamed(complaintOf(json, "").codes);
}

/** A server that will not hand these texts to the model, or could not end, has done as the model might have. */
function withoutText(
  finish: "refused" | "length",
  told: Pick<ModelReply, "raw" | "sent" | "mayBeBilled">,
): ModelReply {
  const nothing = { text: "", thinking: null, toolInput: null, finishWord: null, reportedModel: null };
  return { ...nothing, ...NO_USAGE, ...told, finish, fingerprint: null };
}
