import { escapeXml } from "../../charts/svg.ts";
import type { Figure } from "../document.ts";
import { captionOf, drawFigure } from "../figures/index.ts";

/** A figure is drawn for a page and for a phone; the style sheet shows the one that fits. */
const WIDTHS = [
  { width: 940, className: "wide" },
  { width: 340, className: "narrow" },
] as const;

/** A figure as SVG with its caption; the tables below it have the same figures. */
export function figureHtml(figure: Figure): string {
  const drawn = WIDTHS.map(({ width, className }) => {
    const id = `figure-${figure.key}-${className}`;
    return `<div class="${className}">${drawFigure(figure, { width, id })}</div>`;
  });
  return `<figure>${drawn.join("")}<figcaption>${escapeXml(captionOf(figure))}</figcaption></figure>`;
}
