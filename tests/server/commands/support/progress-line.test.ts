import { describe, expect, it } from "vitest";
import { ProgressLine, progressText } from "../../../../server/commands/support/progress-line.ts";

describe("progress", () => {
  it.each([
    [
      { what: "a.csv", done: 50_000, of: null, unit: "rows" },
      2_000,
      "a.csv: 50,000 rows, 25,000 per second …",
    ],
    [
      { what: "a.csv", done: 50_000, of: null, share: 0.2, unit: "rows" },
      2_000,
      "a.csv: 50,000 rows, 25,000 per second, about 8 s left …",
    ],
    [
      { what: "Making pairs", done: 500, of: 2_000, unit: "prompts" },
      5_000,
      "Making pairs: 500 of 2,000 prompts, 100 per second, about 15 s left …",
    ],
    [
      { what: "x", done: 1, of: 601, unit: "texts" },
      2_000,
      "x: 1 of 601 texts, 0.5 per second, about 20 min left …",
    ],
    [
      { what: "x", done: 10, of: 100_000, unit: "texts" },
      5_000,
      "x: 10 of 100,000 texts, 2 per second, about 13.9 h left …",
    ],
    [
      { what: "x", done: 99, of: 100, unit: "texts" },
      3_000,
      "x: 99 of 100 texts, 33 per second, less than 1 s left …",
    ],
    [{ what: "x", done: 100, of: 100, unit: "texts" }, 4_000, "x: 100 of 100 texts, 25 per second …"],
    [{ what: "x", done: 0, of: 100, unit: "texts" }, 4_000, "x: 0 of 100 texts, 0 per second …"],
  ])("of %o after %i ms reads: %s", (progress, ms, text) => {
    expect(progressText(progress, ms)).toBe(text);
  });

  it("shows a step of which nothing is counted once all work takes longer than two seconds", () => {
    let now = 0;
    const written: string[] = [];
    const line = new ProgressLine(
      () => now,
      (text) => void written.push(text),
    );
    line.step("Publishing");
    expect(written).toEqual([]);
    now = 2_000;
    line.step("Publishing");
    expect(written).toEqual(["\r\x1b[KPublishing …"]);
    line.clear();
    expect(written.at(-1)).toBe("\r\x1b[K");
  });

  it("is shown only of work that takes longer than two seconds, four times a second at most, and is taken away", () => {
    let now = 0;
    const written: string[] = [];
    const line = new ProgressLine(
      () => now,
      (text) => void written.push(text),
    );
    for (; now <= 3_000; now += 10) line.show({ what: "x", done: now, of: 3_000, unit: "rows" });
    expect(written.length).toBeGreaterThanOrEqual(4);
    expect(written.length).toBeLessThanOrEqual(5);
    expect(written[0]).toContain("x: 2,000 of 3,000 rows");
    line.show({ what: "y", done: 1, of: 3_000, unit: "rows" });
    expect(written.at(-1), "the next file has its own two seconds").toContain("x: ");
    line.clear();
    expect(written.at(-1)).toBe("\r\x1b[K");
    const { length } = written;
    line.clear();
    expect(written.length).toBe(length);
  });
});
