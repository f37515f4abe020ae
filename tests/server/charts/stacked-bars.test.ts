import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stackedBars } from "../../../server/charts/stacked-bars.ts";
import { pairOf, readSvg, words, type Tag } from "./chart-fixture.ts";

const draw = (pairs: Parameters<typeof stackedBars>[0], width = 960) =>
  stackedBars(pairs, { words, width, id: "figure" });
const classed = (tags: Tag[], name: string) => tags.filter((tag) => tag.attributes.class === name);
const number = (tag: Tag | undefined, attribute: string) => Number(tag?.attributes[attribute]);
const counts = fc.tuple(fc.nat(400), fc.nat(400), fc.nat(400));

describe("stackedBars", () => {
  it("gives each outcome its share of the bar, from left to right without a gap", () => {
    const { tags } = readSvg(draw([pairOf([50, 30, 20])]));
    const [win, tie, loss] = ["tb-win", "tb-tie", "tb-loss"].map((name) => classed(tags, name).at(-1));
    const whole = number(classed(tags, "tb-outline").at(-1), "width");
    expect(number(win, "width") / whole).toBeCloseTo(0.5, 3);
    expect(number(tie, "width") / whole).toBeCloseTo(0.3, 3);
    expect(number(loss, "width") / whole).toBeCloseTo(0.2, 3);
    expect(number(tie, "x")).toBeCloseTo(number(win, "x") + number(win, "width"), 2);
    expect(number(loss, "x")).toBeCloseTo(number(tie, "x") + number(tie, "width"), 2);
  });

  it("has segments that sum to the bar's width, whatever the counts and the width", () => {
    fc.assert(
      fc.property(
        counts.filter((c) => c.some((n) => n > 0)),
        fc.integer({ min: 280, max: 2000 }),
        (c, width) => {
          const { tags } = readSvg(draw([pairOf(c)], width));
          const widths = ["tb-win", "tb-tie", "tb-loss"].map((name) =>
            number(classed(tags, name).at(-1), "width"),
          );
          expect(Math.min(...widths)).toBeGreaterThanOrEqual(0);
          const whole = number(classed(tags, "tb-outline").at(-1), "width");
          expect(widths.reduce((a, b) => a + b, 0)).toBeCloseTo(whole, 1);
        },
      ),
    );
  });

  it("draws the win interval from the left and the loss interval from the right", () => {
    const { tags } = readSvg(draw([pairOf([50, 30, 20])]));
    const bar = classed(tags, "tb-outline").at(-1);
    const [above, below] = classed(tags, "tb-whisker")
      .slice(-2)
      .map(
        (tag) =>
          (tag.attributes.d ?? "")
            .match(/^M([\d.]+) .*H([\d.]+)M/)
            ?.slice(1)
            .map(Number) ?? [],
      );
    const share = (x = 0) => (x - number(bar, "x")) / number(bar, "width");
    expect(above?.map(share)).toEqual([expect.closeTo(0.45, 3), expect.closeTo(0.55, 3)]);
    expect(below?.map(share)).toEqual([expect.closeTo(0.75, 3), expect.closeTo(0.85, 3)]);
  });

  it("draws no whisker, and no key to whiskers, where no interval is estimable", () => {
    const { tags, texts } = readSvg(draw([pairOf([5, 3, 2], { intervals: false })]));
    expect(classed(tags, "tb-whisker")).toEqual([]);
    expect(texts).not.toContain("intervals");
    expect(texts).toContain("50 %");
  });

  it("leaves out a percentage only where it does not fit, and tells it in the row's words all the same", () => {
    const { texts } = readSvg(draw([pairOf([995, 1, 4])], 320));
    expect(texts).toContain("100 %");
    expect(texts.filter((text) => text === "0 %")).toHaveLength(1); // the scale's own
    expect(texts).toContain("plain / terse / All people: 995 1 4");
  });

  it("says of a pair without judgments that it has none", () => {
    const { tags, texts } = readSvg(draw([pairOf([0, 0, 0])]));
    expect(texts).toContain("no judgments yet");
    expect(classed(tags, "tb-empty")).toHaveLength(1);
    expect(texts.join(" ")).not.toMatch(/NaN|null|undefined/);
  });

  it("stands with no pair at all", () => {
    expect(readSvg(draw([])).texts).toContain("the title");
  });

  it("names one system once when it stands against all, and both of each pair otherwise", () => {
    const one = readSvg(draw([pairOf([1, 1, 1]), pairOf([1, 1, 1], { against: "florid" })]));
    expect(one.texts).toContain("plain against");
    expect(one.texts.filter((text) => text === "florid")).toHaveLength(2); // its name and its tooltip
    const all = readSvg(draw([pairOf([1, 1, 1]), pairOf([1, 1, 1], { system: "florid", against: "terse" })]));
    expect(all.texts).toContain("florid");
    expect(all.texts).toContain("against terse");
    expect(all.texts).not.toContain("plain against");
  });

  it("keeps rows of one comparison together in the order of the report", () => {
    const { texts } = readSvg(
      draw([
        pairOf([1, 0, 0], { against: "b", group: "crowd" }),
        pairOf([2, 0, 0], { against: "a", group: "crowd" }),
        pairOf([3, 0, 0], { against: "b", group: "authors" }),
      ]),
    );
    expect(texts.filter((text) => text.startsWith("plain / "))).toEqual([
      "plain / b / crowd: 1 0 0",
      "plain / b / authors: 3 0 0",
      "plain / a / crowd: 2 0 0",
    ]);
  });

  it("is one image with a name and a description, styles without style, and ids of its own", () => {
    const svg = draw([pairOf([5, 3, 2])]);
    const { tags } = readSvg(svg);
    expect(tags[0]?.attributes).toMatchObject({ role: "img", "aria-labelledby": "figure-title figure-desc" });
    expect(svg).not.toMatch(/ style=|<style|<script|<image|href/);
    const ids = tags.flatMap((tag) => tag.attributes.id ?? []);
    expect(ids.every((id) => id.startsWith("figure-"))).toBe(true);
    for (const [, id] of svg.matchAll(/url\(&#35;([^)]*)\)|url\(#([^)]*)\)/g))
      if (id) expect(ids).toContain(id);
  });

  it("keeps its shape", () => {
    const { tags, texts } = readSvg(draw([pairOf([50, 30, 20], { group: "crowd" })]));
    const shape = tags.map((tag) => `${tag.name}${tag.attributes.class ? `.${tag.attributes.class}` : ""}`);
    expect({ shape: shape.join(" "), texts }).toMatchInlineSnapshot(`
      {
        "shape": "svg.tb-chart title desc rect.tb-paper defs pattern rect.tb-tie-fill circle.tb-tie-mark pattern rect.tb-loss-fill rect.tb-loss-mark rect.tb-win rect.tb-outline text.tb-ink rect.tb-tie rect.tb-outline text.tb-ink rect.tb-loss rect.tb-outline text.tb-ink path.tb-whisker text.tb-ink line.tb-grid text.tb-quiet line.tb-grid text.tb-quiet line.tb-grid tb-half text.tb-quiet line.tb-grid text.tb-quiet line.tb-grid text.tb-quiet text.tb-quiet text.tb-quiet text.tb-quiet g.tb-block g.tb-name title text.tb-ink g.tb-row title text.tb-ink rect.tb-win rect.tb-win-fill text.tb-on-win rect.tb-tie rect.tb-tie-fill text.tb-on-tie rect.tb-loss rect.tb-loss-fill text.tb-on-loss rect.tb-outline path.tb-whisker path.tb-whisker text.tb-quiet text.tb-ink",
        "texts": [
          "the title",
          "the description",
          "win",
          "tie",
          "loss",
          "intervals",
          "0 %",
          "25 %",
          "50 %",
          "75 %",
          "100 %",
          "plain against",
          "judgments",
          "half-tie",
          "terse",
          "terse",
          "plain / terse / crowd: 50 30 20",
          "crowd",
          "50 %",
          "30 %",
          "20 %",
          "100",
          "0.65",
        ],
      }
    `);
  });
});

describe("names in a chart", () => {
  const hostile = [
    `<script>alert("1")</script>`,
    `"><img src=x onerror=alert(1)>`,
    "a&b]]>&lt;",
    "模型甲：一个名字很长很长的系统，回答得非常详细",
    "نموذج طويل الاسم \u202E مقلوب",
    "bell\u0007 null\u0000 lone \uD800 surrogate",
    "👩‍👩‍👧‍👦".repeat(40),
    "x".repeat(200),
    "two\nlines",
  ];

  it.each(hostile)("are safe, cut to their column, and whole in a title: %s", (name) => {
    for (const width of [320, 960]) {
      const svg = draw([pairOf([5, 3, 2], { against: name, group: name })], width);
      const { tags, texts } = readSvg(svg);
      expect(tags.every((tag) => DRAWN.has(tag.name))).toBe(true);
      const shown = name.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
      expect(texts).toContain(shown);
    }
  });

  it("never write what XML cannot hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ maxLength: 200 }), (a, b) => {
        const { tags } = readSvg(draw([pairOf([5, 3, 2], { system: a, against: b, group: a })]));
        expect(tags.every((tag) => DRAWN.has(tag.name))).toBe(true);
      }),
    );
  });
});

const DRAWN = new Set([
  "svg",
  "title",
  "desc",
  "defs",
  "pattern",
  "rect",
  "circle",
  "line",
  "path",
  "g",
  "text",
]);
