import type { Style } from "./fonts.ts";
import { numberOf, type SvgElement, textOf } from "./svg-tree.ts";
import { setLine, type TextLine } from "./text-line.ts";

/** A line of text in its place. */
export interface PlacedText {
  readonly line: TextLine;
  readonly size: number;
  readonly fill: string;
  /** The left end of the line, on its baseline. */
  readonly x: number;
  readonly y: number;
}

/** A text element, set. @param size the size of the font where the element names none; lengths in the units of the SVG */
export function placedText(element: SvgElement, size: number): PlacedText {
  const own = Number(element.attributes["font-size"] ?? size);
  const line = setLine(textOf(element), styleOf(element));
  const before = { start: 0, middle: 0.5, end: 1 }[element.attributes["text-anchor"] ?? "start"] ?? 0;
  const x = numberOf(element, "x") - before * line.width * own;
  return { line, size: own, fill: element.attributes.fill ?? "#000", x, y: numberOf(element, "y") };
}

function styleOf({ attributes }: SvgElement): Style {
  if (Number(attributes["font-weight"] ?? 400) >= 600) return "bold";
  return attributes["font-style"] === "italic" ? "italic" : "regular";
}
