import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { ownStudy } from "../accounts/members.ts";
import type { Context } from "../context.ts";
import {
  inviteReplySchema,
  inviteRequestSchema,
  previewSchema,
  protocolPatchSchema,
  studyCreateSchema,
  studyDetailSchema,
  type StudySummary,
  studySummarySchema,
} from "../contract/studies.ts";
import { studyPeopleSchema } from "../contract/study-people.ts";
import { access, callerOf, nameOf, requireRight } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { listStudies, studyDetail, studyPeople } from "./detail.ts";
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

/** The researcher's side: studies, their protocol and state, and the links to them. */
export function studyRoutes(services: StudyServices): FastifyPluginAsyncZod {
  const { context } = services;
  const detail = replies(studyDetailSchema);
  return async (app) => {
    app.get(
      "/api/studies",
      { ...access("member"), schema: { response: replies(z.array(studySummarySchema)) } },
      async (request) => {
        const { rightsIn } = callerOf(request);
        const seen: StudySummary[] = [];
        for (const study of await listStudies(context))
          if ((await rightsIn(study.name)).has("view")) seen.push(study);
        return seen;
      },
    );
    app.post(
      "/api/studies",
      { ...access("edit"), schema: { body: studyCreateSchema, response: detail } },
      async (request) => {
        const { body } = request;
        await createStudy(context, body);
        await ownStudy(context, callerOf(request).accountId, body.name);
        request.changed = { object: body.name };
        return studyDetail(context, body.name);
      },
    );
    app.get(
      "/api/studies/:study",
      { ...access("results"), schema: { params, response: detail } },
      async (request) => studyDetail(context, request.params.study),
    );
    app.get(
      "/api/studies/:study/people",
      { ...access("people"), schema: { params, response: replies(studyPeopleSchema) } },
      async (request) => studyPeople(context, request.params.study),
    );
    app.patch(
      "/api/studies/:study/protocol",
      { ...access("edit"), schema: { params, body: protocolPatchSchema, response: detail } },
      async (request) => {
        await changeProtocol(context, request.params.study, request.body);
        return studyDetail(context, request.params.study);
      },
    );
    app.post(
      "/api/studies/:study/state",
      { ...access("edit"), schema: { params, body: stateSchema, response: detail } },
      async (request) => {
        if (request.body.state === "closed") await requireRight(request, "manage");
        await changeState(context, {
          study: request.params.study,
          to: request.body.state,
          by: nameOf(request),
        });
        request.changed = { detail: request.body.state };
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
        ...access("people"),
        schema: { params, body: inviteRequestSchema, response: replies(inviteReplySchema) },
      },
      async (request) =>
        invite(context, {
          ...request.body,
          study: request.params.study,
          origin: origin(),
          by: nameOf(request),
        }),
    );
    app.get(
      "/api/studies/:study/preview",
      {
        ...access("view"),
        schema: { params, querystring: languageQuery, response: replies(previewSchema) },
      },
      async (request) =>
        previewStudy(context, { study: request.params.study, language: request.query.language }, render),
    );
  };
}
