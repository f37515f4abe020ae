import fs from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { ConfigInput } from "../../config.ts";
import { isLoopback } from "../../contract/loopback.ts";
import { problemSchema, TiebreakError } from "../../contract/errors.ts";
import type { StudyDetail } from "../../contract/studies.ts";
import { cannotWrite } from "../../export/cannot-write.ts";
import { studyDetail } from "../../studies/detail.ts";
import { type Invocation, withDatabase } from "./run.ts";

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
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: Blob | object;
  readonly query?: Query;
};

/** A Tiebreak server elsewhere, called with an API token. Each call throws what the server refused, by its stable name. */
export class RemoteServer {
  /** Without a slash at its end. */
  readonly address: string;
  readonly #token: string;

  constructor(address: string, token: string) {
    this.address = address.replace(/\/$/, "");
    this.#token = token;
  }

  /** The reply as JSON; also that of a status in `accepted`. @throws TiebreakError */
  async json<Reply>(path: string, call: Call = {}, accepted: readonly number[] = []): Promise<Reply> {
    return (await (await this.#send(path, call, accepted)).json()) as Reply;
  }

  /** A reply whose list comes in pages, whole. @param name what the list is called in it @throws TiebreakError */
  async whole<Reply>(path: string, name: keyof Reply & string, query: Query = {}): Promise<Reply> {
    const items: unknown[] = [];
    for (let after: string | undefined; ;) {
      const { next, ...page } = await this.json<Record<string, unknown>>(path, {
        query: { ...query, after },
      });
      items.push(...(page[name] as unknown[]));
      if (typeof next !== "string") return { ...page, [name]: items } as Reply;
      after = next;
    }
  }

  /** @throws TiebreakError */
  post<Reply>(path: string, body: object): Promise<Reply> {
    return this.json<Reply>(path, { method: "POST", body });
  }

  /** @throws TiebreakError */
  patch<Reply>(path: string, body: object): Promise<Reply> {
    return this.json<Reply>(path, { method: "PATCH", body });
  }

  /** The reply as text. @throws TiebreakError */
  async text(path: string, query: Query): Promise<string> {
    return (await this.#send(path, { query })).text();
  }

  /**
   * Writes the reply to a file, which appears under its name once it is whole, or to standard output where none is named.
   * @throws TiebreakError
   */
  async write(path: string, { query, out }: { query: Query; out: string | undefined }): Promise<void> {
    const { body } = await this.#send(path, { query });
    const bytes = this.#whole(body as Parameters<typeof Readable.fromWeb>[0]);
    if (out === undefined) return pipeline(bytes, process.stdout, { end: false });
    const part = `${out}.part`;
    try {
      await pipeline(bytes, fs.createWriteStream(part));
      await fs.promises.rename(part, out);
    } catch (error) {
      await fs.promises.rm(part, { force: true }).catch(() => undefined);
      throw cannotWrite(out, error);
    }
  }

  /** The bytes of a reply. @throws ServerWrong where it ends too soon */
  async *#whole(body: Parameters<typeof Readable.fromWeb>[0]): AsyncGenerator<Uint8Array> {
    try {
      yield* Readable.fromWeb(body) as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw new ServerWrong(`The reply of ${this.address} broke off: ${causeOf(error)}. Try again.`);
    }
  }

  async #send(path: string, call: Call, accepted: readonly number[] = []): Promise<Response> {
    const response = await this.#fetch(path, call);
    if (response.ok || accepted.includes(response.status)) return response;
    const text = await response.text();
    throw (
      refusalIn(text) ?? new ServerWrong(`${this.address} answered ${response.status}, and not as Tiebreak.`)
    );
  }

  async #fetch(path: string, { method = "GET", body, query = {} }: Call): Promise<Response> {
    const asked = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const url = `${this.address}/api/${path}?${new URLSearchParams(asked).toString()}`;
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
      throw new ServerWrong(`${this.address} cannot be reached: ${causeOf(error)}`);
    }
  }
}

const causeOf = (error: unknown): string =>
  error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);

/** What is used of a problem; a later server may send more. */
const refusalSchema = z.object(problemSchema.pick({ error: true, status: true, detail: true }).shape);

/** The refusal in a reply; null: it is none of Tiebreak's. */
function refusalIn(text: string): TiebreakError | null {
  try {
    const { error, status, detail } = refusalSchema.parse(JSON.parse(text));
    return new TiebreakError(error, status, detail);
  } catch {
    return null;
  }
}

/** The server that `--server` names; null: the command works on a database. @throws TokenNeeded, ServerWrong */
export function remoteOf({ server, insecureHttp = false }: ConfigInput): RemoteServer | null {
  if (server === undefined) return null;
  if (!/^https?:\/\//.test(server) || !URL.canParse(server))
    throw new ServerWrong(`--server: “${server}” is not an address like https://study.example.org.`);
  const { protocol, hostname } = new URL(server);
  if (protocol === "http:" && !isLoopback(hostname) && !insecureHttp)
    throw new ServerWrong(
      `--server: over http://, anybody on the way to ${hostname} can read the token. Use https://, or add --insecure-http.`,
    );
  const token = process.env.TIEBREAK_TOKEN ?? "";
  if (token === "") throw new TokenNeeded();
  return new RemoteServer(server, token);
}

/** The same command in two places, each of which returns what is then printed. */
interface Ways<Done> {
  readonly there: (server: RemoteServer) => Promise<Done>;
  readonly here: (run: Invocation) => Promise<Done>;
}

/** Runs a command where it is wanted: on the server that `--server` names, else on the database. */
export async function onEither<Done>(
  flags: ConfigInput,
  { there, here }: Ways<Done>,
  options?: Parameters<typeof withDatabase>[2],
): Promise<Done> {
  const server = remoteOf(flags);
  return server === null ? withDatabase(flags, here, options) : there(server);
}

/** What a server answers; null where the token may not read it. */
export async function ifAllowed<Reply>(reply: Promise<Reply>): Promise<Reply | null> {
  return reply.catch((error: unknown) => {
    if (error instanceof TiebreakError && error.name === "NotAllowed") return null;
    throw error;
  });
}

/** A study's address on a server. */
export const studyPath = (study: string, ...rest: string[]): string =>
  ["studies", study, ...rest].map(encodeURIComponent).join("/");

/** A prompt set's address on a server. */
export const setPath = (set: string, ...rest: string[]): string =>
  ["prompt-sets", set, ...rest].map(encodeURIComponent).join("/");

/** A study, from the server that `--server` names, else from the database. @throws StudyNotFound */
export const detailOf = (study: string, flags: ConfigInput): Promise<StudyDetail> =>
  onEither<StudyDetail>(flags, {
    there: (server) => server.json(studyPath(study)),
    here: ({ context }) => studyDetail(context, study),
  });

/** Refuses options that work on the database itself. @throws ServerWrong */
export function requireLocal(given: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(given).filter((name) => given[name] !== undefined && given[name] !== false);
  if (names.length > 0)
    throw new ServerWrong(`${names.join(", ")}: not with --server; run this where the database is.`);
}
