import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import {
  inviteReplySchema,
  inviteRequestSchema,
  previewSchema,
  protocolPatchSchema,
  studyCreateSchema,
  studyDetailSchema,
  studySummarySchema,
} from "../contract/studies.ts";
import { access } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { listStudies, studyDetail } from "./detail.ts";
import { invite } from "./links.ts";
import { previewStudy } from "./preview.ts";
import { changeProtocol, changeState, createStudy } from "./study.ts";

interface StudyServices {
  readonly context: Context;
  readonly origin: () => string;
  readonly render: (turns: string[]) => Promise<string[]>;
  /** Renders new texts in the background. */
  readonly renderSoon: () => void;
}

const params = z.strictObject({ study: z.string().max(100) });
const stateSchema = z.strictObject({ state: z.enum(["open", "paused", "closed"]) });
const languageQuery = z.strictObject({ language: z.string().max(35).default("en") });
const BY = "owner";

/** The researcher's side: studies, their protocol and state, and the links to them. */
export function studyRoutes(services: StudyServices): FastifyPluginAsyncZod {
  const { context } = services;
  const detail = replies(studyDetailSchema);
  return async (app) => {
    app.get(
      "/api/studies",
      { ...access("owner"), schema: { response: replies(z.array(studySummarySchema)) } },
      async () => listStudies(context),
    );
    app.post(
      "/api/studies",
      { ...access("owner"), schema: { body: studyCreateSchema, response: detail } },
      async ({ body }) => {
        await createStudy(context, body);
        return studyDetail(context, body.name);
      },
    );
    app.get(
      "/api/studies/:study",
      { ...access("owner"), schema: { params, response: detail } },
      async (request) => studyDetail(context, request.params.study),
    );
    app.patch(
      "/api/studies/:study/protocol",
      { ...access("owner"), schema: { params, body: protocolPatchSchema, response: detail } },
      async (request) => {
        await changeProtocol(context, request.params.study, request.body);
        return studyDetail(context, request.params.study);
      },
    );
    app.post(
      "/api/studies/:study/state",
      { ...access("owner"), schema: { params, body: stateSchema, response: detail } },
      async (request) => {
        await changeState(context, { study: request.params.study, to: request.body.state, by: BY });
        services.renderSoon();
        return studyDetail(context, request.params.study);
      },
    );
    await app.register(linkRoutes(services));
  };
}

function linkRoutes({ context, origin, render }: StudyServices): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/api/studies/:study/invite",
      {
        ...access("owner"),
        schema: { params, body: inviteRequestSchema, response: replies(inviteReplySchema) },
      },
      async (request) =>
        invite(context, { ...request.body, study: request.params.study, origin: origin(), by: BY }),
    );
    app.get(
      "/api/studies/:study/preview",
      {
        ...access("owner"),
        schema: { params, querystring: languageQuery, response: replies(previewSchema) },
      },
      async (request) =>
        previewStudy(context, { study: request.params.study, language: request.query.language }, render),
    );
  };
}
