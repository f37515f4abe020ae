import type {
  AccountWays,
  OpenIdBegin,
  OpenIdConnect,
  SignInWays,
} from "../../../../server/contract/openid.ts";
import { call } from "../owner-api.ts";

interface Begun {
  readonly url: string;
}

/** Calls about signing in at an OpenID provider. Each throws Refused. */
export const openIdApi = {
  ways: () => call<SignInWays>("GET", "/api/sign-in"),
  begin: (body: OpenIdBegin) => call<Begun>("POST", "/api/openid", body),
  connect: (body: OpenIdConnect) => call<Begun>("POST", "/api/account/openid", body),
  own: () => call<AccountWays>("GET", "/api/account/sign-in"),
  disconnect: (id: number) => call<AccountWays>("DELETE", `/api/account/openid/${id}`),
};
