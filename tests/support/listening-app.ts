import type { AddressInfo } from "node:net";
import { createToken } from "../../server/accounts/tokens.ts";
import { buildApp } from "../../server/app.ts";
import type { Context } from "../../server/context.ts";
import { RIGHTS } from "../../server/contract/rights.ts";
import { appParts } from "./app.ts";
import { testContext } from "./context.ts";

/** An app on an empty database that answers on a port of its own, for programs, with a token for everything. */
export async function listeningApp(): Promise<{
  origin: string;
  token: string;
  context: Context;
  close: () => Promise<void>;
}> {
  const context = { ...(await testContext("sqlite")), clock: () => new Date() };
  let origin = "http://127.0.0.1";
  const app = await buildApp({ ...appParts(context), origin: () => origin, origins: () => [origin] });
  await app.listen({ host: "127.0.0.1", port: 0 });
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const given = { name: "test", scopes: RIGHTS, study: null, accountId: null, rights: null };
  const { token } = await createToken(context, given);
  return { origin, token, context, close: () => app.close() };
}
