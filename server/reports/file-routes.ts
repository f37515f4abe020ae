import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { type FullReport, snapshotSchema } from "../contract/report.ts";
import { verificationSchema } from "../contract/snapshots.ts";
import { access, nameOf } from "../http/access.ts";
import { attached } from "../http/attached.ts";
import { replies } from "../http/errors.ts";
import { CSV_PARTS, type CsvPart, formatReport, REPORT_FORMATS } from "../report-document/write/index.ts";
import { NameNotConfirmed } from "../studies/errors.ts";
import type { ReportService } from "./report-service.ts";
import { keptReport, takeSnapshot } from "./snapshots.ts";
import { LOOK_SPENDS, takeLook } from "./take-look.ts";
import { verifySnapshot } from "./verify-snapshot.ts";

const params = z.strictObject({ study: z.string().max(100) });
const fileParams = params.extend({ format: z.enum(REPORT_FORMATS) });
const fileQuery = z.strictObject({
  part: z
    .enum(CSV_PARTS as [CsvPart, ...CsvPart[]])
    .optional()
    .describe(
      "The pairs, one block, or all of the report; json is always all. Default: all, and for csv pairs.",
    ),
  group: z.string().max(100).optional().describe("Only this group of annotators."),
  snapshot: z
    .union([z.literal("latest"), z.coerce.number().int().positive()])
    .optional()
    .describe("The saved report of this number, or the latest."),
  field: z.string().max(200).optional().describe("With value: only prompts with this field and value."),
  value: z.string().max(1000).optional(),
  spreadsheetSafe: z
    .enum(["0", "1"])
    .default("0")
    .describe("With csv, 1: an apostrophe before cells that a spreadsheet would run as formulas."),
});
const lookRequestSchema = z.strictObject({
  confirm: z
    .string()
    .max(100)
    .optional()
    .describe("The name of the study again, since a look cannot be taken back."),
});
const lookTakenSchema = z.strictObject({
  snapshot: z
    .int()
    .positive()
    .nullable()
    .describe("The saved report of this look; null: it was taken before, and no judgment has come since."),
});
const verifyRequestSchema = z.strictObject({
  snapshot: z.int().positive().optional().describe("The number of a saved report; missing: the latest."),
});

/** The types and endings of the files. */
const FILES = {
  text: ["text/plain", "txt"],
  json: ["application/json", "json"],
  csv: ["text/csv", "csv"],
  markdown: ["text/markdown", "md"],
  latex: ["application/x-tex", "tex"],
  html: ["text/html", "html"],
} as const;

interface Services {
  readonly context: Context;
  readonly reports: ReportService;
  /** The address of this server, whose methods HTML and LaTeX link to. */
  readonly origin: () => string;
}

/** The report as a file of each format, and saved reports. */
export function reportFileRoutes({ context, reports, origin }: Services): FastifyPluginAsyncZod {
  const file = z.unknown().describe("The file.");
  const produces = [...new Set(Object.values(FILES).map(([type]) => type))];
  return async (app) => {
    app.get(
      "/api/studies/:study/report/:format",
      {
        config: { ...access("results").config, produces },
        schema: { params: fileParams, querystring: fileQuery, response: replies(file) },
      },
      async (request, reply) => {
        const { study, format } = request.params;
        const { part, group, snapshot, field, value, spreadsheetSafe } = request.query;
        request.resultsOf = study;
        const prompts = field !== undefined && value !== undefined ? { field, value } : undefined;
        const report =
          snapshot === undefined
            ? (JSON.parse(await reports.answer({ study, group, part: "full", prompts })) as FullReport)
            : await keptReport(context, { study, number: snapshot === "latest" ? null : snapshot });
        const [type, ending] = FILES[format];
        return attached(reply, { type, name: `${study}.${ending}` }).send(
          formatReport(report, format, {
            ...{ part, publicUrl: origin(), spreadsheetSafe: spreadsheetSafe === "1" },
          }),
        );
      },
    );
    app.post(
      "/api/studies/:study/snapshots",
      { ...access("edit"), schema: { params, response: replies(snapshotSchema) } },
      async (request) => {
        const given = { ...request.params, reason: "asked for over HTTP", by: nameOf(request) };
        const { number, takenAt, reason, dataHash } = await takeSnapshot(context, given);
        request.changed = { detail: String(number) };
        return { number, takenAt, reason, dataHash };
      },
    );
    app.post(
      "/api/studies/:study/look",
      { ...access("edit"), schema: { params, body: lookRequestSchema, response: replies(lookTakenSchema) } },
      async (request) => {
        const { study } = request.params;
        const confirm = (): void => {
          if (request.body.confirm !== study) throw new NameNotConfirmed(study, `${LOOK_SPENDS} `);
        };
        const { snapshot } = await takeLook(context, { study, by: nameOf(request), confirm });
        request.changed = { detail: String(snapshot) };
        return { snapshot };
      },
    );
    app.post(
      "/api/studies/:study/verify",
      {
        ...access("results"),
        schema: { params, body: verifyRequestSchema, response: replies(verificationSchema) },
      },
      async (request) => {
        const { study } = request.params;
        request.resultsOf = study;
        const found = await verifySnapshot(context, { study, number: request.body.snapshot ?? null });
        return { where: [], ...found };
      },
    );
  };
}
