import { SMALL_SIZE, TEXT_SIZE } from "./bar-layout.ts";
import { INK, QUIET, textLine } from "./bar-text.ts";
import { chartFrame, chartWidth, emptyChart } from "./chart-frame.ts";
import { type DotColumns, dotColumns, dotTicks } from "./dot-layout.ts";
import type { DotRow } from "./dot-row.ts";
import { isolated } from "./isolate.ts";
import { element, escapeXml, round } from "./svg.ts";
import { fitText } from "./text-fit.ts";

interface DotWords {
  title: string;
  description: string;
  /** Above the column of what rows say. */
  heading: string;
  /** In place of the chart where there are no rows. */
  nothing: string;
  tick(value: number): string;
}

interface DotOptions {
  words: DotWords;
  /** Width in CSS pixels, at least 280. */
  width: number;
  id: string;
  /** The axis from its first to its last; round numbers around the figures if not said. */
  ticks?: number[];
  /** A figure to compare with: a stronger line. */
  reference?: number;
}

/**
 * A dot with its interval for each row, below one axis: hollow where there is no interval, an arrow where an
 * interval goes on beyond the axis. Returns one SVG element, made as `stackedBars` makes it.
 */
export function dotIntervals(rows: DotRow[], options: DotOptions): string {
  const { words, id } = options;
  const width = chartWidth(options.width);
  const told = { width, id, title: words.title, description: words.description };
  if (rows.length === 0) return emptyChart(told, words.nothing);
  const columns = dotColumns(rows, width, words.heading);
  const ticks = dotTicks(rows, { ticks: options.ticks, narrow: columns.narrow });
  const place = placeOn(ticks, columns);
  const height = AXIS_HEIGHT + rows.length * columns.rowHeight + 6;
  return chartFrame({ ...told, height }, [
    axis(ticks, { columns, options, place, bottom: height }),
    ...rows.map((row, i) => rowMarkup(row, AXIS_HEIGHT + i * columns.rowHeight, { columns, place })),
  ]);
}

const AXIS_HEIGHT = 30;
const RADIUS = 4.5;

type Place = (value: number) => number;

function placeOn(ticks: number[], { plotX, plotWidth }: DotColumns): Place {
  const first = ticks[0] ?? 0;
  const span = (ticks.at(-1) ?? 1) - first;
  return (value) => plotX + ((value - first) / span) * plotWidth;
}

interface AxisPlace {
  columns: DotColumns;
  options: DotOptions;
  place: Place;
  bottom: number;
}

function axis(ticks: number[], { columns, options, place, bottom }: AxisPlace): string {
  const { words, reference } = options;
  const inside = reference !== undefined && reference >= ticks[0]! && reference <= ticks.at(-1)!;
  const lines = ticks.map((tick, i) => {
    const x = place(tick);
    const anchor = !columns.narrow ? "middle" : i === 0 ? "start" : i === ticks.length - 1 ? "end" : "middle";
    return [
      gridLine(x, bottom, tick === reference),
      textLine(words.tick(tick), {
        x: anchor === "start" ? 0 : anchor === "end" ? columns.width : x,
        ...{ y: 14, anchor, quiet: true, small: true },
      }),
    ].join("");
  });
  const heading = textLine(words.heading, {
    ...{ x: columns.width, y: 14, anchor: "end", quiet: true, small: true },
  });
  return [
    ...lines,
    inside && !ticks.includes(reference) ? gridLine(place(reference), bottom, true) : "",
    columns.narrow ? "" : heading,
  ].join("");
}

function gridLine(x: number, bottom: number, strong: boolean): string {
  return element("line", {
    class: strong ? "tb-grid tb-half" : "tb-grid",
    ...{ x1: x, x2: x, y1: 20, y2: bottom },
    stroke: strong ? "#8a8a8a" : "#dcdcdc",
    "stroke-width": 1,
    "stroke-dasharray": strong ? "4 3" : undefined,
  });
}

function rowMarkup(row: DotRow, top: number, at: { columns: DotColumns; place: Place }): string {
  const { columns } = at;
  const y = columns.narrow ? top + 14 : top + columns.dotTop + 4;
  const room = columns.narrow ? columns.width - columns.nameRoom - 8 : columns.width;
  return element("g", { class: "tb-row" }, [
    element("title", {}, [escapeXml(`${isolated(row.name)}: ${row.says}`)]),
    textLine(fitText(isolated(row.name), columns.nameRoom, TEXT_SIZE), { x: 0, y }),
    dot(row, top + columns.dotTop, at),
    textLine(fitText(row.says, room, SMALL_SIZE), { x: columns.width, y, anchor: "end", small: true }),
  ]);
}

function dot(
  { value, low, high }: DotRow,
  y: number,
  { columns, place }: { columns: DotColumns; place: Place },
) {
  if (value === null || !Number.isFinite(value)) return "";
  const [left, right] = [columns.plotX, columns.plotX + columns.plotWidth];
  const known = low !== null && high !== null && Number.isFinite(low) && Number.isFinite(high);
  const x = Math.min(right, Math.max(left, place(value)));
  const circle = element("circle", {
    class: known ? "tb-dot" : "tb-dot-hollow",
    ...{ cx: x, cy: y, r: RADIUS },
    fill: known ? INK : "#fff",
    stroke: known ? INK : QUIET,
    "stroke-width": 1.5,
  });
  if (!known) return circle;
  const d = spanPath({ from: place(low), to: place(high), left, right }, y);
  return element("path", { class: "tb-whisker", d, fill: "none", stroke: INK, "stroke-width": 1.5 }) + circle;
}

/** From end to end, a cap at an end that is shown and an arrow head at one that is not. */
function spanPath(ends: { from: number; to: number; left: number; right: number }, y: number): string {
  const from = Math.min(ends.right, Math.max(ends.left, ends.from));
  const to = Math.max(ends.left, Math.min(ends.right, ends.to));
  const cap = (x: number) => `M${round(x)} ${round(y - 4)}v8`;
  const head = (x: number, way: number) =>
    `M${round(x - way * 5)} ${round(y - 4)}l${way * 5} 4l${-way * 5} 4`;
  return [
    ends.from < ends.left - 0.5 ? head(from, -1) : cap(from),
    `M${round(from)} ${round(y)}H${round(to)}`,
    ends.to > ends.right + 0.5 ? head(to, 1) : cap(to),
  ].join("");
}
