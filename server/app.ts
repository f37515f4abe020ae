import os from "node:os";
import path from "node:path";
import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { TiebreakError } from "./contract/errors.ts";
import { auditCalls } from "./accounts/audit-calls.ts";
import { identifyBy } from "./accounts/callers.ts";
import type { OpenIdProvider } from "./accounts/openid/provider.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { exclusionRoutes } from "./assignments/exclusion-routes.ts";
import { AssignmentService } from "./assignments/assignment-service.ts";
import { blindingRoutes } from "./blinding-audit/routes.ts";
import type { Context } from "./context.ts";
import { promptSetRoutes } from "./curation/routes.ts";
import { type PackWriter, packsHere } from "./export/pack-writer.ts";
import { exportRoutes } from "./export/routes.ts";
import { entryRoutes } from "./entry/routes.ts";
import { serveApiPage } from "./http/api-page.ts";
import { guardRoutes } from "./http/access.ts";
import { ARRIVAL_MS, guardArrival, HEADERS_MS } from "./http/arrival.ts";
import { setSecurityHeaders, withSecurityHeaders } from "./http/content-security.ts";
import { errorAnswers, handleErrors } from "./http/errors.ts";
import { describeApi } from "./http/openapi.ts";
import { basePathOf, withoutBasePath } from "./http/base-path.ts";
import { serveHealth } from "./http/health.ts";
import { guardOrigins } from "./http/origins.ts";
import { servePages } from "./http/pages.ts";
import { type JudgeServices, judgeRoutes } from "./judges/routes.ts";
import { judgingRoutes } from "./judgments/routes.ts";
import { correctionRoutes } from "./loading/correction-routes.ts";
import { loadingRoutes } from "./loading/routes.ts";
import { drillDownRoutes } from "./drill-down/routes.ts";
import { eraseAsItExpires } from "./leaving/expiry.ts";
import { leavingRoutes } from "./leaving/routes.ts";
import { linkRoutes } from "./links/routes.ts";
import { messageRoutes } from "./messages/routes.ts";
import { methodsRoutes } from "./methods/routes.ts";
import { participantRoutes } from "./participants/routes.ts";
import { qualityRoutes } from "./quality/routes.ts";
import { planningRoutes } from "./planning/routes.ts";
import type { ReportService } from "./reports/report-service.ts";
import { reportFileRoutes } from "./reports/file-routes.ts";
import { paperRoutes } from "./reports/paper/routes.ts";
import { reportRoutes } from "./reports/routes.ts";
import type { Renderer } from "./rendering/rendering-pool.ts";
import { RENDERER_VERSION } from "./rendering/renderer-version.ts";
import { watchReaders } from "./studies/results-readers.ts";
import { renderTexts } from "./studies/renderings.ts";
import { studyRoutes } from "./studies/routes.ts";
import { type UploadPlace, UPLOAD_BYTES_MAX } from "./uploads/folder.ts";
import { uploadRoutes } from "./uploads/routes.ts";
import { uploadsOf } from "./uploads/store.ts";
import { watchingRoutes } from "./watching/routes.ts";

/** @internal */
export interface AppParts extends Context {
  readonly renderer: Renderer;
  readonly reports: ReportService;
  /** Where replication packs are written; default: in this thread. */
  readonly packs?: PackWriter;
  /** Where the built pages are; null serves the API alone. */
  readonly pages: string | null;
  /** The address people reach the server under, with a path where a proxy serves it below one. */
  readonly origin: () => string;
  /** Every address it answers under. */
  readonly origins: () => readonly string[];
  /** The operator's model servers, and this process as other runs know it; not said: no servers, and a name of its own. */
  readonly judges?: Omit<JudgeServices, "context">;
  readonly logger?: boolean;
  /** Where people can sign in, besides here; not given: nowhere. */
  readonly openId?: OpenIdProvider | null;
  /** Aborted once the server was asked to stop. */
  readonly stopping?: AbortSignal;
  /** Proxies whose word is taken for where a request comes from; none if not said. */
  readonly trustedProxies?: readonly string[];
  /** Milliseconds that a request's body may take to arrive; default: a minute. */
  readonly arrivalMs?: number;
  /** Where files wait that a browser uploaded; default: a folder for temporary files. */
  readonly uploads?: UploadPlace;
  /** Called with every route as it is made: for listing them. */
  readonly onRoute?: (route: { method: string; url: string; access: string | undefined }) => void;
}

const DEFAULT_UPLOADS = { folder: path.join(os.tmpdir(), "tiebreak-uploads"), bytesMax: UPLOAD_BYTES_MAX };
const BODY_BYTES_MAX = 256 * 1024;
/** The longest that any request may take to arrive, the largest file included. */
const REQUEST_MS = 6 * 3_600_000;
/** How often Node looks for connections whose headers take too long. */
const LOOK_MS = 5000;

