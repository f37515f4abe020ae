import net from "node:net";
import { TiebreakError } from "./contract/errors.ts";
import { isLoopback } from "./contract/loopback.ts";

export interface Config {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** Whether the port was given; otherwise it is the default. */
  readonly isPortSaid: boolean;
  /** The address in links, with its path and without a slash at the end; null: the one the server listens on. */
  readonly publicUrl: string | null;
  /** Addresses and networks of the proxies whose X-Forwarded-For is trusted. */
  readonly trustedProxies: readonly string[];
  /** Seconds that the server keeps answering after it was asked to stop, with /readyz at 503. */
  readonly drainSeconds: number;
  /** The file of model servers that the dashboard may use; null: none. */
  readonly judgeServersFile: string | null;
  /** The folder in which uploaded files wait; null: beside the SQLite file, or data/uploads. */
  readonly uploadsFolder: string | null;
  /** The most bytes that one of them may have; null: the default. */
  readonly uploadBytesMax: number | null;
  /** The OpenID provider at which people can sign in; null: none. */
  readonly openId: OpenIdConfig | null;
}

interface OpenIdConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Null: it is in the file, or there is none. */
  readonly clientSecret: string | null;
  readonly clientSecretFile: string | null;
  /** As the button names it. */
  readonly name: string;
}

export interface ConfigInput {
  readonly database?: string | undefined;
  /** A server elsewhere, for the commands that can work on one. */
  readonly server?: string | undefined;
  /** Whether the token may be sent to it without encryption. */
  readonly insecureHttp?: boolean | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly trustProxy?: string | undefined;
  readonly judgeServers?: string | undefined;
  readonly drain?: string | undefined;
  readonly uploads?: string | undefined;
  readonly uploadLimit?: string | undefined;
  readonly oidcIssuer?: string | undefined;
  readonly oidcClientId?: string | undefined;
  readonly oidcClientSecretFile?: string | undefined;
  readonly oidcName?: string | undefined;
}

export class ConfigWrong extends TiebreakError {
  constructor(problems: readonly string[]) {
    super("ConfigWrong", 400, problems.join("\n"));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads flags and environment into one frozen object; flags override variables, and an empty variable counts as unset.
 * @throws ConfigWrong, naming every problem at once
 */
export function readConfig(flags: ConfigInput, env: Environment): Config {
  const problems: string[] = [];
  if (flags.server !== undefined)
    problems.push(
      "--server: this command works on the database itself. Run it where that is, without --server.",
    );
  const saidPort = flags.port ?? said(env.PORT);
  const port = saidPort ?? "8080";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    problems.push(
      `${flags.port === undefined ? "PORT" : "--port"}: “${port}” is not a port. Give a number from 0 to 65535.`,
    );
  }
  const publicUrl = readPublicUrl(flags.publicUrl ?? said(env.PUBLIC_URL), problems);
  const trustedProxies = readProxies(flags.trustProxy ?? said(env.TRUST_PROXY), problems);
  const drain = flags.drain ?? said(env.DRAIN_SECONDS) ?? "0";
  if (!/^\d{1,3}$/.test(drain))
    problems.push(
      `${flags.drain === undefined ? "DRAIN_SECONDS" : "--drain"}: “${drain}” is not a number of seconds from 0 to 999.`,
    );
  const uploadLimit = flags.uploadLimit ?? said(env.UPLOAD_LIMIT_GB);
  if (uploadLimit !== undefined && !(Number(uploadLimit) > 0 && Number(uploadLimit) <= 1000))
    problems.push(
      `${flags.uploadLimit === undefined ? "UPLOAD_LIMIT_GB" : "--upload-limit"}: “${uploadLimit}” is not a number of gigabytes up to 1000.`,
    );
  const openId = readOpenId(flags, env, problems);
  if (problems.length > 0) throw new ConfigWrong(problems);
  return Object.freeze({
    databaseUrl: flags.database ?? said(env.DATABASE_URL) ?? "data/tiebreak.db",
    host: flags.host ?? "127.0.0.1",
    port: Number(port),
    isPortSaid: saidPort !== undefined,
    publicUrl,
    trustedProxies,
    drainSeconds: Number(drain),
    judgeServersFile: flags.judgeServers ?? said(env.JUDGE_SERVERS) ?? null,
    uploadsFolder: flags.uploads ?? said(env.UPLOADS_FOLDER) ?? null,
    uploadBytesMax: uploadLimit === undefined ? null : Math.round(Number(uploadLimit) * 1e9),
    openId,
  });
}

const said = (value: string | undefined): string | undefined => (value === "" ? undefined : value);

/** Names that need no escaping, with slashes between. */
const PATH = /^\/(?:[\w.~-]+\/?)*$/;

function readPublicUrl(text: string | undefined, problems: string[]): string | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isBare = url !== null && PATH.test(url.pathname) && url.search === "" && url.hash === "";
  if (url === null || !/^https?:$/.test(url.protocol) || !isBare) {
    problems.push(
      `--public-url: “${text}” is not an address like https://study.example.org or https://example.org/study.`,
    );
    return null;
  }
  return `${url.origin}${url.pathname.replace(/\/$/, "")}`;
}

/** Whether an issuer may be used: https, or http on this very machine. */
function isIssuer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.search !== "" || url.hash !== "" || url.username !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
}

function readOpenId(flags: ConfigInput, env: Environment, problems: string[]): OpenIdConfig | null {
  const issuer = flags.oidcIssuer ?? said(env.OIDC_ISSUER);
  const clientId = flags.oidcClientId ?? said(env.OIDC_CLIENT_ID);
  const clientSecret = said(env.OIDC_CLIENT_SECRET) ?? null;
  const clientSecretFile = flags.oidcClientSecretFile ?? said(env.OIDC_CLIENT_SECRET_FILE) ?? null;
  if (issuer === undefined && clientId === undefined) return null;
  if (issuer === undefined || clientId === undefined) {
    problems.push(
      "--oidc-issuer and --oidc-client-id (OIDC_ISSUER and OIDC_CLIENT_ID) belong together: give both.",
    );
    return null;
  }
  if (!isIssuer(issuer))
    problems.push(`--oidc-issuer: “${issuer}” is not an address like https://id.example.org.`);
  if (clientSecret !== null && clientSecretFile !== null)
    problems.push("OIDC_CLIENT_SECRET and --oidc-client-secret-file: give one of the two.");
  const name =
    flags.oidcName ?? said(env.OIDC_NAME) ?? (URL.canParse(issuer) ? new URL(issuer).host : issuer);
  return { issuer, clientId, clientSecret, clientSecretFile, name };
}

function readProxies(text: string | undefined, problems: string[]): string[] {
  const proxies = (text ?? "").split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));
  for (const one of proxies.filter((proxy) => !isProxy(proxy))) {
    problems.push(
      `--trust-proxy: “${one}” is not the address of a proxy. Give an address like 10.0.0.5, a network like 10.0.0.0/8, or loopback.`,
    );
  }
  return proxies;
}

/** An address, a network in CIDR notation, or the name of this machine's own addresses. */
function isProxy(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const version = net.isIP(address);
  if (text === "loopback") return true;
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
