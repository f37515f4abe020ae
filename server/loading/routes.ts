import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { Readable } from "node:stream";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Context, newToken } from "../context.ts";
import { amendmentReasonSchema } from "../contract/amendments.ts";
import { TiebreakError } from "../contract/errors.ts";
import { loadReportSchema } from "../contract/loading.ts";
import { access, nameOf } from "../http/access.ts";
import { replies } from "../http/errors.ts";
import { findFiles } from "./find-files.ts";
import { loadFiles } from "./load-files.ts";
import { builtInRecipe } from "./named-recipe.ts";
import { ENCODING_UNKNOWN, isEncoding } from "./reading/encodings.ts";
import { parseFieldMap } from "./reading/field-map.ts";
import { parseGroupName } from "./reading/group-name.ts";
import { FORMATS } from "./reading/options.ts";

const params = z.strictObject({ study: z.string().max(100) });
const flag = z.enum(["0", "1"]).default("0");
const querystring = z.strictObject({
  name: z.string().min(1).max(255),
  format: z.enum(FORMATS).optional(),
  /** The name of a built-in recipe. */
  recipe: z.string().max(200).optional(),
  map: z.string().max(5000).default(""),
  system: z.string().max(200).optional(),
  group: z.string().max(200).optional(),
  annotator: z.string().max(200).optional(),
  encoding: z.string().max(40).refine(isEncoding, ENCODING_UNKNOWN).optional(),
  near: flag,
  skipBad: flag,
  dryRun: flag,
  yes: flag,
  reason: amendmentReasonSchema
    .optional()
    .describe("Why a study that was opened gets more to judge; needed for such a file."),
});
type Query = z.infer<typeof querystring>;

const UPLOAD_BYTES_MAX = 8 * 2 ** 30;

class LoadOptionWrong extends TiebreakError {
  constructor(message: string) {
    super("LoadOptionWrong", 400, message);
  }
}

/** Loading over HTTP: one file a request, its bytes as the body, whatever their type; a refused file answers 422. */
export function loadingRoutes(context: Context, onLoaded: () => void): FastifyPluginAsyncZod {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    app.post(
      "/api/studies/:study/files",
      {
        config: { ...access("edit").config, longBody: true },
        bodyLimit: UPLOAD_BYTES_MAX,
        schema: { params, querystring, response: { ...replies(loadReportSchema), 422: loadReportSchema } },
      },
      async (request, reply) => {
        const options = optionsOf(request.query);
        const file = await spool(context, request.body as Readable);
        try {
          const found = await findFiles([{ path: file, options }]);
          const flags = {
            dryRun: on(request.query.dryRun),
            skipBad: on(request.query.skipBad),
            yes: on(request.query.yes),
            reason: request.query.reason,
          };
          const { study } = request.params;
          const report = await loadFiles(context, {
            ...flags,
            study,
            ...found,
            serverBeside: true,
            by: nameOf(request),
          });
          onLoaded();
          return reply.code(report.done ? 200 : 422).send(report);
        } finally {
          await fs.promises.rm(file, { force: true });
        }
      },
    );
  };
}

const on = (value: "0" | "1"): boolean => value === "1";

function optionsOf(query: Query) {
  const group = query.group === undefined ? null : parseGroupName(query.group);
  if (query.group !== undefined && group === null) {
    throw new LoadOptionWrong(`group: write NAME, or NAME:crowd, NAME:author, NAME:model.`);
  }
  const recipe = query.recipe === undefined ? null : builtInRecipe(query.recipe);
  const { format = null, system = null, annotator = null, encoding = null, name } = query;
  try {
    return {
      format,
      recipe,
      system,
      annotator,
      encoding,
      near: on(query.near),
      group,
      map: parseFieldMap(query.map),
      fileName: name,
    };
  } catch (error) {
    throw new LoadOptionWrong(error instanceof Error ? error.message : "map cannot be read.");
  }
}

/** Loading reads a file twice, so what comes over the wire is kept for as long as that takes. */
async function spool(context: Context, body: Readable | undefined): Promise<string> {
  const file = path.join(os.tmpdir(), `tiebreak-upload-${newToken(context, 12)}`);
  const target = fs.createWriteStream(file, { mode: 0o600 });
  if (body) await pipeline(body, target);
  else target.end();
  return file;
}
