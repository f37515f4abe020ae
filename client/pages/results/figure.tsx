import { useEffect, useRef, useState } from "preact/hooks";
import { stackedBars } from "../../../server/charts/stacked-bars.ts";
import type { Pair, Report } from "../../../server/contract/report.ts";
import { trustedHtml } from "../../components/trusted-html.ts";
import { results as words } from "../../words/en/results.ts";
import { chartWordsFor } from "./chart-words.ts";
import { targetOf } from "./report-view.ts";

const EXPORT_WIDTH = 960;
/** Wider than the text of a page of paper by as much as its type may shrink: 13 units come out at 8 points. */
const PAPER_WIDTH = 840;

/** The stacked bars, drawn for the room there is. */
export function Figure({ report, pairs }: { report: Report; pairs: Pair[] }) {
  const frame = useRef<HTMLElement>(null);
  const width = useWidth(frame);
  const svg = width === 0 ? "" : drawFigure(report, pairs, width);
  return (
    <figure class="chart" ref={frame}>
      <div dangerouslySetInnerHTML={{ __html: trustedHtml(svg) }} />
      <figcaption>
        {words.figureSays(targetOf(report))} {words.figureGuide} {words.halfTieMeans}
      </figcaption>
    </figure>
  );
}

/** The figure as a file: the same for everybody, whatever their screen. */
export function figureFile(report: Report, pairs: Pair[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${drawFigure(report, pairs, EXPORT_WIDTH)}\n`;
}

function drawFigure(report: Report, pairs: Pair[], width: number): string {
  return stackedBars(pairs, { words: chartWordsFor(report, pairs), width, id: "figure" });
}

/** The width of an element in CSS pixels; 0 until known. */
function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const paper = matchMedia("print");
    const measure = () => setWidth(paper.matches ? PAPER_WIDTH : Math.floor(watched.clientWidth));
    const forPaper = () => setWidth(PAPER_WIDTH);
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(watched);
    paper.addEventListener("change", measure);
    window.addEventListener("beforeprint", forPaper);
    window.addEventListener("afterprint", measure);
    return () => {
      observer.disconnect();
      paper.removeEventListener("change", measure);
      window.removeEventListener("beforeprint", forPaper);
      window.removeEventListener("afterprint", measure);
    };
  }, [element]);
  return width;
}
