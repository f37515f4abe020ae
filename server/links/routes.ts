import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { issuedLinksSchema, linkNamesSchema, linksChangedSchema } from "../contract/links.ts";
import { access } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { issuedLinks } from "./issued-links.ts";
import { restoreLinks, revokeLinks } from "./revoke-links.ts";

const params = z.strictObject({ study: z.string().max(100) });
const BY = "owner";

/** The owner's view of the links that were given out, and their end. */
export function linkRoutes(context: Context): FastifyPluginAsyncZod {
  const change = { params, body: linkNamesSchema, response: replies(linksChangedSchema) };
  return async (app) => {
    app.get(
      "/api/studies/:study/links",
      { ...access("owner"), schema: { params, response: replies(issuedLinksSchema) } },
      async (request) => ({ links: await issuedLinks(context, request.params.study) }),
    );
    app.post("/api/studies/:study/links/revoke", { ...access("owner"), schema: change }, async (request) =>
      revokeLinks(context, { ...request.params, ...request.body, by: BY }),
    );
    app.post("/api/studies/:study/links/restore", { ...access("owner"), schema: change }, async (request) =>
      restoreLinks(context, { ...request.params, ...request.body, by: BY }),
    );
  };
}
