import type { CookieSerializeOptions } from "@fastify/cookie";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import {
  invitationAcceptSchema,
  invitationShownSchema,
  invitationTokenSchema,
} from "../contract/accounts.ts";
import { access } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { acceptInvitation, showInvitation } from "./invitations.ts";
import { browserName, type Opened } from "./sessions.ts";

interface InvitationOptions {
  readonly limited: { readonly rateLimit: { max: number; timeWindow: string } };
  /** The session's cookie for somebody who has just signed in. */
  readonly cookieOf: (opened: Opened) => readonly [string, string, CookieSerializeOptions];
}

/** How somebody who was invited gets in; the token is in the body, as addresses end up in logs. */
export function invitationRoutes(
  context: Context,
  { limited, cookieOf }: InvitationOptions,
): FastifyPluginAsyncZod {
  const config = { ...access("public").config, ...limited };
  return async (app) => {
    app.post(
      "/api/invitation",
      { config, schema: { body: invitationTokenSchema, response: replies(invitationShownSchema) } },
      async ({ body }) => showInvitation(context, body.token),
    );
    app.post(
      "/api/invitation/accept",
      {
        config,
        schema: {
          body: invitationAcceptSchema,
          response: replies(z.strictObject({ done: z.literal(true) })),
        },
      },
      async (request, reply) => {
        const browser = browserName(request.headers["user-agent"]);
        const opened = await acceptInvitation(context, { ...request.body, browser, address: request.ip });
        reply.setCookie(...cookieOf(opened));
        return { done: true as const };
      },
    );
  };
}