/** The whole server but for its socket: the one list of features, the same in tests. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const proxies = parts.trustedProxies ?? [];
  const basePath = basePathOf(parts.origin());
  const answerError = errorAnswers({ pages: parts.pages, basePath });
  const app = Fastify({
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    logger: parts.logger ? { level: "warn" } : false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: LOOK_MS },
    rewriteUrl: ({ url = "/" }) => withoutBasePath(url, basePath),
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: withSecurityHeaders(answerError),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app, answerError);
  guardArrival(app, parts.arrivalMs ?? ARRIVAL_MS);
  setSecurityHeaders(app);
  guardOrigins(app, parts.origins);
  await app.register(rateLimit, { global: false });
  const signIn = signInOf(parts, basePath);
  const { path, secure } = signIn;
  watchReaders(app, parts, { path, secure, httpOnly: true, sameSite: "strict" });
  await app.register(cookie); // after the hook that sets one
  guardRoutes(app, identifyBy(parts));
  auditCalls(app, parts);
  app.addHook("onRoute", ({ method, url, config }) => {
    for (const one of [method].flat()) parts.onRoute?.({ method: one, url, access: config?.access });
  });
  app.addHook("onSend", (request, reply, payload, next) => {
    if (request.url.startsWith("/api/") && !reply.hasHeader("etag"))
      reply.header("cache-control", "no-store");
    next(null, payload);
  });
  const description = describeApi(app);

  const render = (turns: string[]) => parts.renderer.render(turns);
  const background = backgroundRendering(parts, app);
  const assignments = new AssignmentService(parts, { render, rendererVersion: RENDERER_VERSION });
  serveHealth(app, { context: parts, stopping: parts.stopping });
  await app.register(accountRoutes(parts, signIn));
  const place = parts.uploads ?? DEFAULT_UPLOADS;
  const uploads = (study: string) => uploadsOf(parts, place, study);
  const studies = { context: parts, origin: parts.origin, render, renderSoon: background, uploads };
  await app.register(studyRoutes(studies));
  await app.register(participantRoutes(assignments, parts.origin));
  await app.register(entryRoutes(assignments));
  await app.register(judgingRoutes(assignments));
  await app.register(qualityRoutes(assignments));
  await app.register(exclusionRoutes(parts));
  await app.register(leavingRoutes(parts));
  await app.register(messageRoutes(assignments));
  await app.register(loadingRoutes(parts, background));
  await app.register(correctionRoutes(parts, background));
  await app.register(promptSetRoutes(parts, background));
  await app.register(uploadRoutes(parts, { place, onLoaded: background }));
  await app.register(blindingRoutes(parts, background));
  await app.register(judgeRoutes({ context: parts, ...parts.judges }));
  await app.register(resultsRoutes(parts, render));
  await app.register(planningRoutes);
  await app.register(linkRoutes(parts));
  if (parts.pages !== null) await registerPages(app, { folder: parts.pages, basePath, description });
  app.addHook("onReady", async () => background());
  eraseAsItExpires(app, parts);
  return app;
}

/** What is read of a study once it is judged. */
const resultsRoutes =
  ({ reports, packs, origin, ...context }: AppParts, render: (turns: string[]) => Promise<string[]>) =>
  async (app: FastifyInstance): Promise<void> => {
    const reporting = { context, reports, origin };
    await app.register(reportRoutes(reporting));
    await app.register(reportFileRoutes(reporting));
    await app.register(paperRoutes(reporting));
    await app.register(exportRoutes(context, packs ?? packsHere(context)));
    await app.register(drillDownRoutes({ context, reports, render }));
    await app.register(watchingRoutes(reporting));
  };

const signInOf = ({ origin, openId = null }: AppParts, basePath: string) => ({
  ...{ path: basePath || "/", secure: origin().startsWith("https:") },
  ...{ origin, basePath, openId },
});

async function registerPages(app: FastifyInstance, pages: Parameters<typeof serveApiPage>[1]): Promise<void> {
  await servePages(app, pages);
  methodsRoutes(app, pages);
  serveApiPage(app, pages);
}

/** Renders new texts one run at a time; asked again while running, it runs once more after. */
function backgroundRendering(parts: AppParts, app: FastifyInstance): () => void {
  const renderer = { version: RENDERER_VERSION, render: (texts: string[]) => parts.renderer.render(texts) };
  let running: Promise<void> | null = null;
  let again = false;
  let closing = false;
  const run = async () => {
    do {
      again = false;
      await renderTexts(parts, renderer, { stopped: () => closing }).catch((error: unknown) => {
        const isTold = error instanceof TiebreakError && error.isTold;
        if (!closing && !isTold)
          app.log.error(error, "Texts could not be rendered in advance; they are when first shown.");
      });
    } while (again && !closing);
    running = null;
  };
  app.addHook("onClose", async () => {
    closing = true;
    await running;
  });
  return () => {
    if (running) again = true;
    else running = run();
  };
}
