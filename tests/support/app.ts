import type { FastifyInstance } from "fastify";
import { makeOwnerToken } from "../../server/accounts/owner.ts";
import { type AppParts, buildApp } from "../../server/app.ts";
import type { Context } from "../../server/context.ts";
import { reportsHere } from "../../server/reports/report-service.ts";
import { renderText } from "../../server/rendering/render-text.ts";

export const ORIGIN = "http://tiebreak.test";

/** What the app is made of in tests: texts are rendered in place, not in a thread. */
export function appParts(context: Context): AppParts {
  const renderer = {
    render: async (texts: readonly string[]) => texts.map((text) => renderText(text)),
    close: async () => undefined,
  };
  const parts = { ...context, renderer, reports: reportsHere(context), pages: null };
  return { ...parts, origin: () => ORIGIN, origins: () => [ORIGIN] };
}

/** The app as it is shipped, but for the worker thread. */
export async function testApp(context: Context): Promise<FastifyInstance> {
  const app = await buildApp(appParts(context));
  await app.ready();
  return app;
}

export const HOST = { host: "tiebreak.test" };
export const bearer = (token: string) => ({ ...HOST, authorization: `Bearer ${token}` });

/** The headers of a browser that is signed in to the desk. */
export async function ownerHeaders(app: FastifyInstance, context: Context): Promise<Record<string, string>> {
  const token = await makeOwnerToken(context);
  const reply = await app.inject({ method: "POST", url: "/api/session", headers: HOST, payload: { token } });
  const cookie = reply.cookies.find((one) => one.name === "tiebreak_session");
  return { ...HOST, cookie: `tiebreak_session=${cookie?.value ?? ""}`, origin: ORIGIN };
}
