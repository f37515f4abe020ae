import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { FastifyRequest } from "fastify";

/** Whether a browser asked for a page, rather than a program for data. */
export function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  const reads = method === "GET" || method === "HEAD";
  return reads && !url.startsWith("/api/") && (headers.accept ?? "").includes("text/html");
}

/** What a person reads where a page cannot be shown. */
interface ErrorPages {
  readonly pageFor: (status: number) => string;
  /** The Content-Security-Policy of these pages: their own styles, and nothing else. */
  readonly policy: string;
}

/**
 * Pages in plain words for refused addresses, in the looks of the annotator's page. They name nothing, link to
 * nothing and load nothing: under a name that the server does not answer to, no file could follow.
 * @param folder the built pages
 */
export function errorPages(folder: string): ErrorPages {
  const styles = stylesOf(folder);
  const hash = createHash("sha256").update(styles).digest("base64");
  return {
    pageFor: (status) => page(wordsFor(status), styles),
    policy: `default-src 'none';img-src data:;style-src 'sha256-${hash}';base-uri 'none';form-action 'none';frame-ancestors 'none'`,
  };
}

interface Words {
  readonly title: string;
  readonly text: string;
}

const WHOLE_LINK = "Is the address complete? If you were sent a link, copy all of it, to the last letter.";
const UNREADABLE: Words = { title: "This address cannot be read", text: WHOLE_LINK };
const OUR_FAULT: Words = {
  title: "Something went wrong",
  text: "It was not your fault. Reload this page in a minute. If the problem persists, contact the person who sent you the link.",
};
const WORDS: Readonly<Record<number, Words>> = {
  404: { title: "Page not found", text: WHOLE_LINK },
  421: {
    title: "This is not the server’s address",
    text:
      "The server does not answer under the name in your browser’s address bar. Open the link exactly as you received it, or ask " +
      "the person who sent it. If you run the server, start it with --public-url and this address.",
  },
  429: { title: "Too many requests", text: "Wait a minute, then load this page again." },
};

const wordsFor = (status: number): Words => WORDS[status] ?? (status >= 500 ? OUR_FAULT : UNREADABLE);

/** The styles of the annotator's page, as text. */
function stylesOf(folder: string): string {
  const built = fs.readFileSync(path.join(folder, "judge.html"), "utf8");
  const links = built.match(/<link rel="stylesheet"[^>]*>/g) ?? [];
  const files = links.map((link) => /href="\.\/([\w./-]+)"/.exec(link)?.[1] ?? "");
  return files.map((file) => fs.readFileSync(path.join(folder, file), "utf8")).join("\n");
}

const page = ({ title, text }: Words, styles: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="referrer" content="no-referrer" />
    <meta name="robots" content="noindex" />
    <link rel="icon" href="data:," />
    <title>${title}</title>
    <style>${styles}</style>
  </head>
  <body>
    <main class="notice">
      <h1>${title}</h1>
      <p>${text}</p>
    </main>
  </body>
</html>
`;
