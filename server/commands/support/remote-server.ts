import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ConfigInput } from "../../config.ts";
import { type Problem, TiebreakError } from "../../contract/errors.ts";

class TokenNeeded extends TiebreakError {
  constructor() {
    super(
      "TokenNeeded",
      400,
      "--server needs an API token in TIEBREAK_TOKEN. Create one on its dashboard under Account.",
    );
  }
}

export class ServerWrong extends TiebreakError {
  constructor(message: string) {
    super("ServerWrong", 400, message);
  }
}

type Query = Readonly<Record<string, string | undefined>>;
type Call = {
  readonly method?: "GET" | "POST" | "PATCH";
  readonly body?: Blob | object;
  readonly query?: Query;
};

/** A Tiebreak server elsewhere, called with an API token. Each call throws what the server refused, by its stable name. */
export class RemoteServer {
  readonly #address: string;
  readonly #token: string;

  constructor(address: string, token: string) {
    this.#address = address.replace(/\/$/, "");
    this.#token = token;
  }

  /** The reply as JSON; also that of a status in `accepted`. @throws TiebreakError */
  async json<Reply>(path: string, call: Call = {}, accepted: readonly number[] = []): Promise<Reply> {
    return (await (await this.#send(path, call, accepted)).json()) as Reply;
  }

  /** The reply as text. @throws TiebreakError */
  async text(path: string, query: Query): Promise<string> {
    return (await this.#send(path, { query })).text();
  }

  /** Writes the reply to a file, or to standard output where none is named. @throws TiebreakError */
  async write(path: string, { query, out }: { query: Query; out: string | undefined }): Promise<void> {
    const { body } = await this.#send(path, { query });
    const bytes = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    if (out === undefined) await pipeline(bytes, process.stdout, { end: false });
    else await pipeline(bytes, createWriteStream(out));
  }

  async #send(path: string, call: Call, accepted: readonly number[] = []): Promise<Response> {
    const response = await this.#fetch(path, call);
    if (response.ok || accepted.includes(response.status)) return response;
    const text = await response.text();
    throw (
      refusalIn(text) ?? new ServerWrong(`${this.#address} answered ${response.status}, and not as Tiebreak.`)
    );
  }

  async #fetch(path: string, { method = "GET", body, query = {} }: Call): Promise<Response> {
    const asked = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const url = `${this.#address}/api/${path}?${new URLSearchParams(asked).toString()}`;
    const isFile = body instanceof Blob;
    const type = isFile ? "application/octet-stream" : "application/json";
    try {
      return await fetch(url, {
        method,
        redirect: "error", // a token goes to no other address
        headers: {
          authorization: `Bearer ${this.#token}`,
          ...(body === undefined ? {} : { "content-type": type }),
        },
        ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
      });
    } catch (error) {
      const cause =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new ServerWrong(`${this.#address} cannot be reached: ${cause}`);
    }
  }
}

function refusalIn(text: string): TiebreakError | null {
  try {
    const { error, status, detail } = JSON.parse(text) as Problem;
    return new TiebreakError(error, status, detail);
  } catch {
    return null;
  }
}

/** The server that `--server` names; null: the command works on a database. @throws TokenNeeded, ServerWrong */
export function remoteOf({ server }: ConfigInput): RemoteServer | null {
  if (server === undefined) return null;
  if (!/^https?:\/\//.test(server) || !URL.canParse(server))
    throw new ServerWrong(`--server: “${server}” is not an address like https://study.example.org.`);
  const token = process.env.TIEBREAK_TOKEN ?? "";
  if (token === "") throw new TokenNeeded();
  return new RemoteServer(server, token);
}

/** A study's address on a server. */
export const studyPath = (study: string, ...rest: string[]): string =>
  ["studies", study, ...rest].map(encodeURIComponent).join("/");

/** Refuses options that work on the database itself. @throws ServerWrong */
export function requireLocal(given: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(given).filter((name) => given[name] !== undefined && given[name] !== false);
  if (names.length > 0)
    throw new ServerWrong(`${names.join(", ")}: not with --server; run this where the database is.`);
}
