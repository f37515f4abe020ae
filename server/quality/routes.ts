import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { AssignmentService } from "../assignments/assignment-service.ts";
import {
  agreeRequestSchema,
  answerRequestSchema,
  decideRequestSchema,
  qualitySchema,
  savedSchema,
  signsReplySchema,
  warningReadSchema,
} from "../contract/quality.ts";
import { paged, pageOf, pageQuerySchema } from "../contract/paging.ts";
import { access, bearerOf, nameOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { qualityOf } from "./quality.ts";
import { answer, decide, readWarning } from "./reviews.ts";
import { agreeToSigns } from "./signs.ts";
import { signsOf } from "./signs-of-study.ts";

const params = z.strictObject({ study: z.string().max(100) });
const SAVED = { saved: true } as const;

/** What rules found and what people decide, for the owner; for annotators, what they read and answer. */
export function qualityRoutes(service: AssignmentService): FastifyPluginAsyncZod {
  const { context } = service;
  return async (app) => {
    app.get(
      "/api/studies/:study/quality",
      {
        ...access("people"),
        schema: { params, querystring: pageQuerySchema, response: replies(paged(qualitySchema)) },
      },
      async ({ params: { study }, query }) => pageOf(await qualityOf(context, study), "triggers", query),
    );
    app.post(
      "/api/studies/:study/reviews",
      {
        ...access("people"),
        schema: { params, body: decideRequestSchema, response: replies(qualitySchema) },
      },
      async (request) => {
        const { study } = request.params;
        await decide(context, { ...request.body, study, by: nameOf(request) });
        return qualityOf(context, study);
      },
    );
    app.get(
      "/api/studies/:study/signs",
      {
        ...access("people"),
        schema: { params, querystring: pageQuerySchema, response: replies(paged(signsReplySchema)) },
      },
      async ({ params: { study }, query }) =>
        pageOf({ annotators: await signsOf(context, study) }, "annotators", query),
    );
    app.post(
      "/api/judge/signs",
      { ...access("annotator"), schema: { body: agreeRequestSchema, response: replies(savedSchema) } },
      async (request) => {
        await agreeToSigns(service, bearerOf(request), request.body.agrees);
        return SAVED;
      },
    );
    app.post(
      "/api/judge/warning",
      { ...access("annotator"), schema: { body: warningReadSchema, response: replies(savedSchema) } },
      async (request) => {
        await readWarning(service, bearerOf(request), request.body.signal);
        return SAVED;
      },
    );
    app.post(
      "/api/judge/review",
      { ...access("annotator"), schema: { body: answerRequestSchema, response: replies(savedSchema) } },
      async (request) => {
        await answer(service, bearerOf(request), request.body.answer);
        return SAVED;
      },
    );
  };
}
