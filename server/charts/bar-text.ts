import { SMALL_SIZE } from "./bar-layout.ts";
import { element, escapeXml } from "./svg.ts";

export const INK = "#1a1a1a";
export const QUIET = "#595959";

interface TextStyle {
  x: number;
  y: number;
  anchor?: "start" | "middle" | "end";
  bold?: boolean;
  italic?: boolean;
  quiet?: boolean;
  small?: boolean;
}

/** One line of text, escaped. */
export function textLine(content: string, style: TextStyle): string {
  if (content === "") return "";
  return element(
    "text",
    {
      class: style.quiet ? "tb-quiet" : "tb-ink",
      x: style.x,
      y: style.y,
      "text-anchor": style.anchor === "start" ? undefined : style.anchor,
      "font-size": style.small ? SMALL_SIZE : undefined,
      "font-weight": style.bold ? 600 : undefined,
      "font-style": style.italic ? "italic" : undefined,
      fill: style.quiet ? QUIET : INK,
    },
    [escapeXml(content)],
  );
}
