import path from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { access } from "./access.ts";

const PAGES: Record<string, string> = {
  "/judge": "judge.html",
  "/join": "judge.html",
  "/dashboard": "dashboard.html",
  "/dashboard/:study": "dashboard.html",
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

/** The built pages and their files. File names carry a hash, so browsers may cache them for good; pages not. */
export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, { root: folder, serve: false });
  const send = (reply: FastifyReply, file: string) =>
    reply.header("cache-control", "no-cache").sendFile(file, { cacheControl: false });
  for (const [url, file] of Object.entries(PAGES)) {
    app.get(url, access("public"), (_request, reply) => send(reply, file));
  }
  app.get("/", access("public"), (_request, reply) => reply.redirect("/dashboard"));
  app.get<{ Params: { file: string } }>("/assets/:file", access("public"), (request, reply) => {
    const { file } = request.params;
    if (!FILE_NAME.test(file)) return reply.callNotFound();
    return reply.sendFile(path.posix.join("assets", file), { maxAge: "1y", immutable: true });
  });
}
