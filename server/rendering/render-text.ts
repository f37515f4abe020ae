import MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import { arrangeBlocks } from "./blocks.ts";
import { keepDrawings } from "./drawings.ts";
import { renderFormula } from "./formula.ts";
import { textOf } from "./inline-text.ts";
import { showLinksAsText } from "./links.ts";
import { readMath } from "./math-rules.ts";
import { escapeHtml, renderPlain } from "./plain-text.ts";
import { readTags } from "./tags.ts";
import { showTasks } from "./tasks.ts";

const TEXT_CHARACTERS_MAX = 200_000;

/** Five times the longest text. Formulas grow to a hundred times their source; every reader would fetch all of it. */
const HTML_CHARACTERS_MAX = 1_000_000;

/** Where markdown-it stops reading and drops the rest. HTML parsers rearrange what is nested deeper than 500. */
const NESTING_MAX = 100;

const markdown = createMarkdown();

/**
 * The Markdown of a prompt or a response, which anybody may have written, as HTML that is safe to put into a
 * page: no scripts, styles, ids, images, or live links; tags and attributes are only those made here.
 *
 * Everything a system wrote stays visible: raw HTML as text, except `<br>`, `<sub>` and `<sup>` without attributes;
 * formulas that TeX refuses as their source; link addresses after their words; pictures as "[image not shown: …]";
 * drawings made of signs as they stand. Texts over 200,000 characters, texts nested deeper than
 * 100 and texts whose HTML would be over 1,000,000 characters come as one block of plain text: their source. Never
 * throws; the same text gives the same HTML.
 */
export function renderText(text: string): string {
  if (text.length > TEXT_CHARACTERS_MAX) return renderPlain(text);
  const budget: FormulaBudget = { left: HTML_CHARACTERS_MAX };
  const tokens = markdown.parse(text, budget);
  if (deepestNesting(tokens) >= NESTING_MAX) return renderPlain(text);
  const html = markdown.renderer.render(tokens, markdown.options, budget);
  return budget.left < 0 || html.length > HTML_CHARACTERS_MAX ? renderPlain(text) : html;
}

/** How many characters of formulas one text may still come to; once it is overspent no more are made. */
interface FormulaBudget {
  left: number;
}

/** A formula within the budget of its text. @returns undefined where it stands as its source */
function formulaWithin(budget: FormulaBudget, tex: string, display: boolean): string | undefined {
  if (budget.left < 0) return undefined;
  const formula = renderFormula(tex, display);
  budget.left -= formula?.length ?? 0;
  return formula;
}

/**
 * A single line feed breaks the line: systems write poems, addresses and dialogues with it, and Markdown's
 * own rule would run them together. Link definitions stay text, because Markdown would make them disappear.
 */
function createMarkdown(): MarkdownIt {
  const md = new MarkdownIt({ html: false, linkify: false, breaks: true });
  md.disable("reference");
  readMath(md);
  keepDrawings(md);
  readTags(md);
  showTasks(md);
  showLinksAsText(md);
  arrangeBlocks(md);
  showTokens(md);
  return md;
}

function showTokens({ renderer }: MarkdownIt): void {
  const show = (type: string, html: (token: Token, budget: FormulaBudget) => string): void => {
    renderer.rules[type] = (tokens, index, _options, budget: FormulaBudget) =>
      tokens[index] ? html(tokens[index], budget) : "";
  };
  show("text", ({ content }) => withBreaks(escapeHtml(content)));
  show("code_inline", ({ content }) => inlineCode(content));
  show("code_block", ({ content }) => codeBlock(content));
  show("fence", ({ content }) => codeBlock(content));
  show("image", ({ children }) => image(children ?? []));
  show("table_open", (token) => `<div class="table" tabindex="0"><table${renderer.renderAttrs(token)}>\n`);
  show("table_close", () => "</table></div>\n");
  show("math_inline", inlineMath);
  show("math_block", blockMath);
}

/** U+2028 and U+2029 are line ends that a text may hold and that browsers do not show as such. */
const withBreaks = (html: string): string => html.replace(/[\u2028\u2029]/g, "<br>\n");

const inlineCode = (code: string): string => `<code dir="ltr">${withBreaks(escapeHtml(code))}</code>`;

/** Can be reached by keyboard, because a long line scrolls inside its block. */
const codeBlock = (code: string): string =>
  `<pre dir="ltr" tabindex="0"><code>${escapeHtml(code.replace(/[\u2028\u2029]/g, "\n"))}</code></pre>\n`;

function image(alternative: readonly Token[]): string {
  const words = textOf(alternative).trim();
  return `<span class="image">[image not shown${words === "" ? "" : `: ${escapeHtml(words)}`}]</span>`;
}

/** Signs that fit beside each other on the narrowest phone. */
const NARROW = 12;

/** Browsers break no formula: one that may be wider than its column scrolls in a box of its own. */
function inlineMath({ content, markup }: Token, budget: FormulaBudget): string {
  const isDisplay = markup !== "$" && markup !== "\\(";
  const formula = formulaWithin(budget, content, isDisplay);
  if (formula === undefined) return inlineCode(sourceOf({ content, markup, info: "" }));
  if (isDisplay) return `<span class="formula" tabindex="0">${formula}</span>`;
  const signs = formula.replace(/<[^>]*>/g, "").length;
  return signs <= NARROW ? formula : `<span class="formula-inline" tabindex="0">${formula}</span>`;
}

function blockMath(token: Token, budget: FormulaBudget): string {
  const formula = formulaWithin(budget, token.content.trimEnd() + token.info, true);
  return formula === undefined
    ? codeBlock(sourceOf(token))
    : `<div class="formula" tabindex="0">${formula}</div>\n`;
}

const sourceOf = ({ content, markup, info }: Pick<Token, "content" | "markup" | "info">): string =>
  markup + content + markup.replace("(", ")").replace("[", "]") + info;

/** The most elements that any place of the text would stand in. */
function deepestNesting(tokens: readonly Token[]): number {
  let depth = 0;
  let deepest = 0;
  for (const token of tokens) {
    depth += token.nesting;
    deepest = Math.max(deepest, depth, depth + (token.children ? deepestNesting(token.children) : 0));
  }
  return deepest;
}
