import { describe, expect, it } from "vitest";
import { projectedEnd } from "../../../../server/statistics/planning/projected-end.ts";
import { uniform } from "../../../support/statistics/ranking-support.ts";
import { FIRST, times } from "../../../support/effort.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 100 * DAY;
const every = (step: number, count: number) => Array.from({ length: count }, (_, i) => NOW - i * step - 1);

describe("the projected end", () => {
  it.each([
    ["few", every(HOUR, 19)],
    ["few", every(HOUR, 40).map((time) => time - 8 * DAY)],
    ["short", every(60_000, 59)],
  ])("is not given where there is too little: %s", (why, judged) => {
    expect(projectedEnd({ times: judged, now: NOW, left: 10 })).toBe(why);
  });

  it.each([
    ["of 10 hours", every(HOUR / 10, 100), 240],
    ["of 5 days", every(HOUR, 120), 24],
    ["of 9 days, of which 7 count", every(HOUR, 216), 24],
  ])("of even work %s is the work left by the pace, inside its interval", (_of, judged, perDay) => {
    const found = projectedEnd({ times: judged, now: NOW, left: 48 });
    if (typeof found === "string") throw new Error(found);
    expect(found.perDay).toBeGreaterThan(0.98 * perDay);
    expect(found.perDay).toBeLessThan(1.03 * perDay);
    expect(found.value - NOW).toBeCloseTo((48 / found.perDay) * DAY, -3);
    expect(found.low).toBeLessThan(found.value);
    expect(found.high!).toBeGreaterThan(found.value);
  });

  it("has no upper end where a burst is over", () => {
    const burst = every(60_000, 100).map((time) => time - 2 * DAY);
    expect(projectedEnd({ times: burst, now: NOW, left: 50 })).toMatchObject({ high: null });
  });

  it("holds the true end in about nine of ten studies whose judgments come at random", () => {
    const studies = times(200);
    const random = uniform(FIRST + 5);
    let inside = 0;
    for (let study = 0; study < studies; study++) {
      const came: number[] = [];
      for (let at = 0; came.length < 300;) came.push((at -= (Math.log(random()) * DAY) / 40));
      const now = came[199]!; // 200 of 300 judgments after about five days
      const found = projectedEnd({ times: came.slice(0, 200), now, left: 100 });
      if (typeof found === "string") throw new Error(found);
      if (came[299]! >= found.low && (found.high === null || came[299]! <= found.high)) inside++;
    }
    expect(inside / studies).toBeGreaterThan(0.8);
  });
});
