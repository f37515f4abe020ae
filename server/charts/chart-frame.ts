import { SMALL_SIZE, TEXT_SIZE } from "./bar-layout.ts";
import { textLine } from "./bar-text.ts";
import { element, escapeXml } from "./svg.ts";
import { fitText } from "./text-fit.ts";

interface Frame {
  width: number;
  height: number;
  /** Starts every id inside, so that several charts can share a page: letters, digits and hyphens. */
  id: string;
  title: string;
  description: string;
}

/** The <svg> around a chart: told by its title and description, white paper below, its own fonts. */
export function chartFrame({ width, height, id, title, description }: Frame, children: string[]): string {
  const root = {
    xmlns: "http://www.w3.org/2000/svg",
    class: "tb-chart",
    role: "img",
    "aria-labelledby": `${id}-title ${id}-desc`,
    ...{ width, height },
    viewBox: `0 0 ${String(width)} ${String(height)}`,
    "font-family": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif",
    "font-size": TEXT_SIZE,
  };
  return element("svg", root, [
    element("title", { id: `${id}-title` }, [escapeXml(title)]),
    element("desc", { id: `${id}-desc` }, [escapeXml(description)]),
    element("rect", { class: "tb-paper", width, height, fill: "#fff" }),
    ...children,
  ]);
}

/** A chart that has nothing to draw says so. */
export function emptyChart(frame: Omit<Frame, "height">, says: string): string {
  const line = fitText(says, frame.width, SMALL_SIZE);
  return chartFrame({ ...frame, height: 32 }, [textLine(line, { x: 0, y: 20, quiet: true, small: true })]);
}

/** The narrowest that charts are drawn, in CSS pixels. */
export const chartWidth = (asked: number): number => Math.max(280, Math.round(asked));
