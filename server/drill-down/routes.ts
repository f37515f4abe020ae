import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  adjudicateRequestSchema,
  comparisonFoundSchema,
  comparisonQuerySchema,
  judgedPageSchema,
  judgedQuerySchema,
  noteRequestSchema,
  studyNotesSchema,
  writtenOnSchema,
} from "../contract/judged.ts";
import { paged, pageOf, pageQuerySchema } from "../contract/paging.ts";
import { access, bearerOf, callerOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { requireReader } from "../reports/readers.ts";
import { sharedBy } from "../reports/share.ts";
import { SnapshotHoldsNoJudgments } from "./errors.ts";
import { judgedComparisons, type ReadingParts } from "./judged.ts";
import { adjudicate, type Author, changeNote, withdrawAdjudication, writeNote } from "./notes.ts";

import { comparisonNamed, studyNotes } from "./study-notes.ts";

const params = z.strictObject({ study: z.string().max(100) });
const onePart = params.extend({ id: z.coerce.number().int().positive() });

/** The reading room: for members who may see the results, and read-only for the holder of a link to the live results. */
export function drillDownRoutes(parts: ReadingParts): FastifyPluginAsyncZod {
  const { context } = parts;
  const schema = { querystring: judgedQuerySchema, response: replies(judgedPageSchema) };
  return async (app) => {
    app.get(
      "/api/studies/:study/judged",
      { ...access("reader"), schema: { params, ...schema } },
      async (request) => {
        const { study } = request.params;
        await requireReader(context, request, study);
        request.resultsOf = study;
        const member = request.caller === null ? null : await authorOf(request, study);
        return judgedComparisons(parts, study, { query: request.query, member });
      },
    );
    app.get("/api/results/judged", { ...access("reader"), schema }, async (request) => {
      const { study, snapshotId } = await sharedBy(context, bearerOf(request));
      if (snapshotId !== null) throw new SnapshotHoldsNoJudgments();
      request.resultsOf = study;
      return judgedComparisons(parts, study, { query: request.query, member: null });
    });
    await app.register(writingRoutes(parts));
  };
}

/** Notes, by whoever reads the results; and adjudicated answers, which the report shows, by whoever may change the study. */
function writingRoutes({ context }: ReadingParts): FastifyPluginAsyncZod {
  const response = replies(writtenOnSchema);
  const of = async (request: FastifyRequest<{ Params: { study: string; id: number } }>) => {
    const { study, id } = request.params;
    request.changed = { object: String(id) };
    return { study, comparison: id, author: await authorOf(request, study) };
  };
  return async (app) => {
    app.get(
      "/api/studies/:study/notes",
      {
        ...access("results"),
        schema: { params, querystring: pageQuerySchema, response: replies(paged(studyNotesSchema)) },
      },
      async (request) => {
        const { study } = request.params;
        request.resultsOf = study;
        return pageOf(await studyNotes(context, study), "notes", request.query);
      },
    );
    app.get(
      "/api/studies/:study/comparisons",
      {
        ...access("results"),
        schema: { params, querystring: comparisonQuerySchema, response: replies(comparisonFoundSchema) },
      },
      async (request) => comparisonNamed(context, request.params.study, request.query),
    );
    app.post(
      "/api/studies/:study/comparisons/:id/notes",
      { ...access("results"), schema: { params: onePart, body: noteRequestSchema, response } },
      async (request) => writeNote(context, { ...(await of(request)), ...request.body }),
    );
    app.patch(
      "/api/studies/:study/notes/:id",
      { ...access("results"), schema: { params: onePart, body: noteRequestSchema, response } },
      async (request) => {
        const { study, comparison: note, author } = await of(request);
        return changeNote(context, { study, note, author, ...request.body });
      },
    );
    app.delete(
      "/api/studies/:study/notes/:id",
      { ...access("results"), schema: { params: onePart, response } },
      async (request) => {
        const { study, comparison: note, author } = await of(request);
        return changeNote(context, { study, note, author, text: null });
      },
    );
    app.post(
      "/api/studies/:study/comparisons/:id/adjudication",
      { ...access("edit"), schema: { params: onePart, body: adjudicateRequestSchema, response } },
      async (request) => adjudicate(context, { ...(await of(request)), ...request.body }),
    );
    app.delete(
      "/api/studies/:study/comparisons/:id/adjudication",
      { ...access("edit"), schema: { params: onePart, response } },
      async (request) => withdrawAdjudication(context, await of(request)),
    );
  };
}

/** Who reads or writes, and whether they may change what others wrote. */
async function authorOf(request: FastifyRequest, study: string): Promise<Author> {
  const { name, accountId, rightsIn } = callerOf(request);
  const rights = await rightsIn(study);
  return { name, accountId, isOwner: rights.has("manage"), mayAdjudicate: rights.has("edit") };
}
