import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { ownStudy } from "../accounts/members.ts";
import type { Context } from "../context.ts";
import { PAGE_ITEMS, type PageQuery, pageQuerySchema } from "../contract/paging.ts";
import { protocolChangeSchema } from "../contract/protocol-change.ts";
import {
  inviteReplySchema,
  inviteRequestSchema,
  previewSchema,
  studyCreateSchema,
  studyDetailSchema,
} from "../contract/studies.ts";
import { type Studies, studiesSchema } from "../contract/study-list.ts";
import {
  displayNameSchema,
  outlookSchema,
  studyChangeSchema,
  studyNamedSchema,
} from "../contract/study-names.ts";
import { studyPeopleSchema } from "../contract/study-people.ts";
import { access, callerOf, nameOf, requireRight } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { amendmentRoutes } from "./amendments/routes.ts";
import { deleteStudy, requireDraft } from "./delete-study.ts";
import { pageOfStudies, studyDetail, studyPeople } from "./detail.ts";
import { invite } from "./links.ts";
import { renameStudy, setDisplayName } from "./naming.ts";
import { outlookOf } from "./outlook.ts";
import { previewStudy } from "./preview.ts";
import { changeProtocol, changeState, copyStudy, createStudy } from "./study.ts";

interface StudyServices {
  readonly context: Context;
  readonly origin: () => string;
  readonly render: (turns: string[]) => Promise<string[]>;
  /** The files that wait to be loaded into a study; `drop` deletes them. */
  readonly uploads: (study: string) => Promise<{ drop: () => Promise<void> }>;
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
      {
        ...access("member"),
        schema: { querystring: pageQuerySchema, response: replies(studiesSchema) },
      },
      (request) => studiesFor(context, request, request.query),
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
      { ...access("edit"), schema: { params, body: protocolChangeSchema, response: detail } },
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
    await app.register(namingRoutes(services));
    await app.register(amendmentRoutes(services));
    await app.register(linkRoutes(services));
  };
}

/** The studies of which who sent the request may know. */
async function studiesFor(context: Context, request: FastifyRequest, page: PageQuery): Promise<Studies> {
  const { rightsIn } = callerOf(request);
  const isSeen = async (study: string) => (await rightsIn(study)).has("view");
  return pageOfStudies(context, { ...page, isSeen });
}

/** Names of a study and its systems, copies of it, and its deletion. */
function namingRoutes({ context, uploads }: StudyServices): FastifyPluginAsyncZod {
  const detail = replies(studyDetailSchema);
  return async (app) => {
    app.patch(
      "/api/studies/:study",
      { ...access("edit"), schema: { params, body: studyChangeSchema, response: detail } },
      async (request) => {
        const { study } = request.params;
        const { name = study } = request.body;
        await renameStudy(context, { ...request.body, study, by: nameOf(request) });
        if (name !== study) request.changed = { detail: `${study} → ${name}` };
        return studyDetail(context, name);
      },
    );
    app.patch(
      "/api/studies/:study/systems",
      { ...access("edit"), schema: { params, body: displayNameSchema, response: detail } },
      async (request) => {
        const { study } = request.params;
        const { system, displayName } = request.body;
        await setDisplayName(context, { ...request.body, study, by: nameOf(request) });
        request.changed = { object: system, detail: displayName };
        return studyDetail(context, study);
      },
    );
    app.get(
      "/api/studies/:study/outlook",
      { ...access("edit"), schema: { params, response: replies(outlookSchema) } },
      async (request) => outlookOf(context, request.params.study),
    );
    app.post(
      "/api/studies/:study/copy",
      { ...access("edit"), schema: { params, body: studyNamedSchema, response: detail } },
      async (request) => {
        const { name } = request.body;
        await requireRight(request, "edit", null);
        await copyStudy(context, request.params.study, name);
        await ownStudy(context, callerOf(request).accountId, name);
        request.changed = { detail: name };
        return studyDetail(context, name);
      },
    );
    app.delete(
      "/api/studies/:study",
      {
        ...access("manage"),
        schema: { params, body: studyNamedSchema, response: replies(studiesSchema) },
      },
      async (request) => {
        const { study } = request.params;
        await requireDraft(context, study, request.body.name);
        const { drop } = await uploads(study);
        await deleteStudy(context, study);
        await drop(); // those of a study that cannot be deleted now stay
        return studiesFor(context, request, { limit: PAGE_ITEMS });
      },
    );
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
