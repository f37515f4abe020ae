import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import {
  departReplySchema,
  departRequestSchema,
  departuresSchema,
  finishDutyRequestSchema,
  leavingReplySchema,
  leavingSheetSchema,
  retentionRequestSchema,
} from "../contract/leaving.ts";
import { paged, pageOf, pageQuerySchema } from "../contract/paging.ts";
import { access, bearerOf, nameOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { leavingSheet, listDepartures } from "./departures.ts";
import { finishDuty } from "./duties.ts";
import { eraseByLink, eraseByName } from "./erase.ts";
import { requireTypedIfDue, setRetention } from "./retention.ts";
import { withdrawByLink, withdrawByName } from "./withdraw.ts";

const params = z.strictObject({ study: z.string().max(100) });

/** How annotators take their judgments or their data along, and what the owner sees and does of that. */
export function leavingRoutes(context: Context): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/api/judge/leaving",
      { ...access("annotator"), schema: { response: replies(leavingSheetSchema) } },
      async (request) => leavingSheet(context, bearerOf(request)),
    );
    const leave = { ...access("annotator"), schema: { response: replies(leavingReplySchema) } };
    app.post("/api/judge/withdraw", leave, async (request) => withdrawByLink(context, bearerOf(request)));
    app.post("/api/judge/erase", leave, async (request) => eraseByLink(context, bearerOf(request)));
    await app.register(ownerRoutes(context));
  };
}

type DepartCall = FastifyRequest & {
  params: z.infer<typeof params>;
  body: z.infer<typeof departRequestSchema>;
};

function ownerRoutes(context: Context): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/api/studies/:study/departures",
      {
        ...access("people"),
        schema: { params, querystring: pageQuerySchema, response: replies(paged(departuresSchema)) },
      },
      async ({ params: { study }, query }) =>
        pageOf(await listDepartures(context, study), "departures", query),
    );
    app.post(
      "/api/studies/:study/departures/done",
      {
        ...access("people"),
        schema: { params, body: finishDutyRequestSchema, response: replies(departuresSchema) },
      },
      async (request) => {
        const { study } = request.params;
        await finishDuty(context, { ...request.body, study, by: nameOf(request) });
        return listDepartures(context, study);
      },
    );
    const named = (request: DepartCall) => ({ ...request.params, ...request.body, by: nameOf(request) });
    const depart = {
      ...access("people"),
      schema: { params, body: departRequestSchema, response: replies(departReplySchema) },
    };
    app.post("/api/studies/:study/withdraw", depart, async (request) => ({
      annotator: await withdrawByName(context, named(request)),
    }));
    app.post("/api/studies/:study/erase", depart, async (request) => ({
      annotator: await eraseByName(context, named(request)),
    }));
    app.patch(
      "/api/studies/:study/retention",
      {
        ...access("edit"),
        schema: { params, body: retentionRequestSchema, response: replies(departuresSchema) },
      },
      async (request) => {
        const { study } = request.params;
        const { typed, ...wanted } = request.body;
        await requireTypedIfDue(context, { study, days: wanted.days, typed });
        await setRetention(context, { ...wanted, study, by: nameOf(request) });
        return listDepartures(context, study);
      },
    );
  };
}
