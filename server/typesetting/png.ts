import zlib from "node:zlib";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { element } from "../charts/svg.ts";
import { drawingProgram } from "./fonts.ts";
import { readSvg, type SvgElement } from "./svg-tree.ts";
import { placedText } from "./text-style.ts";

interface PngOptions {
  /** Points for each unit of the SVG. */
  readonly scale: number;
  /** Dots for each inch that the figure is in print. */
  readonly dotsPerInch: number;
}

/**
 * A chart as a picture with the same fonts as its PDF, which knows how large it is in print.
 * @throws GlyphsMissing where no font has a character
 */
export async function pngOf(svg: string, { scale, dotsPerInch }: PngOptions): Promise<Buffer> {
  await (started ??= initWasm(drawingProgram()));
  const root = readSvg(svg);
  const zoom = (scale * dotsPerInch) / POINTS_PER_INCH;
  const drawn = withOutlines(root, Number(root.attributes["font-size"] ?? 16));
  const picture = new Resvg(drawn, {
    fitTo: { mode: "zoom", value: zoom },
    font: { loadSystemFonts: false },
  });
  try {
    const rendered = picture.render();
    const png = Buffer.from(rendered.asPng());
    rendered.free();
    return withDensity(png, dotsPerInch);
  } finally {
    picture.free();
  }
}

const POINTS_PER_INCH = 72;
const INCHES_PER_METRE = 1 / 0.0254;
/** The program starts once in a process. */
let started: Promise<void> | null = null;

/** The same SVG with each text as the outlines of its glyphs, so that no fonts are needed to draw it. */
function withOutlines(node: SvgElement | string, size: number): string {
  if (typeof node === "string") return "";
  if (node.name === "title" || node.name === "desc") return "";
  if (node.name === "text") return outlinesOf(node, size);
  return element(
    node.name,
    node.attributes,
    node.children.map((child) => withOutlines(child, size)),
  );
}

function outlinesOf(text: SvgElement, given: number): string {
  const { line, size, fill, x, y } = placedText(text, given);
  return line.runs
    .map((run) => {
      const em = size / run.font.font.unitsPerEm;
      let right = x + run.x * size;
      const d = run.shaped.glyphs.map((glyph, i) => {
        const place = run.shaped.positions[i]!;
        const outline = glyph.path
          .transform(em, 0, 0, -em, right + place.xOffset * em, y - place.yOffset * em)
          .toSVG();
        right += place.xAdvance * em;
        return outline;
      });
      return element("path", { d: d.join(""), fill });
    })
    .join("");
}

/** Says in the file how large it is (the chunk pHYs of PNG, right behind its header). */
function withDensity(png: Buffer, dotsPerInch: number): Buffer {
  const dots = Math.round(dotsPerInch * INCHES_PER_METRE);
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0);
  chunk.write("pHYs", 4, "latin1");
  chunk.writeUInt32BE(dots, 8);
  chunk.writeUInt32BE(dots, 12);
  chunk.writeUInt8(1, 16); // the unit is the metre
  chunk.writeUInt32BE(zlib.crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, AFTER_HEADER), chunk, png.subarray(AFTER_HEADER)]);
}

/** Signature and header of a PNG. */
const AFTER_HEADER = 33;
