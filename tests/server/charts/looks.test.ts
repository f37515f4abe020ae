import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { dotIntervals } from "../../../server/charts/dot-intervals.ts";
import type { DotRow } from "../../../server/charts/dot-row.ts";
import { lineChart } from "../../../server/charts/line-chart.ts";
import { stackedBars } from "../../../server/charts/stacked-bars.ts";
import { readableSvg } from "../../support/readable-svg.ts";
import { pairOf, words } from "./chart-fixture.ts";

/** Each chart as a file that a browser opens: CONTRIBUTING.md says how to write them anew. */
const LOOKS = path.join(import.meta.dirname, "looks");
const WIDTHS = { page: 940, phone: 340 };
const told = { title: "the title", description: "the description", nothing: "nothing here" };
const RIGHT_TO_LEFT = ["עברית", "ساده و کوتاه", "plain עם (עברית)"];
const LONG = "a-system-whose-name-is-much-longer-than-any-column <b>&amp;";

const bars = (pairs: Parameters<typeof stackedBars>[0]) => (width: number) =>
  stackedBars(pairs, { words, width, id: "bars" });
const row = (name: string, value: number | null, half: number | null): DotRow => ({
  ...{ name, value, says: value === null ? "–" : `${value} ± ${half ?? "?"}` },
  low: value === null || half === null ? null : value - half,
  high: value === null || half === null ? null : value + half,
});
const dots = (rows: DotRow[]) => (width: number) =>
  dotIntervals(rows, {
    words: { ...told, heading: "score", tick: String },
    ...{ width, id: "dots", reference: 1000 },
  });
const DAY_MS = 86_400_000;
const line = (values: number[]) => (width: number) =>
  lineChart(
    values.map((value, i) => ({ at: i * DAY_MS, value })),
    { words: { ...told, count: String, moment: (at) => `day ${at / DAY_MS + 1}` }, width, id: "line" },
  );

const CHARTS: Readonly<Record<string, (width: number) => string>> = {
  "bars-none": bars([]),
  "bars-one": bars([pairOf([50, 30, 20])]),
  "bars-many": bars([
    pairOf([50, 30, 20]),
    pairOf([0, 0, 0], { group: "authors" }),
    pairOf([3, 0, 0], { group: "judge", intervals: false }),
    pairOf([120, 240, 40], { against: LONG }),
    pairOf([1, 0, 999], { system: LONG, against: "florid" }),
  ]),
  "bars-right-to-left": bars(
    RIGHT_TO_LEFT.map((against) => pairOf([20, 30, 50], { system: "قوی", against })),
  ),
  "dots-none": dots([]),
  "dots-one": dots([row("plain", 1040, 60)]),
  "dots-many": dots([
    row("plain", 1128, 72),
    row(LONG, 1010, 400),
    row("alone", 980, null),
    row("none", null, null),
  ]),
  "dots-right-to-left": dots(RIGHT_TO_LEFT.map((name, i) => row(name, 950 + 50 * i, 40))),
  "line-none": line([]),
  "line-one": line([7]),
  "line-many": line([0, 3, 40, 41, 41, 250, 1200]),
};
const NAMES = Object.keys(CHARTS).flatMap((name) =>
  Object.keys(WIDTHS).map((width) => `${name}-${width}.svg`),
);

describe("the look of charts", () => {
  it.each(Object.entries(CHARTS))("%s", async (name, draw) => {
    for (const [place, width] of Object.entries(WIDTHS)) {
      await expect(readableSvg(draw(width))).toMatchFileSnapshot(path.join(LOOKS, `${name}-${place}.svg`));
    }
  });

  it("is kept of no chart that is gone", () => {
    expect(fs.readdirSync(LOOKS).filter((name) => !NAMES.includes(name))).toEqual([]);
  });
});
