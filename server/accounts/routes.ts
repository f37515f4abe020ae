import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { access, type OwnerCheck, SESSION_COOKIE } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { endSession, isSession, openSession } from "./owner.ts";

const tokenSchema = z.strictObject({ token: z.string().min(20).max(64) });
const roleSchema = z.strictObject({ role: z.literal("owner") });
const SIGN_INS_A_MINUTE = 10;

/** Whether a request comes from a browser that is signed in. */
export const ownerCheck =
  (context: Context): OwnerCheck =>
  async (request) => {
    const secret = request.cookies[SESSION_COOKIE];
    return secret !== undefined && (await isSession(context, secret));
  };

/** Signing in to the dashboard by an owner link, and out. */
export function accountRoutes(
  context: Context,
  options: { secure: boolean; path: string },
): FastifyPluginAsyncZod {
  const cookie = { ...options, httpOnly: true, sameSite: "strict" } as const;
  return async (app) => {
    app.post(
      "/api/session",
      {
        config: { ...access("public").config, rateLimit: { max: SIGN_INS_A_MINUTE, timeWindow: "1 minute" } },
        schema: { body: tokenSchema, response: replies(roleSchema) },
      },
      async (request, reply) => {
        const { secret, maxAgeS } = await openSession(context, request.body.token);
        reply.setCookie(SESSION_COOKIE, secret, { ...cookie, maxAge: maxAgeS });
        return { role: "owner" as const };
      },
    );
    app.get("/api/session", { ...access("owner"), schema: { response: replies(roleSchema) } }, async () => ({
      role: "owner" as const,
    }));
    app.delete(
      "/api/session",
      { ...access("owner"), schema: { response: replies(roleSchema) } },
      async (request, reply) => {
        await endSession(context, request.cookies[SESSION_COOKIE] ?? "");
        reply.clearCookie(SESSION_COOKIE, cookie);
        return { role: "owner" as const };
      },
    );
  };
}
