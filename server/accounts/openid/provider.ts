import * as client from "openid-client";

/** What an operator says about their OpenID provider. */
interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** As the button names it. */
  readonly name: string;
}

/** What the provider vouches for. */
export interface Person {
  readonly issuer: string;
  /** Their id there, which never changes and is never given to somebody else. */
  readonly subject: string;
  /** As they are called there; null: unknown. */
  readonly name: string | null;
  /** In lower case, and only one that the provider has verified; null: none. */
  readonly email: string | null;
}

/** One sign-in at the provider: what its answer is compared with. */
export interface Challenge {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface OpenIdProvider {
  readonly name: string;
  /** Reads the provider's description, if it has not been read yet. @throws ProviderFailed */
  check(): Promise<void>;
  /** @returns where to send the browser @throws ProviderFailed */
  begin(callback: string, challenge: Challenge): Promise<string>;
  /**
   * Exchanges the code of an answer, and checks state, nonce, issuer, audience, times and signature.
   * @param answer the address that the browser was sent back to, made of the server's configured one
   * @throws ProviderFailed
   */
  finish(answer: URL, challenge: Challenge): Promise<Person>;
}

/** Why the provider did not sign somebody in; the cause is for the server's log. */
export class ProviderFailed extends Error {
  constructor(
    readonly problem: "refused" | "unreachable" | "not-valid",
    cause: unknown,
  ) {
    super(reasonOf(cause), { cause });
  }
}

const TIMEOUT_S = 10;
const NAME_LENGTH = 100;
const SCOPE = "openid profile email";
/**
 * An OpenID provider as a relying party sees it: authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, section
 * 3.1; RFC 7636). Its description is read when it is first needed, again only after a failure, and kept until the server stops.
 */
export function openIdProvider(settings: OpenIdSettings): OpenIdProvider {
  let found: Promise<client.Configuration> | null = null;
  const configuration = () =>
    (found ??= discover(settings).catch((error: unknown) => {
      found = null;
      throw error;
    }));
  return {
    name: settings.name,
    check: () => attempt(async () => void (await configuration())),
    begin: (callback, { state, nonce, verifier }) =>
      attempt(async () => {
        const challenge = await client.calculatePKCECodeChallenge(verifier);
        const { href } = client.buildAuthorizationUrl(await configuration(), {
          ...{ redirect_uri: callback, scope: SCOPE, state, nonce },
          ...{ code_challenge: challenge, code_challenge_method: "S256" },
        });
        return href;
      }),
    finish: (answer, { state, nonce, verifier }) =>
      attempt(async () => {
        const config = await configuration();
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
        const tokens = await client.authorizationCodeGrant(config, answer, checks);
        const claims = tokens.claims();
        if (claims === undefined) throw new Error("The provider sent no ID token.");
        const { iss: issuer, sub: subject } = claims;
        return { issuer, subject, ...(await aboutOf(config, tokens.access_token, claims)) };
      }),
  };
}

async function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<client.Configuration> {
  const isPlain = new URL(issuer).protocol === "http:";
  return client.discovery(
    new URL(issuer),
    clientId,
    undefined,
    clientSecret === null ? client.None() : bySecret(clientSecret),
    {
      timeout: TIMEOUT_S,
      // the signature is checked, too: the token's way here is not the only thing that vouches for it
      execute: [client.enableNonRepudiationChecks, ...(isPlain ? [client.allowInsecureRequests] : [])],
    },
  );
}

/** In the request's body where the provider takes it there, since providers read a header in different ways; else the standard's default. */
const bySecret =
  (secret: string): client.ClientAuth =>
  (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const way = methods.includes("client_secret_post") ? client.ClientSecretPost : client.ClientSecretBasic;
    return way(secret)(server, ...rest);
  };

/** Name and verified address, from the ID token, or where that has no address from the provider's user information. */
async function aboutOf(
  config: client.Configuration,
  accessToken: string,
  claims: client.IDToken,
): Promise<Pick<Person, "name" | "email">> {
  const asked = claims.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
  const about = asked ? await client.fetchUserInfo(config, accessToken, claims.sub) : claims;
  const { name, email, email_verified: isVerified } = about;
  return {
    name: typeof name === "string" && name.trim() !== "" ? name.trim().slice(0, NAME_LENGTH) : null,
    email: typeof email === "string" && isVerified === true ? email.trim().toLowerCase() : null,
  };
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof client.AuthorizationResponseError) throw new ProviderFailed("refused", error);
    throw new ProviderFailed(isUnreachable(error) ? "unreachable" : "not-valid", error);
  }
}

/** What fetch throws where nothing answers, or not in time. */
const isUnreachable = (error: unknown): boolean =>
  causesOf(error).some(
    (one) => one.name === "TimeoutError" || (one instanceof TypeError && one.message === "fetch failed"),
  );

/** An error and what it came from, the last cause at the end. */
function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

/** The last cause that says something, on one line. */
const reasonOf = (error: unknown): string =>
  causesOf(error)
    .map(({ message }) => message)
    .filter((message) => message !== "")
    .at(-1) ?? "unknown reason";
