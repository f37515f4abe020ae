import fs from "node:fs";
import path from "node:path";
import type { FastifyRequest } from "fastify";

/** Whether a browser asked for a page, rather than a program for data. */
export function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  const reads = method === "GET" || method === "HEAD";
  return reads && !url.startsWith("/api/") && (headers.accept ?? "").includes("text/html");
}

/**
 * The page for an address under which there is nothing, in the looks of the annotator's page. It names nothing
 * and links to nothing.
 * @param folder the built pages
 */
export function missingPage(folder: string): string {
  const built = fs.readFileSync(path.join(folder, "judge.html"), "utf8");
  const styles = built.match(/<link rel="stylesheet"[^>]*>/g) ?? [];
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="referrer" content="no-referrer" />
    <meta name="robots" content="noindex" />
    <link rel="icon" href="data:," />
    <title>Nothing is here</title>
    ${styles.join("\n    ")}
  </head>
  <body>
    <main class="notice">
      <h1>Nothing is here</h1>
      <p>Is the address complete? A link that you were given works only whole: copy all of it, to its last letter.</p>
    </main>
  </body>
</html>
`;
}
