import { describe, expect, it } from "vitest";
import { orderVerdict, type Preference } from "../../../../server/statistics/judgments/order-verdict.ts";

const ALL: Preference[] = [-1, 0, 1];

describe("a verdict of two orders", () => {
  it("is what both say, else a tie", () => {
    const table = ALL.map((first) => ALL.map((second) => orderVerdict(first, second, "agree")));
    expect(table).toEqual([
      [-1, 0, 0],
      [0, 0, 0],
      [0, 0, 1],
    ]);
  });

  it("leans to a win where the other order is a tie, never where it is a loss", () => {
    const table = ALL.map((first) => ALL.map((second) => orderVerdict(first, second, "lean")));
    expect(table).toEqual([
      [-1, -1, 0],
      [-1, 0, 1],
      [0, 1, 1],
    ]);
  });
});
