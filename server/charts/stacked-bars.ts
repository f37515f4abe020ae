import type { Pair } from "../contract/report.ts";
import { blockMarkup } from "./bar-block.ts";
import { legend, scale } from "./bar-heading.ts";
import {
  blockHeight,
  blocksOf,
  bodyHeight,
  columnsFor,
  SMALL_SIZE,
  TEXT_SIZE,
  type Block,
} from "./bar-layout.ts";
import { patterns } from "./bar-row.ts";
import { textLine } from "./bar-text.ts";
import type { ChartWords } from "./chart-words.ts";
import { element, escapeXml } from "./svg.ts";
import { fitText } from "./text-fit.ts";

export interface StackedBarsOptions {
  words: ChartWords;
  /** Width in CSS pixels, at least 280 (about 340 on a phone, about 960 on a page). */
  width: number;
  /** Starts every id inside, so that several charts can share a page: letters, digits and hyphens. */
  id: string;
}

/**
 * Stacked bars of win, tie and loss, one row a pair, the rows of one comparison of systems together.
 * Whiskers above a bar are the win interval, below it the loss interval; none where not estimable.
 * Returns one SVG element that stands alone: colours are presentation attributes (dark text on white), and
 * classes starting with `tb-` let a page restyle it. Every name is escaped, and cut to its column with the
 * whole name in a <title>.
 */
export function stackedBars(pairs: Pair[], { words, width: asked, id }: StackedBarsOptions): string {
  const width = Math.max(280, Math.round(asked));
  const blocks = blocksOf(pairs);
  const columns = columnsFor(blocks, width, words);
  const system = onlySystem(blocks);
  const heading = system === null ? "" : words.systemAgainst(system);
  const intervals = pairs.some((pair) => "low" in pair.win || "low" in pair.loss);
  const key = legend(columns, words, { id, intervals });
  const headingAbove = columns.narrow && heading !== "";
  const scaleTop = key.height + (headingAbove ? 26 : 8);
  const bodyTop = scaleTop + 22;
  const height = bodyTop + bodyHeight(blocks, columns);
  let top = bodyTop;
  const body = blocks.map((block, index) => {
    const place = { columns, words, id, top, ruled: index > 0, named: system === null };
    top += blockHeight(block, columns);
    return blockMarkup(block, place);
  });
  return frame({ width, height, id, words }, [
    key.markup,
    headingAbove
      ? textLine(fitText(heading, width, SMALL_SIZE), { x: 0, y: key.height + 14, quiet: true, small: true })
      : "",
    scale(columns, words, { top: scaleTop, bottom: height, heading }),
    ...body,
  ]);
}

interface Frame {
  width: number;
  height: number;
  id: string;
  words: ChartWords;
}

function frame({ width, height, id, words }: Frame, children: string[]): string {
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
    element("title", { id: `${id}-title` }, [escapeXml(words.title)]),
    element("desc", { id: `${id}-desc` }, [escapeXml(words.description)]),
    patterns(id),
    element("rect", { class: "tb-paper", width, height, fill: "#fff" }),
    ...children,
  ]);
}

function onlySystem(blocks: Block[]): string | null {
  const systems = new Set(blocks.map((block) => block.system));
  return systems.size === 1 ? (blocks[0]?.system ?? null) : null;
}
