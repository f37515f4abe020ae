import dns from "node:dns";
import net, { type LookupFunction } from "node:net";
import { TiebreakError } from "../contract/errors.ts";
import { CallFailed } from "./model-call.ts";

/** Which addresses of model servers may be called. */
export interface Addresses {
  /** @throws AddressNotAllowed, saying what would be allowed */
  readonly assertAllowed: (url: URL) => void;
  /** How the name of this address is looked up when a connection is made; undefined: as the platform does. */
  readonly lookupFor: (url: URL) => LookupFunction | undefined;
}

/** An address that must not be called, or a rule about addresses that cannot be read. */
export class AddressNotAllowed extends TiebreakError {
  constructor(message: string) {
    super("AddressNotAllowed", 400, message);
  }
}

type Resolve = (hostname: string, done: (error: Error | null, found: dns.LookupAddress[]) => void) => void;

/** Whoever types the address at the command line may call whatever this machine can reach. */
export const anyAddress: Addresses = { assertAllowed: assertSpeakable, lookupFor: () => undefined };

/**
 * Public addresses over https, and the listed ones however they are. What a name stands for is checked when the
 * connection is made, in the lookup whose answer is connected to, so that a name that changes its answer between a check
 * and the call gains nothing.
 * @param allowed "host:port", as in the operator's configuration
 * @throws AddressNotAllowed where an entry is not a host and a port
 */
export function publicAddresses(allowed: readonly string[], resolve: Resolve = resolveAll): Addresses {
  const listed = new Set(allowed.map(readEntry));
  const isListed = (url: URL) => listed.has(hostAndPort(url));
  return {
    assertAllowed(url) {
      assertSpeakable(url);
      if (isListed(url)) return;
      const host = bareHost(url);
      const entry = `An operator can allow exactly ${hostAndPort(url)} in the configuration.`;
      if (url.protocol !== "https:")
        throw new AddressNotAllowed(`Model servers are called over https, not ${url.origin}. ${entry}`);
      if (net.isIP(host) !== 0 && !isPublicAddress(host))
        throw new AddressNotAllowed(`${url.host} is not a public address. ${entry}`);
    },
    lookupFor: (url) => (isListed(url) ? undefined : publicLookup(resolve)),
  };
}

/**
 * Whether an IP address is one of the public internet: not this machine's or network's, not shared by a carrier, not
 * for several receivers, documentation or metadata of a cloud, and no IPv6 address that stands for one of IPv4. What is
 * no IP address is not public. Source: the IANA special-purpose address registries of IPv4 and IPv6.
 * @internal
 */
export function isPublicAddress(text: string): boolean {
  const address = text.split("%")[0]!;
  const family = net.isIP(address);
  if (family === 0) return false;
  if (family === 4) return !RESERVED.check(address, "ipv4");
  return GLOBAL_UNICAST.check(address, "ipv6") && !RESERVED.check(address, "ipv6");
}

/** All that is assigned for the public IPv6 internet; whatever lies outside is not. */
const GLOBAL_UNICAST = new net.BlockList();
GLOBAL_UNICAST.addSubnet("2000::", 3, "ipv6");

const RESERVED = new net.BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32], // a cloud's own services, at an address that looks public
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  RESERVED.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
  ["2001::", 23], // Teredo carries IPv4 addresses
  ["2001:db8::", 32],
  ["2002::", 16], // 6to4 carries IPv4 addresses
  ["3fff::", 20],
] as const)
  RESERVED.addSubnet(network, bits, "ipv6");

function assertSpeakable(url: URL): void {
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new AddressNotAllowed(`A model server is called over https or http, not ${url.protocol}`);
  if (url.username !== "" || url.password !== "")
    throw new AddressNotAllowed(
      `The address of ${url.host} must not contain a user or password: give a key instead.`,
    );
}

function readEntry(entry: string): string {
  const port = /:(\d{1,5})$/.exec(entry)?.[1];
  const url = URL.canParse(`http://${entry}`) ? new URL(`http://${entry}`) : null;
  const isBare = url !== null && url.pathname === "/" && url.search + url.hash + url.username === "";
  if (!isBare || port === undefined || Number(port) > 65_535)
    throw new AddressNotAllowed(`“${entry}” is not a host and a port like 10.0.0.5:8080`);
  return `${url.hostname}:${Number(port)}`;
}

/** As an operator writes it: `10.0.0.5:8080`, the port of the scheme where the address has none. */
export const hostAndPort = (url: URL): string =>
  `${url.hostname}:${url.port || (url.protocol === "https:" ? 443 : 80)}`;

/** A host without the brackets of IPv6. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

const resolveAll: Resolve = (hostname, done) => dns.lookup(hostname, { all: true }, done);

/** One answer that is not public spoils all: which one is connected to would be left to chance. */
function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, (error, found) => {
      const first = found?.[0];
      if (error || !first) return done(error ?? new Error(`The host ${hostname} is unknown.`), "", 0);
      if (!found.every(({ address }) => isPublicAddress(address)))
        return done(
          new CallFailed("not allowed", `${hostname} resolves to an address that is not public.`),
          "",
          0,
        );
      if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}
