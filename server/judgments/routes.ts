import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { statement } from "../storage/statement.ts";
import type { WorkDesk } from "../assignments/work.ts";
import {
  earlierReplySchema,
  earlierRequestSchema,
  joinReplySchema,
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
export function judgingRoutes(desk: WorkDesk): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/api/judge/sheet",
      { ...access("annotator"), schema: { querystring: languageQuery, response: replies(sheetSchema) } },
      async (request) => sheetFor(desk, { annotator: bearerOf(request) }, request.query.language),
    );
    app.post(
      "/api/judge/work",
      { ...access("annotator"), schema: { body: workRequestSchema, response: replies(workSchema) } },
      async (request) => desk.workFor(bearerOf(request), request.body.holding),
    );
    app.post(
      "/api/judge/judgments",
      {
        ...access("annotator"),
        schema: { body: judgmentRequestSchema, response: replies(judgmentReplySchema) },
      },
      async (request) => recordJudgment(desk, bearerOf(request), request.body),
    );
    app.post(
      "/api/judge/skips",
      { ...access("annotator"), schema: { body: skipRequestSchema, response: replies(skipReplySchema) } },
      async (request) => recordSkip(desk, bearerOf(request), request.body),
    );
    app.post(
      "/api/judge/earlier",
      {
        ...access("annotator"),
        schema: { body: earlierRequestSchema, response: replies(earlierReplySchema) },
      },
      async (request) => earlierJudgment(desk, bearerOf(request), request.body.before),
    );
    app.post(
      "/api/join/sheet",
      {
        ...access("public"),
        schema: { body: joinRequestSchema, querystring: languageQuery, response: replies(sheetSchema) },
      },
      async (request) => sheetFor(desk, { openLink: request.body.link }, request.query.language),
    );
    app.post(
      "/api/join",
      {
        config: { ...access("public").config, rateLimit: { max: JOINS_A_MINUTE, timeWindow: "1 minute" } },
        schema: { body: joinRequestSchema, response: replies(joinReplySchema) },
      },
      async (request) => ({ token: await joinByOpenLink(desk.context, request.body.link) }),
    );
  };
}

type Holder = { annotator: string } | { openLink: string };

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
const studyOfOpenLink = statement<{ hash: string }, Opened>((db, param) =>
  db
    .selectFrom("annotator_group")
    .select(["study_id as studyId", "open_link_revoked_at as revokedAt"])
    .where("open_token_hash", "=", param("hash")),
);

async function sheetFor(desk: WorkDesk, holder: Holder, language: string): Promise<Sheet> {
  const words = await desk.context.database.read(async (reader) => {
    const [found] =
      "annotator" in holder
        ? await reader.run(studyOfAnnotator, { hash: hashToken(holder.annotator) })
        : await reader.run(studyOfOpenLink, { hash: hashToken(holder.openLink) });
    if (!found) throw new LinkNotValid();
    if (found.revokedAt !== null) throw new LinkRevoked();
    const { protocol } = await currentProtocol(reader, found.studyId);
    const study = await reader.db
      .selectFrom("study")
      .select("public_title")
      .where("id", "=", found.studyId)
      .executeTakeFirstOrThrow();
    return { title: study.public_title, protocol };
  });
  return sheetOf(words, language, desk.services.render);
}
