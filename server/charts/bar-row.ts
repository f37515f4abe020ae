import type { Pair, Rate } from "../contract/report.ts";
import { INK, textLine } from "./bar-text.ts";
import type { ChartWords } from "./chart-words.ts";
import { element, escapeXml, round } from "./svg.ts";
import { fitText, textWidth } from "./text-fit.ts";

/** Where a bar stands, in the chart's units. */
interface BarBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

const LABEL_SIZE = 12;

/** One stacked bar: win from the left, loss from the right, tie between them, whiskers above and below. */
export function stackedBar(pair: Pair, box: BarBox, id: string, words: ChartWords): string {
  const { win, loss } = pair;
  if (pair.judgments === 0 || win.rate === null || loss.rate === null) return emptyBar(box, words);
  const left = round(box.x);
  const right = round(box.x + box.width);
  const winEnd = round(box.x + win.rate * box.width);
  const lossStart = Math.max(winEnd, round(right - loss.rate * box.width));
  const parts = [
    segment("win", left, winEnd, { box, id, label: words.percent(win.rate) }),
    segment("tie", winEnd, lossStart, { box, id, label: words.percent(pair.tie.rate ?? 0) }),
    segment("loss", lossStart, right, { box, id, label: words.percent(loss.rate) }),
    outline(box),
    whisker(win, (proportion) => left + proportion * box.width, box.y - 4),
    whisker(loss, (proportion) => right - proportion * box.width, box.y + box.height + 4),
  ];
  return parts.join("");
}

/** A filled box in the colour and pattern of an outcome. */
export function outcomeBox(outcome: Outcome, box: BarBox, id: string): string {
  const { x, y, width, height } = box;
  const fill = outcome === "win" ? WIN : `url(#${id}-${outcome})`;
  return element("rect", { class: `tb-${outcome}`, x, y, width, height, fill });
}

/** What the patterns of tie and loss are made of; `id` keeps several charts on one page apart. */
export function patterns(id: string): string {
  const tile = (name: string, size: number, children: string[], turn?: string) =>
    element(
      "pattern",
      {
        id: `${id}-${name}`,
        width: size,
        height: size,
        patternUnits: "userSpaceOnUse",
        patternTransform: turn,
      },
      children,
    );
  return element("defs", {}, [
    tile("tie", 6, [
      element("rect", { class: "tb-tie-fill", width: 6, height: 6, fill: TIE }),
      element("circle", { class: "tb-tie-mark", cx: 3, cy: 3, r: 0.8, fill: "#7a7a7a" }),
    ]),
    tile(
      "loss",
      6,
      [
        element("rect", { class: "tb-loss-fill", width: 6, height: 6, fill: LOSS }),
        element("rect", { class: "tb-loss-mark", width: 1.5, height: 6, fill: "#fff" }),
      ],
      "rotate(45)",
    ),
  ]);
}

export function outline({ x, y, width, height }: BarBox): string {
  const stroke = { fill: "none", stroke: INK, "stroke-width": 0.75 };
  return element("rect", { class: "tb-outline", x, y, width, height, ...stroke });
}

/** A horizontal interval with caps. */
export function whiskerPath(from: number, to: number, y: number): string {
  const d = `M${round(from)} ${round(y - 2.5)}v5M${round(from)} ${round(y)}H${round(to)}M${round(to)} ${round(y - 2.5)}v5`;
  return element("path", { class: "tb-whisker", d, fill: "none", stroke: INK, "stroke-width": 1.25 });
}

const WIN = "#0072b2";
const TIE = "#d4d4d4";
const LOSS = "#d55e00";

type Outcome = "win" | "tie" | "loss";
const FILL = { win: WIN, tie: TIE, loss: LOSS };

function segment(
  outcome: Outcome,
  from: number,
  to: number,
  { box, id, label }: { box: BarBox; id: string; label: string },
): string {
  const width = round(to - from);
  const rectangle = outcomeBox(outcome, { ...box, x: from, width }, id);
  const plate = textWidth(label, LABEL_SIZE) + 6;
  if (width < plate + 2) return rectangle;
  const middle = from + width / 2;
  return [
    rectangle,
    element("rect", {
      class: `tb-${outcome}-fill`,
      x: middle - plate / 2,
      y: box.y,
      width: plate,
      height: box.height,
      fill: FILL[outcome],
    }),
    element(
      "text",
      {
        class: `tb-on-${outcome}`,
        x: middle,
        y: box.y + box.height / 2 + LABEL_SIZE * 0.36,
        "text-anchor": "middle",
        "font-size": LABEL_SIZE,
        "font-weight": 600,
        fill: outcome === "win" ? "#fff" : "#111",
      },
      [escapeXml(label)],
    ),
  ].join("");
}

function whisker(rate: Rate, place: (proportion: number) => number, y: number): string {
  if ("notEstimable" in rate) return "";
  const ends = [place(rate.low), place(rate.high)].sort((a, b) => a - b);
  return whiskerPath(ends[0] ?? 0, ends[1] ?? 0, y);
}

function emptyBar(box: BarBox, words: ChartWords): string {
  const { x, y, width, height } = box;
  return [
    element("rect", {
      class: "tb-empty",
      ...{ x, y, width, height },
      fill: "none",
      stroke: "#767676",
      "stroke-width": 0.75,
      "stroke-dasharray": "3 3",
    }),
    textLine(fitText(words.noJudgments, width - 16, LABEL_SIZE), {
      x: x + 8,
      y: y + height / 2 + LABEL_SIZE * 0.36,
      quiet: true,
      small: true,
    }),
  ].join("");
}
