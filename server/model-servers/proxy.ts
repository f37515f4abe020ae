import http from "node:http";
import https from "node:https";
import net, { type Socket } from "node:net";
import tls from "node:tls";
import type { Duplex } from "node:stream";
import { isLoopback } from "../contract/loopback.ts";
import { AddressNotAllowed, bareHost, hostAndPort } from "./addresses.ts";
import { CallFailed } from "./model-call.ts";

/** A proxy that calls go through. Its user and password, if it needs them, are sent to it and shown nowhere. */
export interface Proxy {
  readonly url: URL;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for an address, as other programs read it: HTTPS_PROXY or HTTP_PROXY by the
 * address's scheme, else ALL_PROXY, in capitals or not; but none for what NO_PROXY lists, nor for this machine.
 * @throws AddressNotAllowed where it is no http or https address
 */
export function proxyFor(url: URL, env: Environment): Proxy | null {
  const scheme = url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const [name] = [scheme.toLowerCase(), scheme, "all_proxy", "ALL_PROXY"].filter((one) => env[one]);
  if (name === undefined || isDirect(url, env.no_proxy ?? env.NO_PROXY ?? "")) return null;
  const text = env[name]!.includes("://") ? env[name]! : `http://${env[name]}`;
  const proxy = URL.canParse(text) ? new URL(text) : null;
  if (proxy === null || !/^https?:$/.test(proxy.protocol))
    throw new AddressNotAllowed(`${name} is not the address of an http proxy, such as http://proxy:3128`);
  return { url: proxy };
}

function isDirect(url: URL, list: string): boolean {
  const host = bareHost(url).toLowerCase();
  if (isLoopback(url.hostname) || host.endsWith(".localhost")) return true;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => matches(entry, { host, withPort: hostAndPort(url) }));
}

/** A host with those below it, a host and a port, a network, or `*` for everything. */
function matches(entry: string, { host, withPort }: { host: string; withPort: string }): boolean {
  if (entry === "*" || entry === withPort || entry === host) return true;
  const [network, bits] = entry.split("/");
  const family = net.isIP(host) === 6 ? "ipv6" : "ipv4";
  if (bits !== undefined && net.isIP(host) !== 0 && net.isIP(network!) === net.isIP(host)) {
    const list = new net.BlockList();
    list.addSubnet(network!, Number(bits), family);
    return list.check(host, family);
  }
  return net.isIP(host) === 0 && host.endsWith(`.${entry.replace(/^\*?\./, "")}`);
}

const authorization = ({ username, password }: URL): Record<string, string> => {
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
};

const placeOf = (url: URL) => ({
  hostname: bareHost(url),
  port: Number(url.port) || (url.protocol === "https:" ? 443 : 80),
});

/** How a request to an http address is put to a proxy: whole, for it to pass on. */
export const askedThrough = ({ url: proxy }: Proxy, url: URL) => ({
  ...placeOf(proxy),
  path: url.href,
  headers: { host: url.host, ...authorization(proxy) },
});

type Connected = (error: Error | null, socket?: Duplex) => void;

/** Connections to an https address through a proxy, which learns its name and reads nothing. */
export class TunnelAgent extends https.Agent {
  readonly #proxy: Proxy;
  readonly #asked = new Set<http.ClientRequest>();

  constructor(proxy: Proxy, options: https.AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(
    options: https.RequestOptions & tls.ConnectionOptions,
    done: Connected,
  ): undefined {
    const { url } = this.#proxy;
    const to = `${options.host!.includes(":") ? `[${options.host!}]` : options.host!}:${options.port!}`;
    const send = url.protocol === "https:" ? https.request : http.request;
    const headers = { host: to, ...authorization(url) };
    const request = send({ ...placeOf(url), method: "CONNECT", path: to, headers, agent: false });
    this.#asked.add(request);
    request.once("close", () => this.#asked.delete(request));
    request.once("connect", ({ statusCode = 0 }, socket: Socket) => {
      if (statusCode < 200 || statusCode >= 300) {
        socket.destroy();
        return done(refusedBy(url, statusCode));
      }
      const servername = net.isIP(options.host!) === 0 ? options.host! : "";
      done(null, tls.connect({ ...options, socket, servername }));
    });
    request.once("response", ({ statusCode = 0 }) => done(refusedBy(url, statusCode)));
    request.once("error", (error: NodeJS.ErrnoException) =>
      done(
        new CallFailed("network", `The proxy ${url.host} cannot be reached (${error.code ?? error.name}).`),
      ),
    );
    request.end();
    return undefined;
  }

  override destroy(): void {
    for (const request of this.#asked) request.destroy();
    super.destroy();
  }
}

/** What a proxy forbids, it will forbid again. */
function refusedBy({ host }: URL, status: number): CallFailed {
  const isForbidden = [401, 403, 405, 407].includes(status);
  const said = `The proxy ${host} refused the connection (${status}).`;
  return new CallFailed(isForbidden ? "rejected" : "network", said, { status });
}
