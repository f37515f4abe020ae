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
import {
  displayNameSchema,
  outlookSchema,
  studyChangeSchema,
  studyNamedSchema,
} from "../contract/study-names.ts";
import { access } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { deleteStudy, requireDraft } from "./delete-study.ts";
import { listStudies, studyDetail } from "./detail.ts";
import { invite } from "./links.ts";
import { renameStudy, setDisplayName } from "./naming.ts";
import { outlookOf } from "./outlook.ts";
import { previewStudy } from "./preview.ts";
import { changeProtocol, changeState, copyStudy, createStudy } from "./study.ts";

interface StudyServices {
  readonly context: Context;
  readonly origin: () => string;
  readonly render: (turns: string[]) => Promise<string[]>;
  /** Deletes the files that wait to be loaded into a study. */
  readonly dropUploads: (study: string) => Promise<void>;
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
    await app.register(namingRoutes(services));
    await app.register(linkRoutes(services));
  };
}

/** Names of a study and its systems, copies of it, and its deletion. */
function namingRoutes({ context, dropUploads }: StudyServices): FastifyPluginAsyncZod {
  const detail = replies(studyDetailSchema);
  return async (app) => {
    app.patch(
      "/api/studies/:study",
      { ...access("owner"), schema: { params, body: studyChangeSchema, response: detail } },
      async ({ params: { study }, body }) => {
        await renameStudy(context, { ...body, study, by: BY });
        return studyDetail(context, body.name ?? study);
      },
    );
    app.patch(
      "/api/studies/:study/systems",
      { ...access("owner"), schema: { params, body: displayNameSchema, response: detail } },
      async ({ params: { study }, body }) => {
        await setDisplayName(context, { ...body, study, by: BY });
        return studyDetail(context, study);
      },
    );
    app.get(
      "/api/studies/:study/outlook",
      { ...access("owner"), schema: { params, response: replies(outlookSchema) } },
      async (request) => outlookOf(context, request.params.study),
    );
    app.post(
      "/api/studies/:study/copy",
      { ...access("owner"), schema: { params, body: studyNamedSchema, response: detail } },
      async ({ params: { study }, body }) => {
        await copyStudy(context, study, body.name);
        return studyDetail(context, body.name);
      },
    );
    app.delete(
      "/api/studies/:study",
      {
        ...access("owner"),
        schema: { params, body: studyNamedSchema, response: replies(z.array(studySummarySchema)) },
      },
      async ({ params: { study }, body }) => {
        await requireDraft(context, study, body.name);
        await dropUploads(study);
        await deleteStudy(context, study);
        return listStudies(context);
      },
    );
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
