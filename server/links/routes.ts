import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { issuedLinksSchema, linkNamesSchema, linksChangedSchema } from "../contract/links.ts";
import { paged, pageOf, pageQuerySchema } from "../contract/paging.ts";
import { access, nameOf, requireRight } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { issuedLinks } from "./issued-links.ts";
import { restoreLinks, revokeLinks } from "./revoke-links.ts";

const params = z.strictObject({ study: z.string().max(100) });

/** A link to results is of who may make one. @throws NotAllowed */
async function requireShare(
  request: FastifyRequest<{ Body: z.infer<typeof linkNamesSchema> }>,
): Promise<void> {
  if (request.body.names.some((name) => name.startsWith("results-"))) await requireRight(request, "manage");
}

/** The owner's view of the links that were given out, and their end. */
export function linkRoutes(context: Context): FastifyPluginAsyncZod {
  const change = { params, body: linkNamesSchema, response: replies(linksChangedSchema) };
  return async (app) => {
    app.get(
      "/api/studies/:study/links",
      {
        ...access("people"),
        schema: { params, querystring: pageQuerySchema, response: replies(paged(issuedLinksSchema)) },
      },
      async ({ params: { study }, query }) =>
        pageOf({ links: await issuedLinks(context, study) }, "links", query),
    );
    app.post("/api/studies/:study/links/revoke", { ...access("people"), schema: change }, async (request) => {
      await requireShare(request);
      return revokeLinks(context, { ...request.params, ...request.body, by: nameOf(request) });
    });
    app.post(
      "/api/studies/:study/links/restore",
      { ...access("people"), schema: change },
      async (request) => {
        await requireShare(request);
        return restoreLinks(context, { ...request.params, ...request.body, by: nameOf(request) });
      },
    );
  };
}
