import fs from "node:fs";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { access } from "./access.ts";

const PAGES: Record<string, string> = {
  "/judge": "judge.html",
  "/join": "judge.html",
  "/dashboard": "dashboard.html",
  "/dashboard/:study": "dashboard.html",
  "/account": "dashboard.html",
  "/invitation": "dashboard.html",
  "/sign-in": "dashboard.html",
  // the addresses of earlier versions, for links that were saved
  "/desk": "dashboard.html",
  "/desk/:study": "dashboard.html",
  "/results": "results.html",
  "/results/:study": "results.html",
  "/plan": "plan.html",
  "/annotator-worker.js": "annotator-worker.js",
};

/** A name without folders, so that no address leads out of the folder. */
const FILE_NAME = /^\w[\w.-]*$/;

/**
 * The built pages and their files, which the build has compressed. File names carry a hash, so browsers may cache them for good; pages not.
 * @param options.basePath stands before every address in them
 */
export async function servePages(
  app: FastifyInstance,
  { folder, basePath }: { folder: string; basePath: string },
): Promise<void> {
  await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true });
  const send = (reply: FastifyReply, file: string) => {
    void reply.header("cache-control", "no-cache");
    const page = pages.get(file);
    return page === undefined
      ? reply.sendFile(file, { cacheControl: false })
      : reply.type("text/html; charset=utf-8").send(page);
  };
  const pages = pagesIn(folder, basePath);
  for (const [url, file] of Object.entries(PAGES)) {
    app.get(url, access("public"), (_request, reply) => send(reply, file));
  }
  app.get("/", access("public"), (_request, reply) => reply.redirect(`${basePath}/dashboard`));
  app.get<{ Params: { file: string } }>("/assets/:file", access("public"), (request, reply) => {
    const { file } = request.params;
    if (!FILE_NAME.test(file)) return reply.callNotFound();
    return reply.sendFile(path.posix.join("assets", file), { maxAge: "1y", immutable: true });
  });
}

/** The pages by the names of their files; they are built with relative addresses, and served at several depths. */
function pagesIn(folder: string, basePath: string): Map<string, string> {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".html"));
  return new Map(names.map((name) => [name, pageIn({ folder, basePath }, name)]));
}

/** A built page, with the addresses of its files below the base path. */
export const pageIn = ({ folder, basePath }: { folder: string; basePath: string }, name: string): string =>
  fs
    .readFileSync(path.join(folder, name), "utf8")
    .replaceAll('"./assets/', `"${basePath}/assets/`)
    .replace("<head>", `<head>\n    <meta name="base-path" content="${basePath}" />`);
