import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import { firstStrongDirection } from "./direction.ts";
import type { Direction } from "./direction.ts";

const LEAVES = new Set(["paragraph_open", "heading_open", "th_open", "td_open"]);

const CONTAINERS = new Set([
  "bullet_list_open",
  "ordered_list_open",
  "list_item_open",
  "blockquote_open",
  "table_open",
]);

/** The page has the first two levels of its outline for itself. */
const HEADING_SHIFT = 2;

/**
 * Puts on every block what the page needs and nothing else: headings two levels down (h6 at the most), the
 * alignment of table cells as a class, and its direction.
 *
 * Blocks that hold text get `dir="auto"`. That looks through nothing that has a direction of its own, so the
 * blocks around them (lists, items, quotations, tables: where the marker, the bar, the first column is) get
 * the direction of the first letter inside, worked out here by the same rule.
 */
export function arrangeBlocks(md: MarkdownIt): void {
  md.core.ruler.push("arrange_blocks", ({ tokens }) => {
    tokens.forEach(arrange);
    directContainers(tokens);
  });
}

function arrange(token: Token): void {
  const alignment = /text-align:(left|center|right)/.exec(token.attrGet("style") ?? "")?.[1];
  const start = token.type === "ordered_list_open" ? token.attrGet("start") : null;
  token.attrs = null;
  if (start !== null) token.attrSet("start", start);
  if (alignment !== undefined) token.attrSet("class", `align-${alignment}`);
  if (LEAVES.has(token.type)) token.attrSet("dir", "auto");
  if (/^heading_(?:open|close)$/.test(token.type)) {
    token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + HEADING_SHIFT)}`;
  }
}

function directContainers(tokens: readonly Token[]): void {
  const open: Token[] = [];
  let undirected: Token[] = [];
  for (const token of tokens) {
    if (CONTAINERS.has(token.type)) {
      open.push(token);
      undirected.push(token);
    } else if (token.nesting < 0 && CONTAINERS.has(token.type.replace(/_close$/, "_open"))) {
      const closed = open.pop();
      if (closed && !closed.attrGet("dir")) inheritDirection(closed, open);
      undirected = undirected.filter((container) => container !== closed);
    } else if (undirected.length > 0) {
      const direction = directionOf(token);
      if (direction === undefined) continue;
      undirected.forEach((container) => container.attrSet("dir", direction));
      undirected = [];
    }
  }
}

/** A block without any letter has the direction of the block around it, or none. */
function inheritDirection(token: Token, around: readonly Token[]): void {
  const direction = around.at(-1)?.attrGet("dir");
  if (direction) token.attrSet("dir", direction);
}

/** Inline code and formulas have a direction of their own and do not count, as in `dir="auto"`. */
function directionOf(token: Token): Direction | undefined {
  const text = (token.children ?? []).filter(({ type }) => type === "text").map(({ content }) => content);
  return firstStrongDirection(text.join(" "));
}
