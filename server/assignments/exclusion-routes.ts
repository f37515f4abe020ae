import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import {
  excludedSchema,
  excludeRequestSchema,
  exclusionsSchema,
  liftedSchema,
  liftRequestSchema,
} from "../contract/exclusions.ts";
import { paged, pageOf, pageQuerySchema } from "../contract/paging.ts";
import { access, nameOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { exclude, lift, listExclusions } from "./exclude.ts";

const params = z.strictObject({ study: z.string().max(100) });

/** Excluding annotators, stating why, and bringing them back. */
export function exclusionRoutes(context: Context): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/api/studies/:study/exclusions",
      {
        ...access("edit"),
        schema: { params, querystring: pageQuerySchema, response: replies(paged(exclusionsSchema)) },
      },
      async ({ params: { study }, query }) =>
        pageOf({ exclusions: await listExclusions(context, study) }, "exclusions", query),
    );
    app.post(
      "/api/studies/:study/exclusions",
      {
        ...access("edit"),
        schema: { params, body: excludeRequestSchema, response: replies(excludedSchema) },
      },
      async (request) => {
        const done = await exclude(context, { ...request.params, ...request.body, by: nameOf(request) });
        request.changed = { detail: `annotators: ${done.changed.length}` };
        return done;
      },
    );
    app.post(
      "/api/studies/:study/exclusions/lift",
      { ...access("edit"), schema: { params, body: liftRequestSchema, response: replies(liftedSchema) } },
      async (request) => {
        const done = await lift(context, { ...request.params, ...request.body, by: nameOf(request) });
        request.changed = { detail: `annotators: ${done.changed.length}` };
        return done;
      },
    );
  };
}
