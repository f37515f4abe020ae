import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dotIntervals } from "../../../server/charts/dot-intervals.ts";
import type { DotRow } from "../../../server/charts/dot-row.ts";
import { lineChart } from "../../../server/charts/line-chart.ts";
import { ticksAround } from "../../../server/charts/ticks.ts";
import { readSvg } from "./chart-fixture.ts";

const told = { title: "the title", description: "the description", nothing: "nothing here" };
const dots = (rows: DotRow[], width = 800, ticks?: number[]) =>
  dotIntervals(rows, {
    words: { ...told, heading: "score", tick: String },
    ...{ width, id: "dots", ticks, reference: 0.5 },
  });
const row = (name: string, value: number | null, ends: [number, number] | null = null): DotRow => ({
  ...{ name, value, says: String(value) },
  low: ends?.[0] ?? null,
  high: ends?.[1] ?? null,
});
const circles = (svg: string) => readSvg(svg).tags.filter(({ name }) => name === "circle");
const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });

describe("dotIntervals", () => {
  it("puts each dot at its value on the axis, and says it in words", () => {
    const svg = dots([row("a", 0, [0, 0.5]), row("b", 1, [0.5, 1]), row("c", 0.5, [0, 1])], 800, [0, 0.5, 1]);
    const [a, b, c] = circles(svg).map(({ attributes }) => Number(attributes.cx));
    expect(c).toBeCloseTo(((a ?? 0) + (b ?? 0)) / 2, 1);
    expect(a).toBeLessThan(b ?? 0);
    expect(readSvg(svg).texts).toEqual(
      expect.arrayContaining(["the title", "the description", "a: 0", "b: 1"]),
    );
  });

  it("draws a hollow dot without an interval, and none without a value", () => {
    const svg = dots([row("a", 0.2, [0.1, 0.3]), row("b", 0.4), row("c", null)]);
    expect(circles(svg).map(({ attributes }) => attributes.class)).toEqual(["tb-dot", "tb-dot-hollow"]);
  });

  it("says so where there is nothing to show", () => {
    expect(readSvg(dots([])).texts).toContain("nothing here");
  });

  it("stays well-formed and inside its box for any figures, names and widths", () => {
    const rows = fc.array(
      fc.record({
        name: fc.string({ unit: "binary" }),
        value: finite,
        half: fc.double({ min: 0, max: 1e6, noNaN: true }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, fc.integer({ min: 280, max: 1200 }), (given, width) => {
        const svg = dots(
          given.map(({ name, value, half }) => row(name, value, [value - half, value + half])),
          width,
        );
        expect(svg).not.toMatch(/NaN|Infinity/);
        for (const { attributes } of circles(svg)) {
          expect(Number(attributes.cx)).toBeGreaterThanOrEqual(0);
          expect(Number(attributes.cx)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});

describe("lineChart", () => {
  const words = { ...told, count: String, moment: (at: number) => `day ${String(at)}` };
  const line = (points: { at: number; value: number }[], width = 800) =>
    lineChart(points, { words, width, id: "line" });

  it("carries the last total, and the first and last moment", () => {
    const { texts } = readSvg(
      line([
        { at: 1, value: 5 },
        { at: 4, value: 37 },
      ]),
    );
    expect(texts).toEqual(expect.arrayContaining(["the title", "the description", "37", "day 1", "day 4"]));
  });

  it("is a dot for one point, and words for none", () => {
    expect(circles(line([{ at: 3, value: 2 }]))).toHaveLength(1);
    expect(readSvg(line([])).texts).toContain("nothing here");
  });

  it("stays well-formed for any totals", () => {
    const steps = fc.array(fc.nat({ max: 1e9 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 280, max: 1200 }), (values, width) => {
        const svg = line(
          values.map((value, at) => ({ at, value })),
          width,
        );
        expect(svg).not.toMatch(/NaN|Infinity/);
        readSvg(svg);
      }),
    );
  });
});

describe("ticksAround", () => {
  it("begins at or below the lowest, ends at or above the highest, and is even", () => {
    fc.assert(
      fc.property(
        finite,
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 8 }),
        (low, span, n) => {
          const ticks = ticksAround(low, low + span, n);
          const slack = span * 1e-6 + Math.abs(low) * 1e-9;
          expect(ticks[0]).toBeLessThanOrEqual(low + slack);
          expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + span - slack);
          expect(ticks.length).toBeGreaterThan(1);
          expect(ticks.length).toBeLessThanOrEqual(n + 3);
        },
      ),
    );
  });

  it("is round", () => {
    expect(ticksAround(691, 1200, 6)).toEqual([600, 700, 800, 900, 1000, 1100, 1200]);
    expect(ticksAround(5, 5, 4).length).toBeGreaterThan(1);
  });
});
