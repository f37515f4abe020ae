import type { ChartWords } from "../charts/chart-words.ts";
import { type DotWords, dotIntervals } from "../charts/dot-intervals.ts";
import { lineChart, type LineWords } from "../charts/line-chart.ts";
import { stackedBars } from "../charts/stacked-bars.ts";
import type { Pair } from "../contract/report.ts";
import type { DotFigure, Figure } from "./document.ts";
import { counted, perCent, scoreText, wholeNumber } from "./numbers.ts";

/** A figure is drawn for a page and for a phone; the style sheet shows the one that fits. */
const WIDTHS = [
  { width: 940, className: "wide" },
  { width: 340, className: "narrow" },
] as const;

/** A figure as SVG with its caption; the tables below it have the same figures. */
export function figureHtml(figure: Figure): string {
  const drawn = WIDTHS.map(
    ({ width, className }) =>
      `<div class="${className}">${draw(figure, { width, id: `${figure.key}-${className}` })}</div>`,
  );
  return `<figure>${drawn.join("")}<figcaption>${CAPTIONS[figure.type]}</figcaption></figure>`;
}

const CAPTIONS: Record<Figure["type"], string> = {
  bars:
    "Each bar is all judgments of one group; a tie is “neither is significantly better”. Whiskers are 95 % intervals: " +
    "of the wins above the bar, of the losses below it.",
  dots: "Bradley–Terry scores with 95 % intervals; the dashed line is the average of 1000. A hollow dot has no interval.",
  line: "Judgments counted, in all, day by day.",
};

interface Place {
  readonly width: number;
  readonly id: string;
}

function draw(figure: Figure, { width, id }: Place): string {
  if (figure.type === "bars")
    return stackedBars([...figure.pairs], { words: barWords(figure.pairs), width, id });
  if (figure.type === "dots")
    return dotIntervals(
      figure.rows.map((row) => ({ ...row, says: dotSays(row) })),
      { words: dotWords(figure.rows), width, id, reference: 1000 },
    );
  const points = figure.days.map(({ day, total }) => ({ at: Date.parse(day), value: total }));
  return lineChart(points, { words: lineWords(figure.days), width, id });
}

const percent = (proportion: number): string => `${perCent(proportion, 0)}\u00A0%`;

function rowSays({ system, against, group, win, tie, loss, judgments, halfTieRate }: Pair): string {
  const rate = (share: number | null) => (share === null ? "–" : percent(share));
  return (
    `${system} against ${against}, ${group ?? "all people"}: won ${rate(win.rate)}, tied ${rate(tie.rate)}, ` +
    `lost ${rate(loss.rate)} of ${counted(judgments, "judgment")}; half-tie rate ${scoreText(halfTieRate)}.`
  );
}

const barWords = (pairs: readonly Pair[]): ChartWords => ({
  title: "Won, tied and lost",
  description: pairs.map(rowSays).join(" "),
  ...{ win: "win", tie: "tie", loss: "loss" },
  interval: "95 % interval (win above, loss below)",
  ...{ allPeople: "All people", halfTieRate: "half-tie rate", judgments: "judgments" },
  noJudgments: "no judgments yet",
  systemAgainst: (system) => `${system} against`,
  against: (other) => `against ${other}`,
  percent,
  count: wholeNumber,
  score: scoreText,
  row: rowSays,
});

const dotSays = ({ value, low, high }: DotFigure): string =>
  `${value.toFixed(0)} ${low === null || high === null ? "[–]" : `[${low.toFixed(0)}, ${high.toFixed(0)}]`}`;

const dotWords = (rows: readonly DotFigure[]): DotWords => ({
  title: "Strength of each system",
  description: rows.map((row) => `${row.name}: ${dotSays(row)}.`).join(" "),
  heading: "score and 95 % interval",
  nothing: "No system can be ranked.",
  tick: (value) => String(Math.round(value)),
});

type Days = Extract<Figure, { type: "line" }>["days"];

const lineWords = (days: Days): LineWords => ({
  title: "Judgments over time",
  description: days.map(({ day, total }) => `${day}: ${wholeNumber(total)}.`).join(" "),
  nothing: "No judgments yet.",
  count: wholeNumber,
  moment: (at) => days.find(({ day }) => Date.parse(day) === at)?.day ?? "",
});
