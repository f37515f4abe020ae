import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import {
  issuedLinksSchema,
  linkLabelSchema,
  linkLimitSchema,
  linkNameSchema,
  linkNamesSchema,
  linkReplacedSchema,
  linksChangedSchema,
} from "../contract/links.ts";
import { paged, pageOf, pageQuerySchema } from "../contract/paging.ts";
import { access, nameOf, requireRight } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { issuedLinks } from "./issued-links.ts";
import { labelLink } from "./label-link.ts";
import { limitLink } from "./limit-link.ts";
import { replaceLink } from "./replace-link.ts";
import { restoreLinks, revokeLinks } from "./revoke-links.ts";

const params = z.strictObject({ study: z.string().max(100) });

/** A link to results is of who may make one. @throws NotAllowed */
async function requireShare(request: FastifyRequest, names: readonly string[]): Promise<void> {
  if (names.some((name) => name.startsWith("results-"))) await requireRight(request, "manage");
}

/** The owner's view of the links that were given out, their end, and sending them again. @param context.origin the address that links carry */
export function linkRoutes(context: Context & { origin: () => string }): FastifyPluginAsyncZod {
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
      await requireShare(request, request.body.names);
      return revokeLinks(context, { ...request.params, ...request.body, by: nameOf(request) });
    });
    app.post(
      "/api/studies/:study/links/restore",
      { ...access("people"), schema: change },
      async (request) => {
        await requireShare(request, request.body.names);
        return restoreLinks(context, { ...request.params, ...request.body, by: nameOf(request) });
      },
    );
    app.post(
      "/api/studies/:study/links/limit",
      {
        ...access("people"),
        schema: { params, body: linkLimitSchema, response: replies(linksChangedSchema) },
      },
      async (request) => limitLink(context, { ...request.params, ...request.body, by: nameOf(request) }),
    );
    app.post(
      "/api/studies/:study/links/label",
      {
        ...access("people"),
        schema: { params, body: linkLabelSchema, response: replies(linksChangedSchema) },
      },
      async (request) => {
        await requireShare(request, [request.body.name]);
        return labelLink(context, { ...request.params, ...request.body, by: nameOf(request) });
      },
    );
    app.post(
      "/api/studies/:study/links/replace",
      {
        ...access("people"),
        schema: { params, body: linkNameSchema, response: replies(linkReplacedSchema) },
      },
      async (request) => {
        const { name } = request.body;
        await requireShare(request, [name]);
        const { study } = request.params;
        return replaceLink(context, { study, name, origin: context.origin(), by: nameOf(request) });
      },
    );
  };
}
