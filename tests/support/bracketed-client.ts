import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { BrowserContext } from "playwright-core";
import { build } from "vite";
import { pageIn } from "../../server/http/pages.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const FILE_OF: Readonly<Record<string, string>> = {
  judge: "judge.html",
  join: "judge.html",
  dashboard: "dashboard.html",
  results: "results.html",
  plan: "plan.html",
};

/**
 * Builds the pages in a language of their own, English in brackets: only where a page finds its words is another file.
 * @returns serves them instead of the server's pages to whatever is opened in a browser context
 */
export async function bracketedClient(): Promise<(context: BrowserContext) => Promise<void>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-bracketed-"));
  const words = path.join(ROOT, "client/words");
  await build({
    root: path.join(ROOT, "client"),
    configFile: path.join(ROOT, "vite.config.ts"),
    logLevel: "error",
    build: { outDir: folder },
    plugins: [
      {
        name: "words-in-brackets",
        enforce: "pre",
        resolveId: (source, importer) =>
          source === "./index.ts" && importer !== undefined && path.dirname(importer) === words
            ? path.join(import.meta.dirname, "bracketed-words.ts")
            : null,
      },
    ],
  });
  return async (context) => {
    await context.route("**/*", (route) => {
      const [, first = "", rest = ""] = new URL(route.request().url()).pathname.split("/");
      if (first === "assets") return route.fulfill({ path: path.join(folder, "assets", rest) });
      const page = FILE_OF[first];
      if (page === undefined) return route.continue();
      return route.fulfill({ contentType: "text/html", body: pageIn({ folder, basePath: "" }, page) });
    });
  };
}
