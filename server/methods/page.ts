import { escapeHtml } from "../rendering/plain-text.ts";
import { type DocumentHeading, renderDocument } from "../rendering/render-document.ts";
import { INDEX } from "./documents.ts";

/** A page's address on the server, from that of its file in another page: `tests.md#t-test` is `/methods/tests#t-test`. @internal */
export function hrefOnServer(href: string): string {
  const [, name, place = ""] = /^(\w+)\.md(#.*)?$/.exec(href) ?? [];
  if (name === undefined) return href;
  return `/methods${name === INDEX ? "" : `/${name}`}${place}`;
}

/**
 * Every page of the methods as HTML, by its name.
 * @param documents the Markdown of each page by its name, the index among them
 * @param page.shell the built page, with `{{title}}` and `{{body}}` where these go
 * @param page.basePath stands before every address of a page
 */
export function methodsPages(
  documents: ReadonlyMap<string, string>,
  { shell, basePath }: { shell: string; basePath: string },
): Map<string, string> {
  const index = renderDocument(documents.get(INDEX) ?? "", hrefOnServer);
  const pages = linksToPages(index.html);
  return new Map(
    [...documents].map(([name, text]) => {
      const { html, headings } = name === INDEX ? index : renderDocument(text, hrefOnServer);
      const title = headings[0]?.text ?? name;
      const body = `<main><article class="prose">${withPlaces(html, headings)}</article></main>
      <nav class="pages" aria-labelledby="all-methods">${pageList(pages, name)}</nav>`;
      const full = shell.replace("{{title}}", () => escapeHtml(title)).replace("{{body}}", () => body);
      return [name, full.replaceAll('href="/methods', `href="${basePath}/methods`)];
    }),
  );
}

/**
 * What is kept about annotators, as a page of its own; a link to another document is only its words, as that is not served.
 * @param page.shell as of the methods
 */
export function privacyPage(text: string, { shell }: { shell: string }): string {
  const { html, headings } = renderDocument(text, (href) => href);
  const words = html.replace(/<a href="[^"]*\.md[^"]*">([^<]*)<\/a>/g, "$1");
  const title = headings[0]?.text ?? "";
  const body = `<main><article class="prose">${withPlaces(words, headings)}</article></main>`;
  return shell.replace("{{title}}", () => escapeHtml(title)).replace("{{body}}", () => body);
}

/** The links of the index's tables, each page once. */
const linksToPages = (html: string): [href: string, label: string][] =>
  [...html.matchAll(/<td><a href="(\/methods\/\w+)">([^<]+)<\/a><\/td>/g)].map(
    ([, href = "", label = ""]) => [href, label],
  );

function pageList(pages: readonly [string, string][], current: string): string {
  const items = pages.map(([href, label]) => {
    const isHere = href === hrefOnServer(`${current}.md`);
    return `<li><a href="${href}"${isHere ? ' aria-current="page"' : ""}>${label}</a></li>`;
  });
  return `<h2 id="all-methods"><a href="/methods">Methods</a></h2><ul>${items.join("")}</ul>`;
}

/** The page with its contents after the title, where it has more than one section. */
function withPlaces(html: string, headings: readonly DocumentHeading[]): string {
  const places = headings.filter(({ level }) => level === 2);
  if (places.length < 2) return html;
  const items = places.map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`);
  return html.replace(
    "</h1>",
    () => `</h1>\n<nav class="places" aria-label="On this page"><ul>${items.join("")}</ul></nav>`,
  );
}
