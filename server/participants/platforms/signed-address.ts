import { createPublicKey, verify } from "node:crypto";
import type { SigningKey } from "../../contract/platforms.ts";
import type { Ids, Platform } from "./platform.ts";

/** How long after its end a token still lets somebody start: they read the study's page first. */
const READING_MS = 3_600_000;

/** Whether a platform's key can be read, so that a wrong file is refused before anybody comes. */
export function isUsableKey(key: SigningKey): boolean {
  try {
    return createPublicKey({ key, format: "jwk" }).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

/**
 * Whether a platform signed an address for this server: its token is a JWT (RS256) of one of its keys, whose claim repeats the
 * ids, whose audience is this server's domain, and whose time was not over for longer than somebody reads. Of the session, the
 * subject must agree, too.
 * @param given.query of the address @param given.at the moment
 * @param given.host the name that people reach this server by; undefined: unknown, so no address is for it
 */
export function isSigned(
  { signature, parameters }: Platform,
  given: { query: string; ids: Ids; keys: readonly SigningKey[]; at: Date; host: string | undefined },
): boolean {
  if (signature === null) return false;
  const [token = "", ...more] = new URLSearchParams(given.query).getAll(signature.parameter);
  const [head = "", body = "", mark = "", ...rest] = token.split(".");
  const header = partOf(head);
  const claims = partOf(body);
  if (more.length > 0 || rest.length > 0 || header?.alg !== "RS256" || claims === null) return false;
  const fits = given.keys.filter(({ kid }) => kid === undefined || kid === header.kid);
  if (!fits.some((key) => isMadeWith(key, `${head}.${body}`, mark))) return false;
  const { exp, sub, aud } = claims;
  const { participant, session, study } = given.ids;
  if (typeof exp !== "number" || exp * 1000 + READING_MS < given.at.getTime()) return false;
  if (sub !== session || !isFor(aud, given.host)) return false;
  const repeated = (claims[signature.claim] ?? {}) as Record<string, unknown>;
  const wanted = [
    [parameters.participant, participant],
    [parameters.session, session],
    [parameters.study, study],
  ] as const;
  return wanted.every(([parameter, value]) => parameter === null || isSame(repeated[parameter.name], value));
}

/** Whether one of the audiences is a host or a domain that it belongs to; each may stand as an address or as a bare name. */
function isFor(audience: unknown, host: string | undefined): boolean {
  if (host === undefined) return false;
  return (Array.isArray(audience) ? audience : [audience]).some((one) => {
    const address = String(one).replace(/^(?!https?:\/\/)/, "https://");
    return URL.canParse(address) && `.${host}`.endsWith(`.${new URL(address).hostname}`);
  });
}

/** Ids are compared as the platform takes them: capitals are the same. */
const isSame = (repeated: unknown, value: string | null): boolean =>
  typeof repeated === "string" && value !== null && repeated.toLowerCase() === value.toLowerCase();

const isMadeWith = (key: SigningKey, text: string, mark: string): boolean =>
  verify(
    "sha256",
    Buffer.from(text),
    createPublicKey({ key, format: "jwk" }),
    Buffer.from(mark, "base64url"),
  );

/** One part of a token; null: it is none. */
function partOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
