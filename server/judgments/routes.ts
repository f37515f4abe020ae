import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { now } from "../context.ts";
import type { StudyState } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import type { AssignmentService } from "../assignments/assignment-service.ts";
import {
  earlierReplySchema,
  earlierRequestSchema,
  joinReplySchema,
  type JoinSheet,
  joinSheetSchema,
  joinRequestSchema,
  judgmentReplySchema,
  judgmentRequestSchema,
  type Sheet,
  sheetSchema,
  skipReplySchema,
  skipRequestSchema,
  workRequestSchema,
  workSchema,
} from "../contract/judging.ts";
import { access, bearerOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { joinByOpenLink } from "../studies/annotators.ts";
import { LinkNotValid, LinkRevoked } from "../studies/errors.ts";
import { joinStateOf } from "../studies/join-state.ts";
import { hashToken } from "../studies/keys.ts";
import { sheetOf } from "../studies/sheet.ts";
import { currentProtocol } from "../studies/store.ts";
import { earlierJudgment } from "./earlier.ts";
import { recordJudgment } from "./record.ts";
import { recordSkip } from "./skip.ts";

const languageQuery = z.strictObject({ language: z.string().max(35).default("en") });
/** From one address: a whole class behind one router may start at once. */
const JOINS_A_MINUTE = 120;

/** The annotator's side of the wire: what is asked, the work, the judgments, and the open link. */
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
    app.post(
      "/api/join/sheet",
      {
        ...access("public"),
        schema: { body: joinRequestSchema, querystring: languageQuery, response: replies(joinSheetSchema) },
      },
      async (request) => joinSheetFor(service, request.body.link, request.query.language),
    );
    app.post(
      "/api/join",
      {
        config: { ...access("public").config, rateLimit: { max: JOINS_A_MINUTE, timeWindow: "1 minute" } },
        schema: { body: joinRequestSchema, response: replies(joinReplySchema) },
      },
      async (request) => ({ token: await joinByOpenLink(service.context, request.body.link) }),
    );
  };
}

interface Opened {
  readonly studyId: number;
  readonly revokedAt: string | null;
}

const studyOfAnnotator = statement<{ hash: string }, Opened>((db, param) =>
  db
    .selectFrom("annotator")
    .select(["study_id as studyId", "link_revoked_at as revokedAt"])
    .where("token_hash", "=", param("hash")),
);
const groupOfOpenLink = statement<{ hash: string }, Opened & { groupId: number; state: StudyState }>(
  (db, param) =>
    db
      .selectFrom("annotator_group as g")
      .innerJoin("study as s", "s.id", "g.study_id")
      .select(["g.study_id as studyId", "g.id as groupId", "s.state"])
      .select("g.open_link_revoked_at as revokedAt")
      .where("g.open_token_hash", "=", param("hash")),
);

async function sheetFor(service: AssignmentService, token: string, language: string): Promise<Sheet> {
  const words = await service.context.database.read(async (reader) => {
    const [found] = await reader.run(studyOfAnnotator, { hash: hashToken(token) });
    if (!found) throw new LinkNotValid();
    if (found.revokedAt !== null) throw new LinkRevoked();
    return wordsOf(reader, found.studyId);
  });
  return sheetOf(words, language, service.services.render);
}

/** What is asked, and whether somebody who starts now would find anything to do. */
async function joinSheetFor(service: AssignmentService, link: string, language: string): Promise<JoinSheet> {
  const { words, state } = await service.context.database.read(async (reader) => {
    const [found] = await reader.run(groupOfOpenLink, { hash: hashToken(link) });
    if (!found) throw new LinkNotValid();
    if (found.revokedAt !== null) throw new LinkRevoked();
    const state = await joinStateOf(reader, { ...found, at: now(service.context) });
    return { words: await wordsOf(reader, found.studyId), state };
  });
  return { ...(await sheetOf(words, language, service.services.render)), state };
}

async function wordsOf(reader: Reader, studyId: number) {
  const { protocol } = await currentProtocol(reader, studyId);
  const study = await reader.db
    .selectFrom("study")
    .select("public_title")
    .where("id", "=", studyId)
    .executeTakeFirstOrThrow();
  return { title: study.public_title, protocol };
}
