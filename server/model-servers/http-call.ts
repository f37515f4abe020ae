import { setMaxListeners } from "node:events";
import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { RAW_MAX, clipped } from "./http-failure.ts";
import { CallFailed } from "./model-call.ts";
import { askedThrough, type Proxy, TunnelAgent } from "./proxy.ts";
import { textOfBody } from "./reply-body.ts";

interface HttpSettings {
  readonly url: URL;
  /** Undefined: as the platform looks names up. */
  readonly lookup: LookupFunction | undefined;
  /** The most connections at once; they are kept open between calls. */
  readonly concurrency: number;
  /** Milliseconds for a whole call, from connecting to the end of the reply. */
  readonly timeoutMs: number;
  /** The most bytes of a reply. */
  readonly replyBytesMax?: number;
  /** null: none. */
  readonly proxy?: Proxy | null;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const REPLY_BYTES_MAX = 8 * 1024 * 1024;

/** A connection that rested longer is not used again: many servers end it about then, and a call on it would fail. */
const IDLE_MS = 4000;

/** Posts JSON to one address over connections of its own. */
export class HttpPoster {
  readonly #settings: HttpSettings;
  readonly #agent: http.Agent;

  constructor(settings: HttpSettings) {
    this.#settings = settings;
    const { concurrency, url, proxy = null } = settings;
    const sockets = { maxSockets: concurrency, maxFreeSockets: concurrency };
    const options = { keepAlive: true, timeout: IDLE_MS, ...sockets };
    if (url.protocol !== "https:") this.#agent = new http.Agent(options);
    else this.#agent = proxy ? new TunnelAgent(proxy, options) : new https.Agent(options);
  }

  /**
   * Posts once. Follows no redirect, so that headers reach no other address.
   * @throws CallFailed where no whole reply comes: "network" where nothing was reached, "timed out", "cut off", "not
   * understood" where it is too large, cannot be unpacked or is no HTTP, "not allowed" where the address or its
   * certificate is refused. What was reached may have worked on it, and bill it.
   */
  post(body: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(givenUp());
      const request = this.#open(body, headers);
      let isReached = false;
      request.once("socket", (socket) => {
        if (socket.connecting) socket.once("connect", () => (isReached = true));
        else isReached = true;
      });
      const end = (failure: CallFailed | null, reply?: HttpReply) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abandon);
        if (failure) {
          request.destroy();
          reject(failure.with({ mayBeBilled: isReached && failure.kind !== "not allowed" }));
        } else resolve(reply!);
      };
      const abandon = () => end(givenUp());
      const timer = setTimeout(() => end(this.#timedOut()), this.#settings.timeoutMs);
      setMaxListeners(0, signal); // all calls of a run share one, and each takes its listener away again
      signal.addEventListener("abort", abandon);
      request.on("error", (error: NodeJS.ErrnoException) => end(this.#failure(error, isReached)));
      request.on("response", (response) => this.#read(response, end));
      request.end(body);
    });
  }

  /** Ends kept connections. */
  close(): void {
    this.#agent.destroy();
  }

  #open(body: string, headers: Readonly<Record<string, string>>): ClientRequest {
    const { url, lookup, proxy = null } = this.#settings;
    const send = url.protocol === "https:" ? https.request : http.request;
    const through = proxy && url.protocol === "http:" ? askedThrough(proxy, url) : null;
    return send(url, {
      method: "POST",
      agent: this.#agent,
      ...(lookup ? { lookup } : {}),
      ...through,
      headers: {
        ...headers,
        ...through?.headers,
        accept: "application/json",
        "accept-encoding": "identity",
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
      },
    });
  }

  #read(response: IncomingMessage, end: (failure: CallFailed | null, reply?: HttpReply) => void): void {
    const { url, replyBytesMax = REPLY_BYTES_MAX } = this.#settings;
    const chunks: Buffer[] = [];
    let bytes = 0;
    const status = response.statusCode ?? 0;
    const cutOff = () => {
      const raw = clipped(Buffer.concat(chunks).toString("utf8"), RAW_MAX);
      end(new CallFailed("cut off", `The reply of ${url.host} ended early.`, { status, raw }));
    };
    response.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > replyBytesMax)
        return end(
          new CallFailed("not understood", `The reply of ${url.host} is larger than ${replyBytesMax} bytes.`),
        );
      chunks.push(chunk);
    });
    response.on("error", cutOff);
    response.on("end", () => {
      if (!response.complete) return cutOff();
      try {
        const body = textOfBody(Buffer.concat(chunks), response.headers);
        end(null, { status, headers: response.headers, body });
      } catch {
        const said = `The reply of ${url.host} is compressed in an unknown way.`;
        end(new CallFailed("not understood", said, { status }));
      }
    });
  }

  #timedOut(): CallFailed {
    const { url, timeoutMs } = this.#settings;
    const said = `${url.host} did not answer in ${timeoutMs / 1000} seconds (--timeout waits longer).`;
    return new CallFailed("timed out", said);
  }

  #failure(error: NodeJS.ErrnoException, isReached: boolean): CallFailed {
    if (error instanceof CallFailed) return error;
    const { host } = this.#settings.url;
    const code = error.code ?? error.name;
    if (code.startsWith("HPE_"))
      return new CallFailed("not understood", `The answer of ${host} is not valid HTTP (${code}).`);
    if (/CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(code))
      return new CallFailed(
        "not allowed",
        `The certificate of ${host} cannot be trusted (${code}). ${HOW_TO_TRUST}`,
      );
    if (isReached)
      return new CallFailed("cut off", `${host} ended the connection before it answered (${code}).`);
    return new CallFailed("network", `${host} cannot be reached (${code}).`);
  }
}

const HOW_TO_TRUST = "NODE_EXTRA_CA_CERTS can name a file with the certificate of your own authority.";
const givenUp = () => new CallFailed("cut off", "The call was given up before its reply was there.");
