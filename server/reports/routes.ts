import { ESTIMATOR_VERSION } from "./estimator.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { type Beside, besideQuerySchema, besideSchema } from "../contract/beside.ts";
import { access, bearerOf, nameOf, requireRight } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { shareReplySchema, shareRequestSchema } from "../contract/studies.ts";
import { pilotSchema } from "../contract/plan.ts";
import { pilotOf } from "./pilot.ts";
import { links } from "../studies/links.ts";
import { requireReader } from "./readers.ts";
import { REPORT_PARTS, type ReportService, type ReportPart, type ReportRequest } from "./report-service.ts";
import { sharedBy, shareResults } from "./share.ts";
import { snapshotPart } from "./snapshots.ts";
import { etagFor } from "./snapshot-key.ts";

const params = z.strictObject({ study: z.string().max(100) });
const querystring = z.strictObject({
  group: z.string().max(100).optional(),
  part: z.enum(REPORT_PARTS as [ReportPart, ...ReportPart[]]).default("report"),
  /** With `value`: the prompts of one part alone, as the slices name it. */
  field: z.string().max(200).optional(),
  value: z.string().max(1000).optional(),
});

const REPORT =
  "The report, or the part of it that was asked for: see docs/report.schema.json, where each part has its schema.";

/** What is asked of the report, in its own words. */
const askedOf = ({ field, value, ...rest }: z.infer<typeof querystring>) => ({
  ...rest,
  ...(field !== undefined && value !== undefined ? { prompts: { field, value } } : {}),
});

interface ReportParts {
  readonly context: Context;
  readonly reports: ReportService;
  /** The address that links carry. */
  readonly origin: () => string;
}

/** The report or a part of it, for members by the study's name and for the holder of a share link. */
export function reportRoutes({ context, reports, origin }: ReportParts): FastifyPluginAsyncZod {
  const schema = { querystring, response: { ...replies(z.unknown().describe(REPORT)), 304: z.null() } };
  const send = (request: ReportRequest, http: Http) => sendReport({ context, reports }, request, http);
  return async (app) => {
    app.get(
      "/api/studies/:study/report",
      { ...access("reader"), schema: { ...schema, params } },
      async (request, reply) => {
        const { study } = request.params;
        await requireReader(context, request, study);
        request.resultsOf = study;
        return send({ study, ...askedOf(request.query) }, { request, reply });
      },
    );
    app.get(
      "/api/studies/:study/pilot",
      { ...access("results"), schema: { params, response: replies(pilotSchema) } },
      async (request) => {
        request.resultsOf = request.params.study;
        return pilotOf(reports, request.params.study);
      },
    );
    app.get(
      "/api/studies/:study/beside",
      {
        ...access("results"),
        schema: { params, querystring: besideQuerySchema, response: replies(besideSchema) },
      },
      async (request) => {
        const { study: first } = request.params;
        const { with: second } = request.query;
        await requireRight(request, "results", second);
        request.resultsOf = [first, second];
        return JSON.parse(await reports.answer({ beside: { first, second } })) as Beside;
      },
    );
    app.get("/api/results", { ...access("reader"), schema }, async (request, reply) => {
      const { study, snapshotId } = await sharedBy(context, bearerOf(request));
      request.resultsOf = study;
      const http = { request, reply };
      if (snapshotId === null) return send({ study, ...askedOf(request.query) }, http);
      return sendSnapshot(context, { snapshotId, part: request.query.part }, http);
    });
    app.post(
      "/api/studies/:study/share",
      {
        ...access("manage"),
        schema: { params, body: shareRequestSchema, response: replies(shareReplySchema) },
      },
      async (request) => {
        const { study } = request.params;
        const { token, snapshot } = await shareResults(context, {
          study,
          ...request.body,
          by: nameOf(request),
        });
        return { url: links.results(origin(), token), snapshot };
      },
    );
  };
}

interface Http {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Nothing is computed for a reader who has the report as it stands. */
async function sendReport(
  { context, reports }: Pick<ReportParts, "context" | "reports">,
  asked: ReportRequest,
  { request, reply }: Http,
) {
  const { field, value } = asked.prompts ?? {};
  const options = { group: asked.group, format: JSON.stringify([asked.part, field, value]) };
  const etag = await context.database.read((reader) => etagFor(reader, asked.study, options));
  reply.header("etag", etag).header("cache-control", "private, no-cache");
  if (request.headers["if-none-match"] === etag) {
    reply.code(304);
    return null;
  }
  return reply.type("application/json; charset=utf-8").send(await reports.answer(asked));
}

/** A kept report never changes: neither does its ETag. */
async function sendSnapshot(
  context: Context,
  { snapshotId, part }: { snapshotId: number; part: ReportPart },
  { request, reply }: Http,
) {
  const etag = `"snapshot-${snapshotId}-${part}-${ESTIMATOR_VERSION}"`;
  reply.header("etag", etag).header("cache-control", "private, no-cache");
  if (request.headers["if-none-match"] === etag) {
    reply.code(304);
    return null;
  }
  return reply.type("application/json; charset=utf-8").send(await snapshotPart(context, snapshotId, part));
}
