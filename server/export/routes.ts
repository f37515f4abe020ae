import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { access } from "../http/access.ts";
import { attached } from "../http/attached.ts";
import { replies } from "../http/errors.ts";
import { type ExportRequest, exportStudy } from "./export-study.ts";
import { JUDGMENT_FORMATS } from "./formats.ts";

const FORMATS = [...(Object.keys(JUDGMENT_FORMATS) as (keyof typeof JUDGMENT_FORMATS)[]), "texts"] as const;

const params = z.strictObject({ study: z.string().max(100) });
const querystring = z.strictObject({
  as: z.enum(FORMATS),
  group: z.string().max(100).optional().describe("Only this group’s judgments."),
  spreadsheetSafe: z
    .enum(["0", "1"])
    .default("0")
    .describe("With csv, 1: an apostrophe before cells that a spreadsheet would run as formulas."),
});

/** Media types by how a format holds its rows. */
const TYPES = {
  jsonl: "application/x-ndjson",
  json: "application/json",
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
} as const;

/** The judgments of a study, or its texts, as a file. */
export function exportRoutes(context: Context): FastifyPluginAsyncZod {
  const response = replies(z.unknown().describe("The file."));
  const produces = Object.values(TYPES);
  return async (app) => {
    app.get(
      "/api/studies/:study/export",
      { config: { ...access("results").config, produces }, schema: { params, querystring, response } },
      async (request, reply) => {
        const { study } = request.params;
        const { as, group, spreadsheetSafe } = request.query;
        request.resultsOf = study;
        const container = as === "texts" ? "jsonl" : JUDGMENT_FORMATS[as].container;
        const file = await written(context, { study, as, group, spreadsheetSafe: spreadsheetSafe === "1" });
        const named = {
          type: TYPES[container],
          name: `${study}.${as === container ? as : `${as}.${container}`}`,
        };
        return attached(reply, named).send(file);
      },
    );
  };
}

/** The whole file, so that what cannot be written is refused before any of it is sent; it is on disk only until it is open. */
async function written(
  context: Context,
  request: Pick<ExportRequest, "study" | "as" | "group" | "spreadsheetSafe">,
): Promise<Readable> {
  const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), "tiebreak-export-"));
  try {
    const file = path.join(folder, "export");
    await exportStudy(context, { ...request, to: { path: file }, ties: "drop" });
    const opened = await fs.promises.open(file);
    return opened.createReadStream();
  } finally {
    await fs.promises.rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
