import MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import { textOf } from "./inline-text.ts";
import { escapeHtml } from "./plain-text.ts";

export interface DocumentHeading {
  /** 1 for the title, and so on down. */
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

interface RenderedDocument {
  readonly html: string;
  /** All headings, in their order. */
  readonly headings: readonly DocumentHeading[];
}

/**
 * Markdown of the project's own documents as HTML. Unlike the texts that systems write (`renderText`), a document has
 * links that lead somewhere and headings with ids.
 * @param hrefOf the address of a link on the page, from the one in the document
 */
export function renderDocument(text: string, hrefOf: (href: string) => string): RenderedDocument {
  const tokens = markdown.parse(text, {});
  const headings = nameHeadings(tokens);
  for (const token of tokens.flatMap(({ children }) => children ?? [])) {
    if (token.type === "link_open") token.attrSet("href", hrefOf(String(token.attrGet("href") ?? "")));
  }
  return { html: markdown.renderer.render(tokens, markdown.options, {}), headings };
}

const markdown = new MarkdownIt({ html: false });
/** A table scrolls inside its box on a narrow screen, also by keyboard. */
markdown.renderer.rules.table_open = () => '<div class="table" tabindex="0"><table>\n';
markdown.renderer.rules.table_close = () => "</table></div>\n";
markdown.renderer.rules.text = (tokens, index) => withIndices(escapeHtml(tokens[index]?.content ?? ""));

const POWER = /(?<=\S)\^(?:\{([^}]*)\}|([\p{Lu}\p{Ll}\p{Nd}]+))/gu;
const INDEX = /(?<=\S)_(?:\{([^}]*)\}|([\p{Lu}\p{Ll}\p{Nd}]+))/gu;

/** Formulas are written so that they can be read as text (`n_p`, `Σ_{i in c}`, `2^P`); a page sets their indices and powers. */
const withIndices = (html: string): string =>
  html.replace(POWER, "<sup>$1$2</sup>").replace(INDEX, "<sub>$1$2</sub>");

/** Gives each heading the id that GitHub gives it, so that a link to a place works here and there. */
function nameHeadings(tokens: readonly Token[]): DocumentHeading[] {
  const times = new Map<string, number>();
  return tokens.flatMap((token, index) => {
    if (token.type !== "heading_open") return [];
    const text = textOf(tokens[index + 1]?.children ?? []);
    const slug = slugOf(text);
    const before = times.get(slug) ?? 0;
    times.set(slug, before + 1);
    const id = before === 0 ? slug : `${slug}-${before}`;
    token.attrSet("id", id);
    return [{ level: Number(token.tag.slice(1)), id, text }];
  });
}

const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
