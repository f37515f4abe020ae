import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, it } from "vitest";
import { stackedBars } from "../../../server/charts/stacked-bars.ts";
import { pdfOf } from "../../../server/typesetting/pdf.ts";
import { pngOf } from "../../../server/typesetting/png.ts";
import { readSvg, textOf } from "../../../server/typesetting/svg-tree.ts";
import { pairOf, words } from "../charts/chart-fixture.ts";

const MADE = { scale: 0.7, made: new Date(0), creator: "Tiebreak" };

const barsOf = (names: readonly string[], width = 720): string =>
  stackedBars(
    names.map((against, i) => pairOf([40 + i, 30, 20], { system: "ours", against, group: null })),
    { words, width, id: "figure" },
  );

async function readBack(pdf: Buffer): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  return text.normalize("NFKC").replace(/\s+/g, " ");
}

describe("a figure as PDF", () => {
  it.each([
    ["Latin, with marks", "Žluťoučký kůň"],
    ["Vietnamese", "Tiếng Việt 7B"],
    ["Greek and Cyrillic", "Ωμέγα Жук"],
    ["Chinese", "通义千问"],
    ["Chinese among Latin", "Qwen 通义千问 2.5"],
    ["Arabic", "نموذج الإصدار"],
    ["Arabic that joins letters", "بتثن لا مدرسة"],
  ])("gives %s back in the order of reading", async (_, name) => {
    expect(await readBack(await pdfOf(barsOf([name]), MADE))).toContain(name);
  });

  it("has the numbers and words of the SVG", async () => {
    const svg = barsOf(["theirs", "通义千问", "نموذج 2"]);
    const text = await readBack(await pdfOf(svg, MADE));
    const shown = [...svg.matchAll(/<text[^>]*>.*?<\/text>/g)].map(([one]) =>
      textOf(readSvg(`<svg>${one}</svg>`)),
    );
    expect(shown.length).toBeGreaterThan(20);
    for (const one of shown.filter((line) => /^[\x20-\x7E\xA0]+$/.test(line)))
      expect(text).toContain(one.normalize("NFKC"));
  });

  it("embeds a subset of each font that it names, and is the same for the same chart", async () => {
    const svg = barsOf(["theirs", "通义千问", "نموذج"]);
    const pdf = await pdfOf(svg, MADE);
    const source = pdf.toString("latin1");
    const names = [...source.matchAll(/\/FontName \/(\S+)/g)].map(([, name]) => name!);
    expect(names.some((name) => name.includes("NotoSansSC"))).toBe(true);
    expect(names.some((name) => name.includes("Arabic"))).toBe(true);
    for (const name of names) expect(name).toMatch(/^[A-Z]{6}\+/);
    expect(source.match(/\/FontFile2 /g)).toHaveLength(names.length);
    expect(pdf.length).toBeLessThan(60_000);
    expect(pdf.equals(await pdfOf(svg, MADE))).toBe(true);
  });

  it("refuses characters that no font has, naming them", async () => {
    await expect(pdfOf(barsOf(["gpt 🤖"]), MADE)).rejects.toThrow("🤖 (U+1F916)");
    await expect(pngOf(barsOf(["gpt 🤖"]), { scale: 0.7, dotsPerInch: 72 })).rejects.toThrow("U+1F916");
  });
});

describe("a figure as PNG", () => {
  it("has the dots of its size in print, and says how large it is", async () => {
    const png = await pngOf(barsOf(["theirs"], 340), { scale: 0.7, dotsPerInch: 300 });
    expect(png.toString("latin1", 1, 4)).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(Math.round((340 * 0.7 * 300) / 72));
    expect(png.toString("latin1", 37, 41)).toBe("pHYs");
    expect(png.readUInt32BE(41)).toBe(11811);
  });
});
