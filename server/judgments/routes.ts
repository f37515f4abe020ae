import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { statement } from "../storage/statement.ts";
import type { AssignmentService } from "../assignments/assignment-service.ts";
import {
  earlierReplySchema,
  earlierRequestSchema,
  judgmentReplySchema,
  judgmentRequestSchema,
  runningFigureSchema,
  type Sheet,
  sheetSchema,
  skipReplySchema,
  skipRequestSchema,
  workRequestSchema,
  workSchema,
} from "../contract/judging.ts";
import { paceSchema } from "../contract/pace.ts";
import { access, bearerOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { extend } from "../participants/time-left.ts";
import { partOf } from "../participants/part.ts";
import { platformOf } from "../participants/settings.ts";
import { consentOf } from "../quality/signs.ts";
import { sheetOf, wordsOf } from "../studies/sheet.ts";
import { annotatorByLink } from "./annotator-by-link.ts";
import { earlierJudgment } from "./earlier.ts";
import { paceOf } from "./pace.ts";
import { recordJudgment } from "./record.ts";
import { runningFigure } from "./running-figure.ts";
import { recordSkip } from "./skip.ts";

const languageQuery = z.strictObject({ language: z.string().max(35).default("en") });

/** The annotator's side of the wire: what is asked, the work and the judgments. */
export function judgingRoutes(service: AssignmentService): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/api/judge/sheet",
      { ...access("annotator"), schema: { querystring: languageQuery, response: replies(sheetSchema) } },
      async (request) => sheetFor(service, bearerOf(request), request.query.language),
    );
    app.post(
      "/api/judge/work",
      { ...access("annotator"), schema: { body: workRequestSchema, response: replies(workSchema) } },
      async (request) => service.workFor(bearerOf(request), request.body.holding),
    );
    app.post(
      "/api/judge/judgments",
      {
        ...access("annotator"),
        schema: { body: judgmentRequestSchema, response: replies(judgmentReplySchema) },
      },
      async (request) => recordJudgment(service, bearerOf(request), request.body),
    );
    app.post(
      "/api/judge/skips",
      { ...access("annotator"), schema: { body: skipRequestSchema, response: replies(skipReplySchema) } },
      async (request) => recordSkip(service, bearerOf(request), request.body),
    );
    app.post(
      "/api/judge/earlier",
      {
        ...access("annotator"),
        schema: { body: earlierRequestSchema, response: replies(earlierReplySchema) },
      },
      async (request) => earlierJudgment(service, bearerOf(request), request.body.before),
    );
    app.get(
      "/api/judge/running-figure",
      { ...access("annotator"), schema: { response: replies(runningFigureSchema) } },
      async (request) => runningFigure(service.context, bearerOf(request)),
    );
    const pace = { ...access("annotator"), schema: { response: replies(paceSchema) } };
    app.get("/api/judge/pace", pace, async (request) => paceOf(service.context, bearerOf(request)));
    app.post("/api/judge/extend", pace, async (request) => {
      await extend(service, bearerOf(request));
      return paceOf(service.context, bearerOf(request));
    });
  };
}

const guessOf = statement<{ annotatorId: number }, { id: number }>((db, param) =>
  db.selectFrom("guess").select("annotator_id as id").where("annotator_id", "=", param("annotatorId")),
);

async function sheetFor(service: AssignmentService, token: string, language: string): Promise<Sheet> {
  const { words, group, from, signs, hasWithdrawn, hasGuessed } = await service.context.database.read(
    async (reader) => {
      const found = await annotatorByLink(reader, token);
      const words = await wordsOf(reader, found.studyId);
      return {
        words,
        group: found.group,
        from: await partOf(reader, found.id),
        signs: await consentOf(reader, words.protocol, found.id),
        hasWithdrawn: (await reader.run(selectWithdrawn, { annotatorId: found.id })).length > 0,
        hasGuessed: (await reader.run(guessOf, { annotatorId: found.id })).length > 0,
      };
    },
  );
  const { guess, ...sheet } = await sheetOf(words, language, service.services.render);
  const running = words.protocol.groups.find(({ name }) => name === group)?.runningFigure;
  return {
    ...sheet,
    ...(guess && !hasGuessed && { guess }),
    ...(from !== null && { platform: platformOf(from.settings).name }),
    ...(signs !== undefined && { signs }),
    ...(hasWithdrawn && { withdrawn: true }),
    ...(running && { runningFigure: running }),
    ...(words.revision > 1 && { revision: words.revision }),
  };
}

const selectWithdrawn = statement<{ annotatorId: number }, { annotatorId: number }>((db, param) =>
  db
    .selectFrom("departure")
    .select("annotator_id as annotatorId")
    .where("annotator_id", "=", param("annotatorId"))
    .where("done_at", "is not", null),
);
