import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { Context } from "../context.ts";
import { auditQuerySchema, auditSchema } from "../contract/accounts.ts";
import { access } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { auditOf } from "./audit.ts";

/** Who did what. */
export function auditRoutes(context: Context): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/api/audit",
      { ...access("administer"), schema: { querystring: auditQuerySchema, response: replies(auditSchema) } },
      async ({ query }) => auditOf(context, query),
    );
  };
}
