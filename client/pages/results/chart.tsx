import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { trustedHtml } from "../../components/trusted-html.ts";
import { useWidth } from "./use-width.ts";

const EXPORT_WIDTH = 960;

/** Makes a chart for a width in CSS pixels. */
export type Draw = (width: number) => string;

/** A chart, drawn for the room there is, with its caption. */
export function Chart({ draw, children }: { draw: Draw; children: ComponentChildren }) {
  const frame = useRef<HTMLElement>(null);
  const width = useWidth(frame);
  const svg = width === 0 ? "" : draw(width);
  return (
    <figure class="chart" ref={frame}>
      <div dangerouslySetInnerHTML={{ __html: trustedHtml(svg) }} />
      <figcaption>{children}</figcaption>
    </figure>
  );
}

/** The chart as a file: the same for everybody, whatever their screen. */
export const chartFile = (draw: Draw): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${draw(EXPORT_WIDTH)}\n`;
