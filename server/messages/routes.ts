import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { AssignmentService } from "../assignments/assignment-service.ts";
import { paged, pageOf, pageQuerySchema } from "../contract/paging.ts";
import {
  answerRequestSchema,
  guessReplySchema,
  guessRequestSchema,
  messageRequestSchema,
  studyMessagesSchema,
  threadSchema,
} from "../contract/remarks.ts";
import { access, bearerOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { answer, studyMessages } from "./for-owner.ts";
import { giveGuess, openThread, sendMessage } from "./thread.ts";

const params = z.strictObject({ study: z.string().max(100) });

/** Messages between annotators and the owner, and what annotators guessed at the end. */
export function messageRoutes(service: AssignmentService): FastifyPluginAsyncZod {
  const { context } = service;
  const thread = replies(threadSchema);
  const all = replies(studyMessagesSchema);
  return async (app) => {
    app.post(
      "/api/judge/messages",
      { ...access("annotator"), schema: { body: messageRequestSchema, response: thread } },
      async (request) => sendMessage(service, bearerOf(request), request.body),
    );
    app.post(
      "/api/judge/messages/open",
      { ...access("annotator"), schema: { response: thread } },
      async (request) => openThread(service, bearerOf(request)),
    );
    app.post(
      "/api/judge/guess",
      { ...access("annotator"), schema: { body: guessRequestSchema, response: replies(guessReplySchema) } },
      async (request) => {
        await giveGuess(service, bearerOf(request), request.body);
        return { accepted: true as const };
      },
    );
    app.get(
      "/api/studies/:study/messages",
      {
        ...access("people"),
        schema: { params, querystring: pageQuerySchema, response: replies(paged(studyMessagesSchema)) },
      },
      async ({ params: { study }, query }) => pageOf(await studyMessages(context, study), "messages", query),
    );
    app.post(
      "/api/studies/:study/messages",
      { ...access("people"), schema: { params, body: answerRequestSchema, response: all } },
      async (request) => answer(context, { ...request.params, ...request.body }),
    );
  };
}
