import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  confidenceText,
  dollars,
  levelText,
  rounded,
  seconds,
} from "../../../server/report-document/numbers.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** What a reader sees of a report is written in these. */
const SHOWN = ["server/report-document", "server/charts", "client/pages/results", "client/words/en"];
/** Words of other pages: those of the report's page are called results-…. */
const isOther = (file: string): boolean => /words\/en\/(?!results)/.test(file);

const NUMBERS = "server/report-document/numbers.ts";
/** Where a length is rounded: to pixels, to hundredths of them, to characters, or to the divisor of a tick. */
const LENGTHS = new Set([
  "server/charts/chart-frame.ts",
  "server/charts/svg.ts",
  "server/charts/ticks.ts",
  "server/report-document/write/text-bars.ts",
  "client/pages/results/save-file.ts",
]);

const files = SHOWN.flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.posix.join(folder, file)),
).filter((file) => !isOther(file));

describe("numbers that readers see", () => {
  it("are rounded in one file", () => {
    expect(files).toContain(NUMBERS);
    const calls = (file: string) =>
      [
        ...fs
          .readFileSync(path.join(ROOT, file), "utf8")
          .matchAll(/\b(toFixed|toPrecision|toExponential|toLocaleString|NumberFormat|Math\.round)\b/g),
      ].map(([, call]) => call!);
    const elsewhere = files
      .filter((file) => file !== NUMBERS)
      .flatMap((file) =>
        calls(file)
          .filter((call) => call !== "Math.round" || !LENGTHS.has(file))
          .map((call) => `${file}: ${call}`),
      );
    expect(elsewhere).toEqual([]);
    expect([...LENGTHS].filter((file) => !calls(file).includes("Math.round"))).toEqual([]);
  });

  it("have cents, or two digits of less", () => {
    const amounts = [0, 1234.5, 2.499, 0.25, 0.0034, 0.00001234, 4e-7];
    expect(amounts.map(dollars)).toEqual([
      ...["$0.00", "$1234.50", "$2.50", "$0.25", "$0.0034", "$0.000012", "$0.00000040"],
    ]);
  });

  it("in dollars are never off by more than 1 in 20, nor ever in exponents", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), (amount) => {
        const written = rounded(amount, "dollars");
        expect(written).toMatch(/^\d+\.\d{2,}$/);
        expect(Math.abs(Number(written) - amount)).toBeLessThanOrEqual(amount / 19);
      }),
    );
  });

  it("have a true minus sign, differences of scores too, and none before 0", () => {
    expect([-188.4, -0.4, 41.5].map((value) => rounded(value, "score"))).toEqual(["−188", "0", "42"]);
    expect([-0.15, -0.0001].map((value) => rounded(value, "rate"))).toEqual(["−.150", ".000"]);
  });

  it("have tenths of a second", () => {
    expect([0, 1.26, 59.96].map(seconds)).toEqual(["0.0 s", "1.3 s", "60.0 s"]);
  });
});

it("a level is never rounded to nothing, nor an interval's confidence to 100 %", () => {
  expect([0.05, 0.00305, 0.0000854].map(levelText)).toEqual([".0500", ".0031", ".000085"]);
  expect([0.05, 0.00305, 0.0000854].map(confidenceText)).toEqual([
    ...["95.00\u00A0%", "99.69\u00A0%", "99.991\u00A0%"],
  ]);
  for (const level of [0.3, 0.049, 1e-5, 1e-9, 1e-14]) {
    expect(levelText(level)).toMatch(/[1-9]/);
    expect(confidenceText(level)).not.toMatch(/^100/);
  }
});
