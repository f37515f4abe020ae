import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { tokenCreatedSchema, tokenCreateSchema, tokensSchema } from "../contract/accounts.ts";
import { paged, pageOf, pageQuerySchema } from "../contract/paging.ts";
import { access, type Caller, callerOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { NotByToken } from "./errors.ts";
import { createToken, listTokens, revokeToken } from "./tokens.ts";

const params = z.strictObject({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

/** Tokens for programs, each person's own. A token makes no tokens, so one that leaks ends when it expires. */
export function tokenRoutes(context: Context): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/api/tokens",
      {
        ...access("member"),
        schema: { querystring: pageQuerySchema, response: replies(paged(tokensSchema)) },
      },
      async (request) =>
        pageOf({ tokens: await listTokens(context, callerOf(request).accountId) }, "tokens", request.query),
    );
    app.post(
      "/api/tokens",
      { ...access("member"), schema: { body: tokenCreateSchema, response: replies(tokenCreatedSchema) } },
      async (request) => {
        const { accountId, rightsIn } = notAToken(callerOf(request));
        const { body } = request;
        const made = await createToken(context, { ...body, accountId, rights: await rightsIn(body.study) });
        request.changed = { object: body.name, detail: body.scopes.join(" ") };
        return made;
      },
    );
    app.delete(
      "/api/tokens/:id",
      { ...access("member"), schema: { params, response: replies(tokensSchema) } },
      async (request) => {
        const { accountId } = notAToken(callerOf(request));
        request.changed = { object: await revokeToken(context, { id: request.params.id, accountId }) };
        return { tokens: await listTokens(context, accountId) };
      },
    );
  };
}

/** @throws NotByToken */
function notAToken(caller: Caller): Caller {
  if (caller.via === "token") throw new NotByToken();
  return caller;
}
