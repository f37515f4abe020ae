import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { access } from "../http/access.ts";
import { pageIn } from "../http/pages.ts";
import { INDEX, readMethods, readPrivacy } from "./documents.ts";
import { methodsPages, privacyPage } from "./page.ts";

/**
 * The methods as pages for whoever reads a report: `/methods`, and `/methods/<name>` for each question; and what is kept
 * about annotators, for them: `/privacy`.
 * @param pages.folder the built pages
 * @param pages.basePath stands before every address in them
 */
export function methodsRoutes(
  app: FastifyInstance,
  { folder, basePath }: { folder: string; basePath: string },
): void {
  let made: Map<string, string> | undefined;
  /** Made at the first request: they are the same until another version is installed. */
  const pages = () =>
    (made ??= methodsPages(readMethods(), { shell: pageIn({ folder, basePath }, "methods.html"), basePath }));
  app.get("/methods", access("public"), (request, reply) => sendPage(pages().get(INDEX), { request, reply }));
  app.get<{ Params: { name: string } }>("/methods/:name", access("public"), (request, reply) => {
    const { name } = request.params;
    return sendPage(name === INDEX ? undefined : pages().get(name), { request, reply });
  });
  let privacy: string | undefined;
  app.get("/privacy", access("public"), (request, reply) => {
    privacy ??= privacyPage(readPrivacy(), { shell: pageIn({ folder, basePath }, "methods.html") });
    return sendPage(privacy, { request, reply });
  });
}

/** Browsers and proxies may keep a page, and ask whether it is still the same. */
function sendPage(
  page: string | undefined,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
) {
  if (page === undefined) return reply.callNotFound();
  const etag = `"${createHash("sha256").update(page).digest("base64url")}"`;
  reply.header("etag", etag).header("cache-control", "public, no-cache");
  if (request.headers["if-none-match"] === etag) return reply.code(304).send();
  return reply.type("text/html; charset=utf-8").send(page);
}
