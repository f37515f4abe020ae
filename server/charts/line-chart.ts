import { INK, textLine } from "./bar-text.ts";
import { SMALL_SIZE } from "./bar-layout.ts";
import { chartFrame, chartWidth, emptyChart } from "./chart-frame.ts";
import { element, round } from "./svg.ts";
import { textWidth } from "./text-fit.ts";
import { ticksAround } from "./ticks.ts";

/** A total at a moment: `at` in any unit that grows with time. */
interface LinePoint {
  at: number;
  value: number;
}

interface LineWords {
  title: string;
  description: string;
  nothing: string;
  count(value: number): string;
  moment(at: number): string;
}

/**
 * How a total grew, as steps: it stays until the next point. The last point carries its value. Points in order of
 * time, values from 0 up; a single point is a dot. Returns one SVG element, made as `stackedBars` makes it.
 */
export function lineChart(
  points: LinePoint[],
  { words, width: asked, id }: { words: LineWords; width: number; id: string },
): string {
  const width = chartWidth(asked);
  const told = { width, id, title: words.title, description: words.description };
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return emptyChart(told, words.nothing);
  const ticks = ticksAround(0, Math.max(1, ...points.map(({ value }) => value)), 3);
  const left = Math.max(...ticks.map((tick) => textWidth(words.count(tick), SMALL_SIZE))) + 10;
  const right = width - Math.max(16, textWidth(words.count(last.value), SMALL_SIZE) + 12);
  const span = last.at - first.at;
  const x = (at: number) =>
    span === 0 ? (left + right) / 2 : left + ((at - first.at) / span) * (right - left);
  const y = (value: number) => BOTTOM - (value / (ticks.at(-1) ?? 1)) * (BOTTOM - TOP);
  const end = { cx: x(last.at), cy: y(last.value), r: 3.5 };
  return chartFrame({ ...told, height: HEIGHT }, [
    ...ticks.map((tick) => level(words.count(tick), { left, right, y: y(tick) })),
    steps(points.map(({ at, value }) => [x(at), y(value)])),
    element("circle", { class: "tb-dot", ...end, fill: INK }),
    textLine(words.count(last.value), { x: end.cx + 8, y: end.cy + 4, small: true }),
    ...moments(points, words, { x, left, right }),
  ]);
}

const HEIGHT = 200;
const TOP = 12;
const BOTTOM = 168;

function level(label: string, { left, right, y }: { left: number; right: number; y: number }): string {
  const line = { x1: left, x2: right, y1: y, y2: y };
  return (
    element("line", { class: "tb-grid", ...line, stroke: "#dcdcdc", "stroke-width": 1 }) +
    textLine(label, { x: left - 8, y: y + 4, anchor: "end", quiet: true, small: true })
  );
}

function steps(points: [number, number][]): string {
  const [[startX, startY] = [0, 0], ...rest] = points;
  const d = `M${round(startX)} ${round(startY)}${rest.map(([x, y]) => `H${round(x)}V${round(y)}`).join("")}`;
  return element("path", { class: "tb-line", d, fill: "none", stroke: INK, "stroke-width": 1.75 });
}

/** The first and the last moment below the line. */
function moments(
  points: LinePoint[],
  words: LineWords,
  { x, left, right }: { x: (at: number) => number; left: number; right: number },
): string[] {
  const [first, last] = [points[0]!.at, points.at(-1)!.at];
  const below = { y: BOTTOM + 20, quiet: true, small: true } as const;
  if (first === last) return [textLine(words.moment(first), { x: x(first), ...below, anchor: "middle" })];
  return [
    textLine(words.moment(first), { x: left, ...below }),
    textLine(words.moment(last), { x: right, ...below, anchor: "end" }),
  ];
}
