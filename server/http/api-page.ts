import fs from "node:fs";
import type { FastifyInstance } from "fastify";
import { inProject } from "../in-project.ts";
import { escapeHtml } from "../rendering/plain-text.ts";
import { access } from "./access.ts";
import { titleOf } from "./errors.ts";
import type { ApiDocument, Operation } from "./openapi.ts";
import { pageIn } from "./pages.ts";
import { typeText } from "./type-text.ts";

interface ApiPageParts {
  /** The folder of the built pages. */
  readonly folder: string;
  /** Stands before every address. */
  readonly basePath: string;
  readonly description: () => ApiDocument;
}

/** The description of the interface as a page, `/api`, for those who write programs. */
export function serveApiPage(app: FastifyInstance, { folder, basePath, description }: ApiPageParts): void {
  let page: string | undefined;
  app.get("/api", access("public"), (_request, reply) => {
    page ??= pageIn({ folder, basePath }, "methods.html")
      .replace("{{title}}", "Interface for programs")
      .replace("{{body}}", () => bodyOf(description(), basePath));
    return reply.header("cache-control", "public, no-cache").type("text/html; charset=utf-8").send(page);
  });
}

const REFUSALS = "Refusals";

function bodyOf(document: ApiDocument, basePath: string): string {
  const tags = document.tags.map(({ name }) => name);
  const places = [...tags, REFUSALS].map(
    (name) => `<li><a href="#${idOf(name)}">${escapeHtml(name)}</a></li>`,
  );
  const parts = tags.map((tag) => `${headingOf(tag)}${operationsOf(document, tag).join("")}`);
  return `<main><article class="prose"><h1>Interface for programs</h1>
    <p>Everything that the pages do, a program can do over HTTP. <a href="${basePath}/api/openapi.json">The same
    description as OpenAPI 3.1</a> makes clients in most languages.</p>
    <p>Send a token as <code>Authorization: Bearer tiebreak_…</code>. Create one on the dashboard under <em>Account</em>, or with
    <code>tiebreak token create</code>; which rights it has is up to you. Bodies and replies are JSON in UTF-8, but for files.
    Times are UTC, in ISO 8601. In the types below, <code>?</code> marks what may be missing.</p>
    ${parts.join("")}${headingOf(REFUSALS)}${refusals()}</article></main>
    <nav class="pages" aria-labelledby="parts"><h2 id="parts">Parts</h2><ul>${places.join("")}</ul></nav>`;
}

const headingOf = (name: string): string => `<h2 id="${idOf(name)}">${escapeHtml(name)}</h2>`;
const idOf = (name: string): string => name.toLowerCase().replace(/[^a-z]+/g, "-");

const operationsOf = ({ paths }: ApiDocument, tag: string): string[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags.includes(tag))
      .map(([method, operation]) => operationHtml(`${method.toUpperCase()} ${path}`, operation)),
  );

function operationHtml(route: string, operation: Operation): string {
  const { operationId, summary, parameters = [], requestBody, responses } = operation;
  const rows = parameters.map(({ name, in: place, required, description = "", schema }) => [
    `<code>${escapeHtml(name)}</code>${required ? "" : "?"}`,
    `in the ${place === "path" ? "address" : "query"}`,
    `<code>${escapeHtml(typeText(schema))}</code>`,
    escapeHtml(description),
  ]);
  const cells = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
  const table =
    rows.length === 0 ? "" : `<div class="table" tabindex="0"><table>${cells.join("")}</table></div>`;
  return `<details id="${operationId}"><summary><code>${escapeHtml(route)}</code> ${escapeHtml(summary)}</summary>
    <p>${WHO[operation["x-access"]] ?? `It needs the right <code>${operation["x-access"]}</code>.`}
    In clients: <code>${operationId}</code>.</p>
    ${table}${contentHtml("Body", requestBody?.content)}${contentHtml("Reply", responses["200"]?.content)}</details>`;
}

/** Who may call, where that is no right of a role. */
const WHO: Readonly<Record<string, string>> = {
  public: "Anybody may call it.",
  annotator: "It needs the token of an annotator’s link.",
  reader: "It needs the right <code>results</code>, or the token of a results link.",
  member: "Anybody who is signed in, and any token, may call it.",
};

function contentHtml(title: string, content: Operation["responses"][string]["content"]): string {
  const [first] = Object.entries(content ?? {});
  if (first === undefined) return "";
  const types = Object.keys(content ?? {}).filter((type) => type !== "*/*");
  const schema =
    first[0] === "application/json" ? `<pre><code>${escapeHtml(typeText(first[1].schema))}</code></pre>` : "";
  return `<p>${title}: ${types.length === 0 ? "the bytes of a file" : types.map((type) => `<code>${type}</code>`).join(", ")}</p>${schema}`;
}

/** The stable names of all refusals. */
function refusals(): string {
  const problems = JSON.parse(fs.readFileSync(inProject("docs", "problems.json"), "utf8")) as {
    error: string;
    status: number;
  }[];
  const items = problems.map(
    ({ error, status }) =>
      `<tr id="${error}"><td><code>${error}</code></td><td>${status}</td><td>${titleOf(error)}</td></tr>`,
  );
  return `<p>A refusal is a problem as RFC 9457 describes it, <code>application/problem+json</code>: <code>type</code>,
    <code>title</code>, <code>status</code>, <code>detail</code> (what to do, in words that may change), <code>error</code> (a
    name that does not change) and, where a request does not fit its schema, <code>errors</code> with a JSON Pointer to each
    place.</p>
    <div class="table" tabindex="0"><table><thead><tr><th>error</th><th>status</th><th>title</th></tr></thead>
    <tbody>${items.join("")}</tbody></table></div>`;
}
