import { outcomeBox, outline, whiskerPath } from "./bar-row.ts";
import { textLine } from "./bar-text.ts";
import { SMALL_SIZE, type Columns } from "./bar-layout.ts";
import type { ChartWords } from "./chart-words.ts";
import { element } from "./svg.ts";
import { fitText, textWidth } from "./text-fit.ts";

/** The key to the colours and patterns, and the height it takes. */
export function legend(
  columns: Columns,
  words: ChartWords,
  { id, intervals }: { id: string; intervals: boolean },
): { markup: string; height: number } {
  let x = 1;
  const parts: string[] = [];
  for (const outcome of ["win", "tie", "loss"] as const) {
    const box = { x, y: 3, width: 22, height: 12 };
    parts.push(outcomeBox(outcome, box, id), outline(box), legendText(words[outcome], x + 28, 13));
    x += 28 + textWidth(words[outcome], SMALL_SIZE) + 18;
  }
  if (!intervals) return { markup: parts.join(""), height: 24 };
  const wraps = x + 30 + textWidth(words.interval, SMALL_SIZE) > columns.width;
  const [left, y] = wraps ? [1, 22] : [x, 0];
  parts.push(whiskerPath(left, left + 22, y + 9));
  parts.push(legendText(fitText(words.interval, columns.width - left - 28, SMALL_SIZE), left + 28, y + 13));
  return { markup: parts.join(""), height: wraps ? 46 : 24 };
}

/** Headings of the columns, the scale above the bars, and its lines down to `bottom`. */
export function scale(
  columns: Columns,
  words: ChartWords,
  { top, bottom, heading }: { top: number; bottom: number; heading: string },
): string {
  const baseline = top + 14;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const x = columns.barX + share * columns.barWidth;
    const anchor = columns.narrow && share === 0 ? "start" : columns.narrow && share === 1 ? "end" : "middle";
    return [
      element("line", {
        class: share === 0.5 ? "tb-grid tb-half" : "tb-grid",
        ...{ x1: x, x2: x, y1: baseline + 6, y2: columns.narrow ? baseline + 11 : bottom },
        stroke: share === 0.5 ? "#8a8a8a" : "#dcdcdc",
        "stroke-width": 1,
      }),
      columnText(words.percent(share), x, baseline, anchor),
    ].join("");
  });
  if (columns.narrow) return ticks.join("");
  return [
    ...ticks,
    columnText(fitText(heading, columns.barX - 24, SMALL_SIZE), 0, baseline, "start"),
    columnText(words.judgments, columns.countEnd, baseline, "end"),
    columnText(words.halfTieRate, columns.scoreEnd, baseline, "end"),
  ].join("");
}

function columnText(content: string, x: number, y: number, anchor: "start" | "middle" | "end"): string {
  return textLine(content, { x, y, anchor, quiet: true, small: true });
}

function legendText(content: string, x: number, y: number): string {
  return textLine(content, { x, y, small: true });
}
