import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { NameNotTyped } from "../contract/errors.ts";
import { paged, pageOf, pageQuerySchema } from "../contract/paging.ts";
import { SPLITS } from "../contract/prompt-recipes.ts";
import {
  dropWantedSchema,
  PROMPT_SET_FORMATS,
  promptSetNameSchema,
  promptSetSchema,
  promptSetsSchema,
  promptsLoadedSchema,
  promptsWantedSchema,
  SET_BYTES_MAX,
  setDrawnSchema,
  versionKeptSchema,
  versionsDiffSchema,
  versionToKeepSchema,
} from "../contract/prompt-sets.ts";
import { access, nameOf, requireRight } from "../http/access.ts";
import { attached } from "../http/attached.ts";
import { replies } from "../http/errors.ts";
import { promptsOf } from "./draw.ts";
import { exportVersion } from "./export-version.ts";
import { dropPrompts, keepVersion } from "./keep.ts";
import { loadPrompts } from "./load-prompts.ts";
import { deletePromptSet, promptSet, promptSets, versionsDiff } from "./read.ts";

const params = z.strictObject({ set: promptSetNameSchema });
const number = z.coerce.number().int().min(1);
const versionQuery = z.strictObject({ version: number.optional().describe("Missing: the latest.") });
const diffQuery = z.strictObject({ from: number, to: number });
const split = z.enum(SPLITS).optional().describe("Missing: all splits.");
const exportQuery = versionQuery.extend({ as: z.enum(PROMPT_SET_FORMATS), split });
const drawQuery = pageQuerySchema.extend({
  version: number.optional(),
  split,
  size: number.describe("How many are drawn."),
  seed: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  unused: z.enum(["0", "1"]).default("0").describe("1: only prompts whose text is in no study yet."),
});
const loadBody = promptsWantedSchema.extend({
  set: promptSetNameSchema,
  dryRun: z.boolean().default(false),
  reason: z.string().max(2000).optional().describe("Why an opened study gets more to judge."),
});
const PRODUCES = [
  "application/jsonl",
  "text/csv",
  "text/markdown",
  "application/yaml",
  "application/vnd.apache.parquet",
];

/** Prompt sets, which belong to no study, and their way into studies. */
export function promptSetRoutes(context: Context, onLoaded: () => void): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(readingRoutes(context));
    app.post(
      "/api/prompt-sets/:set/versions",
      {
        config: { ...access("edit").config, longBody: true },
        bodyLimit: SET_BYTES_MAX,
        schema: { params, body: versionToKeepSchema, response: replies(versionKeptSchema) },
      },
      async (request) => {
        const kept = await keepVersion(context, {
          ...request.params,
          version: request.body,
          by: nameOf(request),
        });
        request.changed = { object: `${kept.set}@${kept.version}` };
        return kept;
      },
    );
    app.post(
      "/api/prompt-sets/:set/drop",
      { ...access("edit"), schema: { params, body: dropWantedSchema, response: replies(versionKeptSchema) } },
      async (request) => {
        const kept = await dropPrompts(context, { ...request.params, ...request.body, by: nameOf(request) });
        request.changed = { object: `${kept.set}@${kept.version}` };
        return kept;
      },
    );
    app.delete(
      "/api/prompt-sets/:set",
      {
        ...access("manage"),
        schema: {
          params,
          body: z.strictObject({ name: z.string() }),
          response: replies(z.strictObject({ deleted: z.string() })),
        },
      },
      async (request) => {
        const { set } = request.params;
        if (request.body.name !== set) throw new NameNotTyped(set);
        await deletePromptSet(context, set);
        request.changed = { object: set };
        return { deleted: set };
      },
    );
    app.post(
      "/api/studies/:study/prompts",
      {
        ...access("edit"),
        schema: {
          params: z.strictObject({ study: z.string().max(100) }),
          body: loadBody,
          response: { ...replies(promptsLoadedSchema), 422: promptsLoadedSchema },
        },
      },
      async (request, reply) => {
        await requireRight(request, "view", null);
        const asked = { ...request.params, ...request.body, by: nameOf(request), serverBeside: true };
        const loaded = await loadPrompts(context, asked);
        request.changed = { detail: `${loaded.drawn.set}@${loaded.drawn.version}` };
        onLoaded();
        return reply.code(loaded.report.done ? 200 : 422).send(loaded);
      },
    );
  };
}

const readingRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/api/prompt-sets",
      {
        ...access("view"),
        schema: { querystring: pageQuerySchema, response: replies(paged(promptSetsSchema)) },
      },
      async ({ query }) => pageOf(await promptSets(context), "sets", query),
    );
    app.get(
      "/api/prompt-sets/:set",
      {
        ...access("view"),
        schema: { params, querystring: versionQuery, response: replies(promptSetSchema) },
      },
      async ({ params: { set }, query }) => promptSet(context, set, query.version),
    );
    app.get(
      "/api/prompt-sets/:set/diff",
      {
        ...access("view"),
        schema: { params, querystring: diffQuery, response: replies(versionsDiffSchema) },
      },
      async ({ params: { set }, query }) => versionsDiff(context, set, query),
    );
    app.get(
      "/api/prompt-sets/:set/draw",
      {
        ...access("view"),
        schema: { params, querystring: drawQuery, response: replies(paged(setDrawnSchema)) },
      },
      async ({ params: { set }, query }) => {
        const { version, split: own, size, seed, unused, ...page } = query;
        const draw = { size, seed, unused: unused === "1" };
        return pageOf(await promptsOf(context, set, { version, split: own, draw }), "items", page);
      },
    );
    app.get(
      "/api/prompt-sets/:set/export",
      {
        config: { ...access("view").config, produces: PRODUCES },
        schema: { params, querystring: exportQuery, response: replies(z.unknown().describe("The file.")) },
      },
      async ({ params: { set }, query }, reply) => {
        const { name, type, body } = await exportVersion(context, { set, ...query });
        return attached(reply, { type, name }).send(body);
      },
    );
  };
