import type { Pair } from "../contract/report.ts";
import { blockMarkup } from "./bar-block.ts";
import { legend, scale } from "./bar-heading.ts";
import { blockHeight, blocksOf, bodyHeight, columnsFor, SMALL_SIZE, type Block } from "./bar-layout.ts";
import { patterns } from "./bar-row.ts";
import { textLine } from "./bar-text.ts";
import { chartFrame, chartWidth } from "./chart-frame.ts";
import type { ChartWords } from "./chart-words.ts";
import { isolated } from "./isolate.ts";
import { fitText } from "./text-fit.ts";

interface StackedBarsOptions {
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
  const width = chartWidth(asked);
  const blocks = blocksOf(pairs);
  const columns = columnsFor(blocks, width, words);
  const system = onlySystem(blocks);
  const heading = system === null ? "" : words.systemAgainst(isolated(system));
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
  return chartFrame({ width, height, id, title: words.title, description: words.description }, [
    patterns(id),
    key.markup,
    headingAbove
      ? textLine(fitText(heading, width, SMALL_SIZE), { x: 0, y: key.height + 14, quiet: true, small: true })
      : "",
    scale(columns, words, { top: scaleTop, bottom: height, heading }),
    ...body,
  ]);
}

function onlySystem(blocks: Block[]): string | null {
  const systems = new Set(blocks.map((block) => block.system));
  return systems.size === 1 ? (blocks[0]?.system ?? null) : null;
}
