import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { judgedPageSchema, judgedQuerySchema } from "../contract/judged.ts";
import { access, bearerOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { requireReader } from "../reports/readers.ts";
import { sharedBy } from "../reports/share.ts";
import { SnapshotHoldsNoJudgments } from "./errors.ts";
import { judgedComparisons, type Render } from "./judged.ts";

interface DrillDownParts {
  readonly context: Context;
  /** Makes safe HTML of turns. */
  readonly render: Render;
}

/** The judgments and texts behind a figure, for members and for the holder of a link to the live results. */
export function drillDownRoutes({ context, render }: DrillDownParts): FastifyPluginAsyncZod {
  const schema = { querystring: judgedQuerySchema, response: replies(judgedPageSchema) };
  const params = z.strictObject({ study: z.string().max(100) });
  return async (app) => {
    app.get(
      "/api/studies/:study/judged",
      { ...access("reader"), schema: { params, ...schema } },
      async (request) => {
        const { study } = request.params;
        await requireReader(context, request, study);
        request.resultsOf = study;
        return judgedComparisons(context, study, {
          query: request.query,
          render,
          isOwner: request.caller !== null,
        });
      },
    );
    app.get("/api/results/judged", { ...access("reader"), schema }, async (request) => {
      const { study, snapshotId } = await sharedBy(context, bearerOf(request));
      if (snapshotId !== null) throw new SnapshotHoldsNoJudgments();
      request.resultsOf = study;
      return judgedComparisons(context, study, { query: request.query, render, isOwner: false });
    });
  };
}
