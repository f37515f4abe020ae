import type Token from "markdown-it/lib/token.mjs";

/** The words of inline tokens without their formatting, formulas as their source, line breaks as spaces. */
export function textOf(tokens: readonly Token[]): string {
  return tokens.map(textOfToken).join("");
}

function textOfToken(token: Token): string {
  if (token.type === "image") return textOf(token.children ?? []);
  if (token.type === "softbreak" || token.type === "hardbreak") return " ";
  return token.content;
}
