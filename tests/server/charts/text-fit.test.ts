import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitText, textWidth } from "../../../server/charts/text-fit.ts";

describe("fitText", () => {
  it("leaves what fits as it is", () => {
    expect(fitText("GPT-4", 100, 13)).toBe("GPT-4");
  });

  it("cuts at a whole character, never inside a family or before an accent", () => {
    const family = "👩‍👩‍👧‍👦";
    const cut = fitText(family.repeat(9), 120, 13);
    expect(cut.endsWith("…")).toBe(true);
    expect(cut.slice(0, -1)).toBe(family.repeat(cut.slice(0, -1).length / family.length));
  });

  it("counts a Chinese character as wide as the line is high", () => {
    expect(textWidth("模型", 10)).toBe(20);
  });

  it("never gives more than fits", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.integer({ min: 20, max: 400 }),
        (text, width) => {
          expect(textWidth(fitText(text, width, 13), 13)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
