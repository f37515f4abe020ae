import type MarkdownIt from "markdown-it";
import Token from "markdown-it/lib/token.mjs";
import { escapeHtml } from "./plain-text.ts";
import { textOf } from "./inline-text.ts";

/** The only addresses that are ever added to a text; they are shown and never followed. */
const SHOWN_ADDRESS = /^(?:https?:\/\/|mailto:)/i;

/**
 * Links as text: `[words](address)` becomes "words (address)", or the words alone where they are the address
 * already or where it is of another kind than http, https and mailto. A live link would tell a third party
 * that, and when, a comparison is being judged. Reads every link, whatever its address, so that none is left
 * half in Markdown; `<std::string>` is no link and stays as it is.
 */
export function showLinksAsText(md: MarkdownIt): void {
  md.validateLink = () => true;
  md.normalizeLink = (address) => address;
  md.normalizeLinkText = (address) => address;
  md.core.ruler.push("links_as_text", ({ tokens }) => {
    for (const token of tokens) if (token.children) token.children = withAddresses(token.children);
  });
  md.renderer.rules.link_open = () => '<span class="link">';
  md.renderer.rules.link_close = (tokens, index) => `${tokens[index]?.content ?? ""}</span>`;
}

/** The same tokens, with the HTML of the address, if it is to be shown, as content of each closing link token. */
function withAddresses(tokens: readonly Token[]): Token[] {
  const open: { index: number; isBracketed: boolean; address: string }[] = [];
  return tokens.map((token, index) => {
    if (token.type === "link_open") {
      const address = String(token.attrGet("href") ?? "");
      const isBracketed = token.info === "auto" && !SHOWN_ADDRESS.test(address);
      open.push({ index, isBracketed, address });
      return isBracketed ? textToken("<") : token;
    }
    if (token.type !== "link_close") return token;
    const link = open.pop();
    if (link?.isBracketed) return textToken(">");
    if (link) token.content = addressHtml(link.address, textOf(tokens.slice(link.index + 1, index)));
    return token;
  });
}

function addressHtml(address: string, text: string): string {
  if (!SHOWN_ADDRESS.test(address) || bare(address) === bare(text)) return "";
  const separator = text.trim() === "" ? "" : " ";
  return `${separator}(<span class="address" dir="ltr">${escapeHtml(address)}</span>)`;
}

const bare = (address: string): string =>
  address
    .trim()
    .replace(/^(?:https?:\/\/|mailto:)/i, "")
    .replace(/\/$/, "");

function textToken(content: string): Token {
  const token = new Token("text", "", 0);
  token.content = content;
  return token;
}
