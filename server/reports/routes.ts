import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { reportSchema } from "../contract/report.ts";
import { access, bearerOf, type OwnerCheck, SignInNeeded } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { studyOfShare } from "../studies/share.ts";
import { buildReport } from "./report.ts";
import { etagFor } from "./snapshot-key.ts";

const params = z.strictObject({ study: z.string().max(100) });
const querystring = z.strictObject({ group: z.string().max(100).optional() });

/** The report, for the owner by the study's name and for the holder of a share link. */
export function reportRoutes(context: Context, isOwner: OwnerCheck): FastifyPluginAsyncZod {
  const schema = { querystring, response: { ...replies(reportSchema), 304: z.null() } };
  return async (app) => {
    app.get(
      "/api/studies/:study/report",
      { ...access("reader"), schema: { ...schema, params } },
      async (request, reply) => {
        const { study } = request.params;
        if (!(await isOwner(request)) && (await sharedStudy(context, request)) !== study)
          throw new SignInNeeded();
        return sendReport(context, { study, group: request.query.group }, { request, reply });
      },
    );
    app.get("/api/results", { ...access("reader"), schema }, async (request, reply) => {
      const study = await studyOfShare(context, bearerOf(request));
      return sendReport(context, { study, group: request.query.group }, { request, reply });
    });
  };
}

async function sharedStudy(context: Context, request: FastifyRequest): Promise<string | null> {
  if (request.headers.authorization === undefined) return null;
  return studyOfShare(context, bearerOf(request));
}

/** Nothing is computed for a reader who has the report as it stands. */
async function sendReport(
  context: Context,
  options: { study: string; group: string | undefined },
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
) {
  const etag = await context.database.read((reader) => etagFor(reader, options.study, options));
  reply.header("etag", etag).header("cache-control", "private, no-cache");
  if (request.headers["if-none-match"] === etag) {
    reply.code(304);
    return null as never;
  }
  return buildReport(context, options);
}
