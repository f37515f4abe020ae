import { createHash, randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** What the provider knows of the person who is signed in there. */
export interface ProviderPerson {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/** An OpenID provider on this machine, which a test can also make lie. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who is signed in there; the next answers are about them. */
  person: ProviderPerson;
  /** Changes the claims of ID tokens before they are signed. */
  claims: (claims: JWTPayload) => JWTPayload;
  /** Signs with a key that the provider does not publish. */
  isForged: boolean;
  /** The person says no. */
  isDenied: boolean;
  /** Address and name in the user information alone, as some providers have them. */
  isSparse: boolean;
  /** Goes the person's way: from where the browser is sent to, to where it is sent back. */
  answer(url: string): Promise<string>;
  end(): Promise<void>;
}

interface Grant {
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
  readonly person: ProviderPerson;
}

/** @param given.host another name of this machine makes it another site to a browser */
export async function startProvider({ host = "127.0.0.1" } = {}): Promise<TestProvider> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const forger = await generateKeyPair("RS256");
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "k", alg: "RS256", use: "sig" }] };
  const codes = new Map<string, Grant>();
  const people = new Map<string, ProviderPerson>();

  const authorize = (query: URLSearchParams): string => {
    const redirectUri = query.get("redirect_uri") ?? "";
    const back = new URL(redirectUri);
    const state = query.get("state") ?? "";
    if (provider.isDenied) back.search = new URLSearchParams({ error: "access_denied", state }).toString();
    else {
      const code = randomUUID();
      const [nonce, challenge] = [query.get("nonce") ?? "", query.get("code_challenge") ?? ""];
      codes.set(code, { nonce, challenge, redirectUri, person: provider.person });
      back.search = new URLSearchParams({ code, state }).toString();
    }
    return `<!doctype html><title>Provider</title><a href="${back.href.replaceAll("&", "&amp;")}">Continue</a>`;
  };

  const token = async (form: URLSearchParams, authorization = ""): Promise<object | null> => {
    const code = form.get("code") ?? "";
    const grant = codes.get(code);
    codes.delete(code); // of one use
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const basic = new URLSearchParams({ [provider.clientId]: provider.clientSecret }).toString();
    const sent = Buffer.from(authorization.replace("Basic ", ""), "base64").toString();
    const isRight =
      grant?.challenge === challenge &&
      grant.redirectUri === form.get("redirect_uri") &&
      sent === basic.replace("=", ":");
    if (!isRight) return null;
    const { nonce, person } = grant;
    const access = randomUUID();
    people.set(access, person);
    const about = provider.isSparse ? { sub: person.sub } : person;
    const seconds = Math.floor(Date.now() / 1000);
    const claims = { iss: provider.issuer, aud: provider.clientId, iat: seconds, exp: seconds + 300, nonce };
    const signed = new SignJWT(provider.claims({ ...claims, ...about }));
    signed.setProtectedHeader({ alg: "RS256", kid: "k" });
    const key = provider.isForged ? forger.privateKey : privateKey;
    return { access_token: access, token_type: "Bearer", id_token: await signed.sign(key) };
  };

  const server = http.createServer((request, response) => {
    void (async () => {
      const { pathname, searchParams } = new URL(request.url ?? "/", provider.issuer);
      const json = (body: object, status = 200) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      if (pathname === "/.well-known/openid-configuration") return json(described(provider.issuer));
      if (pathname === "/jwks") return json(jwks);
      if (pathname === "/authorize")
        return response.writeHead(200, { "content-type": "text/html" }).end(authorize(searchParams));
      const bearer = (request.headers.authorization ?? "").replace("Bearer ", "");
      if (pathname === "/userinfo") return json(people.get(bearer) ?? {});
      const body = Buffer.concat(await request.toArray()).toString();
      const tokens = await token(new URLSearchParams(body), request.headers.authorization);
      return tokens === null ? json({ error: "invalid_grant" }, 400) : json(tokens);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const provider: TestProvider = {
    issuer: `http://${host}:${(server.address() as AddressInfo).port}`,
    ...{ clientId: "tiebreak", clientSecret: "a secret of both" },
    ...{ person: { sub: "nobody" }, claims: (claims) => claims },
    ...{ isForged: false, isDenied: false, isSparse: false },
    async answer(url) {
      const page = await (await fetch(url)).text();
      return (/href="([^"]+)"/.exec(page)?.[1] ?? "").replaceAll("&amp;", "&");
    },
    async end() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return provider;
}

const described = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
});
