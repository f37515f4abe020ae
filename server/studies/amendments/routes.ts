import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { amendmentPlanSchema } from "../../contract/amendment-plan.ts";
import { amendmentRequestSchema, revisionSchema } from "../../contract/amendments.ts";
import { access, nameOf, requireRight } from "../../http/access.ts";
import { replies } from "../../http/errors.ts";
import { changeText } from "../../report-document/amendment-words.ts";
import { NameNotConfirmed } from "../errors.ts";
import { amendStudy, planAmendment } from "./amend-study.ts";
import { listRevisions } from "./revisions.ts";

const params = z.strictObject({ study: z.string().max(100) });

/** Amendments of an opened study: what one would do, doing it, and those that were done. */
export function amendmentRoutes(services: {
  readonly context: Context;
  /** Renders new texts in the background. */
  readonly renderSoon: () => void;
}): FastifyPluginAsyncZod {
  const { context, renderSoon } = services;
  return async (app) => {
    app.get(
      "/api/studies/:study/amendments",
      { ...access("results"), schema: { params, response: replies(z.array(revisionSchema)) } },
      (request) => listRevisions(context, request.params.study),
    );
    app.post(
      "/api/studies/:study/amendments",
      {
        ...access("edit"),
        schema: { params, body: amendmentRequestSchema, response: replies(amendmentPlanSchema) },
      },
      async (request) => {
        const { study } = request.params;
        const { reason = "", dryRun = false, confirm, ...amendment } = request.body;
        if (amendment.reopen) await requireRight(request, "manage");
        if (dryRun) return planAmendment(context, { study, amendment });
        if (confirm !== study) throw new NameNotConfirmed(study);
        const plan = await amendStudy(context, { study, amendment, reason, by: nameOf(request) });
        request.changed = { detail: `revision ${plan.revision}: ${plan.changes.map(changeText).join("; ")}` };
        renderSoon();
        return plan;
      },
    );
  };
}
