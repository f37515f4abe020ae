import { setImmediate as nextTurn } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { paperSchema } from "../../contract/paper.ts";
import type { BlockName } from "../../contract/report.ts";
import { access } from "../../http/access.ts";
import { attached } from "../../http/attached.ts";
import { replies } from "../../http/errors.ts";
import { blockOf, paperItems } from "../../report-document/paper/items.ts";
import { FIGURE_FORMATS, FIGURE_WIDTHS, type FigureWidth } from "../../report-document/paper/sizes.ts";
import { METHODS_FORMATS } from "../../report-document/paper/write.ts";
import { Mutex } from "../../storage/mutex.ts";
import { type ReportService, typesetFigure } from "../report-service.ts";
import { figureFile, methodsFile, referencesFile, tableFile } from "./paper-files.ts";
import { reportForPaper } from "./paper-report.ts";

const params = z.strictObject({ study: z.string().max(100) });
const named = params.extend({
  name: z.string().max(200).describe("As GET /api/studies/{study}/paper lists it."),
});
const querystring = z.strictObject({
  group: z.string().max(100).optional().describe("Only this group of annotators."),
  field: z.string().max(200).optional().describe("With `value`: the prompts of one part alone."),
  value: z.string().max(1000).optional(),
  snapshot: z
    .union([z.literal("latest"), z.coerce.number().int().positive()])
    .optional()
    .describe("The saved report of this number, or the latest."),
});
type Query = z.infer<typeof querystring>;
const figureQuery = querystring.extend({
  format: z.enum(FIGURE_FORMATS).default("pdf"),
  width: z
    .enum(Object.keys(FIGURE_WIDTHS) as [FigureWidth, ...FigureWidth[]])
    .default("page")
    .describe("One column of two (84 mm), or a page (178 mm)."),
});
const methodsQuery = querystring.extend({ format: z.enum(METHODS_FORMATS).default("text") });

const FIGURE_TYPES = { pdf: "application/pdf", svg: "image/svg+xml", png: "image/png" } as const;
const METHODS_TYPES = { text: "text/plain", latex: "application/x-tex" } as const;
const response = replies(z.unknown().describe("The file."));
const FIGURE = { params: named, querystring: figureQuery, response };
const TABLE = { params: named, querystring, response };
const METHODS = { params, querystring: methodsQuery, response };

interface Services {
  readonly context: Context;
  readonly reports: ReportService;
}

/** Figures, tables, methods and references of a report for a paper: for whoever may read it. */
export function paperRoutes(services: Services): FastifyPluginAsyncZod {
  const { context } = services;
  const figures = new Mutex(); // one at a time, however many are asked for
  const report = (
    request: FastifyRequest,
    study: string,
    asked: Query,
    block: BlockName | "pairs" | null,
  ) => {
    const { field, value, group, snapshot } = asked;
    request.resultsOf = study;
    const prompts = field !== undefined && value !== undefined ? { field, value } : undefined;
    return reportForPaper(services, request, { study, group, prompts, snapshot, block });
  };
  const reader = (produces: readonly string[]) => ({ ...access("reader").config, produces: [...produces] });
  return async (app) => {
    app.get(
      "/api/studies/:study/paper",
      { ...access("reader"), schema: { params, querystring, response: replies(paperSchema) } },
      async (request) => paperItems(await report(request, request.params.study, request.query, null)),
    );
    app.get(
      "/api/studies/:study/paper/figures/:name",
      { config: reader(Object.values(FIGURE_TYPES)), schema: FIGURE },
      async (request, reply) => {
        const { study, name } = request.params;
        const { format, width, ...asked } = request.query;
        const whole = await report(request, study, asked, blockOf(name));
        const wanted = { name, format, width, now: context.clock() };
        const content = await figures.run(async () => {
          await nextTurn(); // who judges comes between two figures
          return figureFile(whole, wanted, (chart) => typesetFigure(services.reports, chart));
        });
        return send(reply, { type: FIGURE_TYPES[format], name: `${study}-${name}.${format}`, content });
      },
    );
    app.get(
      "/api/studies/:study/paper/tables/:name",
      { config: reader(["application/x-tex"]), schema: TABLE },
      async (request, reply) => {
        const { study, name } = request.params;
        const content = tableFile(await report(request, study, request.query, blockOf(name)), name);
        return send(reply, { type: "application/x-tex", name: `${study}-${name}.tex`, content });
      },
    );
    app.get(
      "/api/studies/:study/paper/methods",
      { config: reader(Object.values(METHODS_TYPES)), schema: METHODS },
      async (request, reply) => {
        const { study } = request.params;
        const { format, ...asked } = request.query;
        const content = methodsFile(await report(request, study, asked, null), format);
        return send(reply, {
          type: METHODS_TYPES[format],
          name: `${study}-methods.${format === "latex" ? "tex" : "txt"}`,
          content,
        });
      },
    );
    app.get(
      "/api/studies/:study/paper/references",
      { config: reader(["text/x-bibtex"]), schema: { params, querystring, response } },
      async (request, reply) => {
        const { study } = request.params;
        const content = referencesFile(await report(request, study, request.query, null));
        return send(reply, { type: "text/x-bibtex", name: `${study}.bib`, content });
      },
    );
  };
}

const send = (
  reply: FastifyReply,
  { type, name, content }: { type: string; name: string; content: string | Buffer },
) => attached(reply, { type, name }).send(content);
