import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import {
  exclusionPreviewRequestSchema,
  exclusionPreviewSchema,
  paceSchema,
  todaySchema,
  watchedQuerySchema,
  watchedSchema,
} from "../contract/watching.ts";
import { access, callerOf, requireRight } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import type { ReportService } from "../reports/report-service.ts";
import { watchAnnotators } from "./annotators.ts";
import { paceOf } from "./pace.ts";
import { previewExclusion } from "./preview-exclusion.ts";
import { today } from "./today.ts";

interface Watching {
  readonly context: Context;
  readonly reports: ReportService;
}

const params = z.strictObject({ study: z.string().max(100) });

/** How the work of a study goes, for those who care for its annotators. */
export function watchingRoutes(watching: Watching): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/api/today",
      { ...access("member"), schema: { response: replies(todaySchema) } },
      async (request) => today(watching, callerOf(request).rightsIn),
    );
    app.get(
      "/api/studies/:study/annotators",
      {
        ...access("people"),
        schema: { params, querystring: watchedQuerySchema, response: replies(watchedSchema) },
      },
      async ({ params: { study }, query }) => watchAnnotators(watching, { study, ...query }),
    );
    app.get(
      "/api/studies/:study/pace",
      { ...access("view"), schema: { params, response: replies(paceSchema) } },
      async (request) => {
        const { study } = request.params;
        const withPairs = (await callerOf(request).rightsIn(study)).has("results");
        return paceOf(watching.context, { study, withPairs });
      },
    );
    app.post(
      "/api/studies/:study/exclusions/preview",
      {
        ...access("edit"),
        schema: { params, body: exclusionPreviewRequestSchema, response: replies(exclusionPreviewSchema) },
      },
      async (request) => {
        const { study } = request.params;
        await requireRight(request, "people"); // the reply has who they are at their platform
        const withResults = (await callerOf(request).rightsIn(study)).has("results");
        if (withResults) request.resultsOf = study;
        return previewExclusion(watching, { ...request.body, study, withResults });
      },
    );
  };
}
