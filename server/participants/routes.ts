import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { AssignmentService } from "../assignments/assignment-service.ts";
import {
  arrivalSchema,
  contactRequestSchema,
  contactSchema,
  joinReplySchema,
  joinRequestSchema,
  type JoinSheet,
  joinSheetSchema,
} from "../contract/judging.ts";
import { importedSchema, paymentsSchema, submissionsRequestSchema } from "../contract/payments.ts";
import {
  finishReplySchema,
  finishSchema,
  platformRequestSchema,
  platformSchema,
  platformsSchema,
} from "../contract/platforms.ts";
import { paged, pageOf, pageQuerySchema } from "../contract/paging.ts";
import { access, bearerOf, nameOf, requireRight } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { stagesFor } from "../studies/entry-stages.ts";
import { sheetOf, wordsOf } from "../studies/sheet.ts";
import { contactOf } from "./contact.ts";
import { finishOf, stop } from "./finish.ts";
import { join } from "./join.ts";
import { paymentsOf } from "./payments.ts";
import { removePlatform, setPlatform, showPlatforms } from "./set-platform.ts";
import { importSubmissions } from "./submissions.ts";
import { decline, welcome } from "./welcome.ts";

const params = z.strictObject({ study: z.string().max(100) });
/** A platform's list of many thousand submissions. */
const SUBMISSIONS_BYTES_MAX = 20 * 2 ** 20;
const paymentsQuery = pageQuerySchema.extend({ group: z.string().max(100).optional() });
const groupQuery = z.strictObject({ group: z.string().max(200).optional() });
const languageQuery = z.strictObject({ language: z.string().max(35).default("en") });
/** From one address: a whole class behind one router may start at once. */
const JOINS_A_MINUTE = 120;

/** How people come by a shared link, and how they get back; for the owner, how a platform is set. */
export function participantRoutes(service: AssignmentService, origin: () => string): FastifyPluginAsyncZod {
  const { context } = service;
  return async (app) => {
    const finish = { ...access("annotator"), schema: { response: replies(finishReplySchema) } };
    app.post("/api/judge/finish", finish, async (request) => ({
      finish: await finishOf(service, bearerOf(request)),
    }));
    app.post("/api/judge/stop", finish, async (request) => {
      await stop(service, bearerOf(request));
      return { finish: await finishOf(service, bearerOf(request)) };
    });
    await app.register(joinRoutes(service, () => new URL(origin()).hostname));
    app.get(
      "/api/studies/:study/platform",
      { ...access("people"), schema: { params, response: replies(platformsSchema) } },
      async ({ params: { study } }) => ({
        platforms: await showPlatforms(context, { study, origin: origin() }),
      }),
    );
    app.post(
      "/api/studies/:study/platform",
      {
        ...access("people"),
        schema: { params, body: platformRequestSchema, response: replies(platformSchema) },
      },
      async (request) =>
        setPlatform(context, {
          ...request.body,
          ...request.params,
          origin: origin(),
          by: nameOf(request),
        }),
    );
    app.post(
      "/api/studies/:study/platform/submissions",
      {
        ...access("people"),
        bodyLimit: SUBMISSIONS_BYTES_MAX,
        schema: { params, body: submissionsRequestSchema, response: replies(importedSchema) },
      },
      async (request) => {
        await requireRight(request, request.body.exclude ? "edit" : "people");
        return importSubmissions(context, { ...request.body, ...request.params, by: nameOf(request) });
      },
    );
    app.get(
      "/api/studies/:study/payments",
      {
        ...access("people"),
        schema: { params, querystring: paymentsQuery, response: replies(paged(paymentsSchema)) },
      },
      async ({ params: { study }, query }) =>
        pageOf({ payments: await paymentsOf(context, study, query) }, "payments", query),
    );
    app.delete(
      "/api/studies/:study/platform",
      {
        ...access("people"),
        schema: { params, querystring: groupQuery, response: replies(platformsSchema) },
      },
      async (request) => {
        const { study } = request.params;
        await removePlatform(context, { study, group: request.query.group, by: nameOf(request) });
        return { platforms: await showPlatforms(context, { study, origin: origin() }) };
      },
    );
  };
}

/** The link and the ids of a platform are in the bodies: addresses end up in logs. */
function joinRoutes(service: AssignmentService, host: () => string): FastifyPluginAsyncZod {
  const { context } = service;
  const limited = {
    config: { ...access("public").config, rateLimit: { max: JOINS_A_MINUTE, timeWindow: "1 minute" } },
  };
  return async (app) => {
    app.post(
      "/api/join/sheet",
      {
        ...access("public"),
        schema: { body: arrivalSchema, querystring: languageQuery, response: replies(joinSheetSchema) },
      },
      async ({ body, query }): Promise<JoinSheet> => {
        const { studyId, group, ...found } = await welcome(context, { ...body, host: host() });
        const words = await context.database.read((reader) => wordsOf(reader, studyId));
        const hasEntry = stagesFor(words.protocol, { group, isJoined: true, judged: 0 }).length > 0;
        return { ...(await sheetOf(words, query.language, service.services.render)), ...found, hasEntry };
      },
    );
    app.post(
      "/api/join",
      { ...limited, schema: { body: joinRequestSchema, response: replies(joinReplySchema) } },
      async ({ body }) => ({ token: await join(context, { ...body, host: host() }) }),
    );
    app.post(
      "/api/contact",
      { ...limited, schema: { body: contactRequestSchema, response: replies(contactSchema) } },
      async ({ body }) => contactOf(context, body.link),
    );
    app.post(
      "/api/join/decline",
      { ...limited, schema: { body: arrivalSchema, response: replies(finishSchema) } },
      async ({ body }) => decline(context, { ...body, host: host() }),
    );
  };
}
