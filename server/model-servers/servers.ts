import net from "node:net";
import { parseDocument, stringify } from "yaml";
import { z } from "zod";
import { TiebreakError } from "../contract/errors.ts";
import { type Adapter, adapters, findAdapter } from "./adapters/index.ts";
import {
  AddressNotAllowed,
  type Addresses,
  anyAddress,
  bareHost,
  hostAndPort,
  publicAddresses,
} from "./addresses.ts";
import { type Key, readKey } from "./keys.ts";
import { CallFailed } from "./model-call.ts";
import { addressOf } from "./model-server.ts";
import { type Prices, readPrices } from "./prices.ts";

/** No adapter has the name. To the interface it is what it always was: a judge that cannot be as asked. */
class AdapterNotFound extends TiebreakError {
  constructor(name: string) {
    const there = adapters.map((adapter) => adapter.name).join(", ");
    super("JudgeWrong", 400, `There is no adapter “${name}”. Available: ${there}.`);
  }
}

/** A model server of the operator's configuration. */
export interface JudgeServer {
  /** As the operator wrote it. */
  readonly baseUrl: string;
  /** Where requests go: the key is for this address and no other. */
  readonly url: URL;
  readonly adapter: Adapter;
  readonly key: Key | null;
  readonly prices: Prices | null;
}

/** The operator's file of model servers cannot be used; the message names every problem. */
class JudgeServersWrong extends TiebreakError {
  constructor(problems: readonly string[]) {
    super("JudgeServersWrong", 400, `--judge-servers: the file cannot be used:\n${problems.join("\n")}`);
  }
}

const entrySchema = z.strictObject({
  url: z.string("is missing: write the server's base URL"),
  adapter: z.string().default("openai"),
  key_env: z.string().min(1).optional(),
  key_file: z.string().min(1).optional(),
  prices: z.instanceof(Map, { error: "must be models, each with {input, output}" }).optional(),
});
type Entry = z.infer<typeof entrySchema>;

/**
 * Reads the operator's model servers, a YAML list of {url, adapter, key_env | key_file, prices}, with their keys. A key
 * is used only where one is named: no variable of the environment reaches a server that does not ask for it.
 * @throws JudgeServersWrong with every problem at once
 */
export async function openServers(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<JudgeServer[]> {
  const problems: string[] = [];
  const servers: JudgeServer[] = [];
  for (const [index, given] of listIn(text).entries()) {
    const plain: unknown = given instanceof Map ? Object.fromEntries(given) : given;
    const read = entrySchema.safeParse(plain);
    if (!read.success) {
      const faults = read.error.issues.map(({ path, message }) => [...path.map(String), message].join(" "));
      problems.push(...faults.map((fault) => `server ${index + 1}: ${fault}`));
      continue;
    }
    try {
      const server = await openServer(read.data, env);
      const isTwice = servers.some((one) => isAt(one, server.adapter, server.url));
      if (isTwice) problems.push(`server ${index + 1}: ${read.data.url} is there already`);
      servers.push(server);
    } catch (error) {
      if (!(error instanceof TiebreakError)) throw error;
      problems.push(`server ${index + 1}: ${error.message}`);
    }
  }
  if (problems.length > 0) throw new JudgeServersWrong(problems);
  return servers;
}

function listIn(text: string): unknown[] {
  const document = parseDocument(text, { logLevel: "silent" });
  const [error] = document.errors;
  if (error) throw new JudgeServersWrong([error.message.split("\n")[0]!]);
  const content: unknown = document.toJS({ mapAsMap: true, maxAliasCount: 100 });
  if (Array.isArray(content)) return content;
  throw new JudgeServersWrong(["It needs a list: each server begins with “- url: https://…”."]);
}

async function openServer(
  entry: Entry,
  env: Readonly<Record<string, string | undefined>>,
): Promise<JudgeServer> {
  const adapter = adapterNamed(entry.adapter);
  const url = addressOf(adapter, entry.url);
  anyAddress.assertAllowed(url);
  assertNothingSecret(url);
  const isKeyNamed = entry.key_env !== undefined || entry.key_file !== undefined;
  const named = { variable: entry.key_env, file: entry.key_file, defaultVariable: adapter.keyVariable };
  const key = isKeyNamed ? await readKey({ url, env, ...named }) : null;
  const prices = entry.prices === undefined ? null : readPrices(stringify(entry.prices));
  return { baseUrl: entry.url, url, adapter, key, prices };
}

/** How a server is reached: with what, and under which rule about addresses. */
export interface Reach extends JudgeServer {
  readonly addresses: Addresses;
}

/**
 * How the server that somebody named is reached: one of the operator's by exactly its address, with its key; another
 * one only where it is public, over https, and without a key.
 * @throws AddressNotAllowed, AdapterNotFound where no adapter is called so
 */
export function reachOf(
  servers: readonly JudgeServer[],
  wanted: { readonly server: string; readonly adapter?: string | undefined },
): Reach {
  const configured = servers.find(
    ({ adapter, url }) =>
      adapter.name === (wanted.adapter ?? adapter.name) &&
      addressOf(adapter, wanted.server).href === url.href,
  );
  if (configured) return { ...configured, addresses: publicAddresses([hostAndPort(configured.url)]) };
  const adapter = adapterNamed(wanted.adapter ?? "openai");
  const url = addressOf(adapter, wanted.server);
  const addresses = publicAddresses([]);
  addresses.assertAllowed(url);
  assertNothingSecret(url);
  return { baseUrl: wanted.server, url, adapter, key: null, prices: null, addresses };
}

/**
 * Looks the server's name up before anything begins, so that a name of a private address is refused at once and not by
 * the first call. Each call checks again, for the address that it connects to.
 * @throws AddressNotAllowed
 */
export async function assertReachable({ addresses, url }: Reach): Promise<void> {
  const lookup = addresses.lookupFor(url);
  if (!lookup || net.isIP(bareHost(url)) !== 0) return;
  await new Promise<void>((resolve, reject) => {
    lookup(url.hostname, { all: true }, (error) => {
      if (!error) resolve();
      else if (error instanceof CallFailed) reject(new AddressNotAllowed(error.message));
      else reject(new AddressNotAllowed(`There is no server ${url.hostname}. Check the address.`));
    });
  });
}

function adapterNamed(name: string): Adapter {
  const adapter = findAdapter(name);
  if (adapter) return adapter;
  throw new AdapterNotFound(name);
}

/** An address is written down with each run, and shown: it may say a version, and no key. */
function assertNothingSecret(url: URL): void {
  const others = [...url.searchParams.keys()].filter((name) => name !== "api-version");
  if (others.length > 0)
    throw new AddressNotAllowed(
      `The address of ${url.host} may hold ?api-version= and nothing else after its path. Keys go elsewhere.`,
    );
}

const isAt = (server: JudgeServer, adapter: Adapter, url: URL): boolean =>
  server.adapter.name === adapter.name && server.url.href === url.href;
