import { dotIntervals } from "../../charts/dot-intervals.ts";
import { lineChart } from "../../charts/line-chart.ts";
import type { DotsFigure, Figure } from "../document.ts";
import { cellLine, rounded, wholeNumber } from "../numbers.ts";
import { NO_JUDGMENTS_YET } from "../words.ts";
import { barsCaption, drawBars, type Frame } from "./bars.ts";

export type { Frame } from "./bars.ts";

/** A figure as SVG: the same on the results page, in its files and in HTML. */
export function drawFigure(figure: Figure, frame: Frame): string {
  if (figure.type === "bars") return drawBars(figure, frame);
  return figure.type === "dots" ? drawDots(figure, frame) : drawLine(figure, frame);
}

/** What stands below a figure. */
export function captionOf(figure: Figure): string {
  if (figure.type === "bars") return barsCaption(figure);
  if (figure.type === "line") return "Judgments counted in all, day by day.";
  return [`${figure.title}.`, figure.caption, "A hollow dot has no interval."]
    .filter((text) => text !== "")
    .join(" ");
}

function drawDots({ rows, title, heading, reference, ticks }: DotsFigure, { width, id }: Frame): string {
  const unit = rows[0]?.cell.as ?? "rate";
  const drawn = rows.map(({ name, cell }) => ({
    ...{ name, value: typeof cell.value === "number" ? cell.value : null, says: cellLine(cell) },
    ...{ low: cell.ends?.[0] ?? null, high: cell.ends?.[1] ?? null },
  }));
  const words = {
    ...{ title, heading, nothing: "No figures yet." },
    description: drawn.map((row) => `${row.name}: ${row.says}.`).join(" "),
    tick: (value: number) => withoutZeros(rounded(value, unit)),
  };
  return dotIntervals(drawn, {
    words,
    width,
    id,
    reference,
    ...(ticks === null ? {} : { ticks: [...ticks] }),
  });
}

/** `.5` for `.500`, and `0` for `.000`. */
const withoutZeros = (text: string): string =>
  text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") || "0" : text;

function drawLine({ days }: Extract<Figure, { type: "line" }>, { width, id }: Frame): string {
  const points = days.map(({ day, total }) => ({ at: Date.parse(day), value: total }));
  const ends = [days[0], days.at(-1)].flatMap((one) =>
    one ? [`${one.day}: ${wholeNumber(one.total)}.`] : [],
  );
  const words = {
    ...{ title: "Judgments over time", description: ends.join(" "), nothing: NO_JUDGMENTS_YET },
    count: wholeNumber,
    moment: (at: number) => new Date(at).toISOString().slice(0, 10),
  };
  return lineChart(points, { words, width, id });
}
