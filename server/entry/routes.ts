import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { AssignmentService } from "../assignments/assignment-service.ts";
import {
  entryReplySchema,
  entryRequestSchema,
  entryShownSchema,
  entryStateSchema,
  entryStepSchema,
} from "../contract/entry.ts";
import { access, bearerOf, nameOf } from "../http/access.ts";
import { attached } from "../http/attached.ts";
import { replies } from "../http/errors.ts";
import { csvText } from "../report-document/write/csv-text.ts";
import { entryStateOf } from "./page.ts";
import { consentsOf, personalAnswersOf } from "./records.ts";
import { setEntry, showEntry } from "./set-entry.ts";
import { takeStep } from "./step.ts";

const params = z.strictObject({ study: z.string().max(100) });
/** What people did before their first pair, one row each. */
const RECORDS = ["consents", "personal-answers"] as const;
const languageQuery = z.strictObject({ language: z.string().max(35).default("en") });

/** What comes before an annotator's first pair; for the owner, how it is set. */
export function entryRoutes(service: AssignmentService): FastifyPluginAsyncZod {
  const { context } = service;
  const annotator = access("annotator");
  return async (app) => {
    app.get(
      "/api/judge/entry",
      { ...annotator, schema: { querystring: languageQuery, response: replies(entryStateSchema) } },
      async (request) =>
        entryStateOf(service, { token: bearerOf(request), language: request.query.language }),
    );
    app.post(
      "/api/judge/entry",
      {
        ...annotator,
        schema: { querystring: languageQuery, body: entryStepSchema, response: replies(entryReplySchema) },
      },
      async (request) =>
        takeStep(service, {
          token: bearerOf(request),
          language: request.query.language,
          step: request.body,
        }),
    );
    app.get(
      "/api/studies/:study/entry",
      { ...access("people"), schema: { params, response: replies(entryShownSchema) } },
      async ({ params: { study } }) => showEntry(context, study),
    );
    app.get(
      "/api/studies/:study/records/:what",
      {
        config: { ...access("people").config, produces: ["text/csv"] },
        schema: {
          params: params.extend({ what: z.enum(RECORDS) }),
          response: replies(z.unknown().describe("The file.")),
        },
      },
      async ({ params: { study, what } }, reply) => {
        const rows = await (what === "consents" ? consentsOf : personalAnswersOf)(context, study);
        return attached(reply, { type: "text/csv", name: `${study}.${what}.csv` }).send(csvText(rows));
      },
    );
    app.post(
      "/api/studies/:study/entry",
      {
        ...access("edit"),
        schema: { params, body: entryRequestSchema, response: replies(entryShownSchema) },
      },
      async (request) => {
        const { study } = request.params;
        await setEntry(context, { study, entry: request.body.entry, by: nameOf(request) });
        return showEntry(context, study);
      },
    );
  };
}
