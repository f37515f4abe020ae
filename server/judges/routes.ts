import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Context, newToken } from "../context.ts";
import {
  judgeEstimateSchema,
  judgeRunsSchema,
  judgeRunStartedSchema,
  judgeRunWantedSchema,
  judgeTemplateSchema,
} from "../contract/judges.ts";
import { judgeCallsQuerySchema, judgeCallsSchema, shownCallSchema } from "../contract/judge-calls.ts";
import { access, nameOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { JudgeRunService } from "./judge-run-service.ts";
import type { RunProcess } from "./run-store.ts";
import type { JudgeServer } from "../model-servers/servers.ts";
import { listCalls, showCall } from "./shown-calls.ts";
import { shownTemplate } from "./shown-template.ts";

export interface JudgeServices {
  readonly context: Context;
  readonly servers?: readonly JudgeServer[];
  readonly process?: RunProcess;
}

const params = z.strictObject({ study: z.string().max(100) });
const runParams = params.extend({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
const templateQuery = z.strictObject({
  language: z.string().max(35).optional(),
  structured: z.enum(["0", "1"]).default("1"),
});
const STARTS_A_MINUTE = 60;
const begun = { 202: judgeRunStartedSchema };

/** Models as annotators: their runs in this process, and what they are told. Runs end with the server. */
export function judgeRoutes({ context, servers = [], process }: JudgeServices): FastifyPluginAsyncZod {
  return async (app) => {
    const own = process ?? { name: `server ${newToken(context, 12)}`, isAlive: () => null };
    const onError = (error: unknown) =>
      app.log.error(error, "A run of a model ended by an error of our own.");
    const runs = new JudgeRunService({ context, servers, process: own, onError });
    app.addHook("onClose", () => runs.close());
    app.get(
      "/api/studies/:study/judge-runs",
      { ...access("results"), schema: { params, response: replies(judgeRunsSchema) } },
      async (request) => runs.list(request.params.study),
    );
    app.post(
      "/api/studies/:study/judge-runs",
      {
        config: { ...access("edit").config, rateLimit: { max: STARTS_A_MINUTE, timeWindow: "1 minute" } },
        schema: {
          params,
          body: judgeRunWantedSchema,
          response: { ...replies(judgeEstimateSchema), ...begun },
        },
      },
      async (request, reply) => {
        const { study } = request.params;
        const body = { ...request.body, by: nameOf(request) };
        if (body.dryRun) return reply.send(await runs.estimate(study, body));
        return reply.code(202).send({ id: await runs.start(study, body) });
      },
    );
    app.post(
      "/api/studies/:study/judge-runs/:id/stop",
      {
        ...access("edit"),
        schema: { params: runParams, response: { ...replies(judgeRunStartedSchema), ...begun } },
      },
      async ({ params: { study, id } }, reply) => {
        await runs.stop(study, id);
        return reply.code(202).send({ id });
      },
    );
    await app.register(callRoutes(context));
    app.get(
      "/api/studies/:study/judge-template",
      {
        ...access("results"),
        schema: { params, querystring: templateQuery, response: replies(judgeTemplateSchema) },
      },
      async ({ params: { study }, query: { language, structured } }) =>
        shownTemplate(context, { study, language, structured: structured === "1" }),
    );
  };
}

/** Every call with its verdict, and what was sent: results, so whoever reads them is noted. */
function callRoutes({ database }: Context): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/api/studies/:study/judge-calls",
      {
        ...access("results"),
        schema: { params, querystring: judgeCallsQuerySchema, response: replies(judgeCallsSchema) },
      },
      async (request) => {
        const { study } = request.params;
        request.resultsOf = study;
        return database.read((reader) => listCalls(reader, study, request.query));
      },
    );
    app.get(
      "/api/studies/:study/judge-calls/:id",
      { ...access("results"), schema: { params: runParams, response: replies(shownCallSchema) } },
      async (request) => {
        const { study, id } = request.params;
        request.resultsOf = study;
        return database.read((reader) => showCall(reader, study, id));
      },
    );
  };
}
