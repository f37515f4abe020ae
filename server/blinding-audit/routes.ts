import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { auditDecidedSchema, auditStateSchema, decideFindingSchema } from "../contract/blinding.ts";
import { access, nameOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { decideFinding } from "./decide.ts";
import { AuditRuns } from "./runs.ts";

const params = z.strictObject({ study: z.string().max(100) });

/** The blinding audit of a study's texts, for its owner. @param renderSoon called when texts have changed */
export function blindingRoutes(context: Context, renderSoon: () => void): FastifyPluginAsyncZod {
  return async (app) => {
    const runs = new AuditRuns(context, (error) => app.log.error(error, "A blinding audit came to nothing."));
    app.addHook("onClose", () => runs.close());
    const schema = { params, response: replies(auditStateSchema) };
    app.get("/api/studies/:study/blinding", { ...access("results"), schema }, ({ params: { study } }) =>
      runs.state(study),
    );
    app.post("/api/studies/:study/blinding", { ...access("edit"), schema }, ({ params: { study } }) =>
      runs.start(study),
    );
    app.post(
      "/api/studies/:study/blinding/decisions",
      {
        ...access("edit"),
        schema: { params, body: decideFindingSchema, response: replies(auditDecidedSchema) },
      },
      async (request) => {
        const { study } = request.params;
        const { finding, choice } = request.body;
        const followed = await decideFinding(context, { ...request.body, study, by: nameOf(request) });
        request.changed = { object: finding, detail: choice };
        renderSoon();
        return { ...(await runs.state(study)), followed };
      },
    );
  };
}
