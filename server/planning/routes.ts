import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { planQuerySchema, planSchema } from "../contract/plan.ts";
import { access } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { planOf } from "./plan.ts";

/** The sample size that a study needs, for anybody who plans one. */
export const planningRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/api/plan",
    { ...access("public"), schema: { querystring: planQuerySchema, response: replies(planSchema) } },
    async (request) => planOf(request.query),
  );
};
