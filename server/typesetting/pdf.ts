import type { Font, Glyph } from "fontkit";
import PDFDocument from "pdfkit";
import type { LoadedFont } from "./fonts.ts";
import { placedText, type PlacedText } from "./text-style.ts";
import { elementsOf, numberOf, readSvg, type SvgElement, textOf } from "./svg-tree.ts";
import { type Box, tilesOf } from "./tiles.ts";

interface PdfOptions {
  /** Points for each unit of the SVG. */
  readonly scale: number;
  /** When it was made, as the file says. */
  readonly made: Date;
  /** What made it. */
  readonly creator: string;
}

/**
 * A chart as a PDF of one page, as large as the chart: lines and areas as vectors, text as text in embedded subsets of the fonts.
 * Its title is the chart's, and its description stands for it where a figure is read aloud. The same arguments give the same bytes.
 * @throws GlyphsMissing where no font has a character
 */
export async function pdfOf(svg: string, { scale, made, creator }: PdfOptions): Promise<Buffer> {
  const root = readSvg(svg);
  const [title, description] = ["title", "desc"].map((name) => textOfChild(root, name));
  const document = new PDFDocument({
    size: [numberOf(root, "width") * scale, numberOf(root, "height") * scale],
    ...{ margin: 0, font: NO_FONT, tagged: true, displayTitle: true, lang: "en" },
    info: { Title: title!, Subject: description!, Creator: creator, Producer: "PDFKit", CreationDate: made },
  });
  const chunks: Buffer[] = [];
  const written = new Promise<Buffer>((resolve, reject) => {
    document.on("data", (chunk: Buffer) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });
  const size = Number(root.attributes["font-size"] ?? 16);
  const draw = () => {
    document.save().scale(scale);
    new Drawing(document, patternsOf(root), size).children(root);
    document.restore();
  };
  document.addStructure(document.struct("Figure", { alt: description! }, [draw]));
  document.end();
  return written;
}

/** PDFKit opens a font of its own without being asked, unless it is told that there is none. */
const NO_FONT = null as unknown as string;

const textOfChild = (root: SvgElement, name: string): string =>
  elementsOf(root)
    .filter((child) => child.name === name)
    .map(textOf)
    .join("");

const patternsOf = (root: SvgElement): ReadonlyMap<string, SvgElement> =>
  new Map(
    elementsOf(root)
      .filter(({ name }) => name === "defs")
      .flatMap(elementsOf)
      .map((pattern) => [pattern.attributes.id ?? "", pattern]),
  );

/** Draws the elements that the charts have. */
class Drawing {
  readonly #document: PDFKit.PDFDocument;
  readonly #patterns: ReadonlyMap<string, SvgElement>;
  readonly #size: number;
  readonly #opened = new Set<string>();

  constructor(document: PDFKit.PDFDocument, patterns: ReadonlyMap<string, SvgElement>, size: number) {
    this.#document = document;
    this.#patterns = patterns;
    this.#size = size;
  }

  children(element: SvgElement): void {
    for (const child of elementsOf(element)) this.#element(child);
  }

  #element(element: SvgElement): void {
    if (element.name === "g") return this.children(element);
    if (element.name === "text") return this.#text(placedText(element, this.#size));
    const pattern = this.#patterns.get(/^url\(#(.+)\)$/.exec(element.attributes.fill ?? "")?.[1] ?? "");
    if (pattern !== undefined) return this.#tiles(pattern, boxOf(element));
    if (this.#outline(element)) this.#paint(element);
  }

  /** Puts the outline of a shape down; false: the element is none. */
  #outline(element: SvgElement): boolean {
    const at = (name: string) => numberOf(element, name);
    switch (element.name) {
      case "rect":
        this.#document.rect(at("x"), at("y"), at("width"), at("height"));
        return true;
      case "circle":
        this.#document.circle(at("cx"), at("cy"), at("r"));
        return true;
      case "line":
        this.#document.moveTo(at("x1"), at("y1")).lineTo(at("x2"), at("y2"));
        return true;
      case "path":
        this.#document.path(element.attributes.d ?? "");
        return true;
      default:
        return false;
    }
  }

  #paint({ attributes }: SvgElement): void {
    const { fill = "#000", stroke = "none" } = attributes;
    const dashes = attributes["stroke-dasharray"]?.split(/[ ,]+/).map(Number);
    if (dashes) this.#document.dash(dashes[0]!, { space: dashes[1] ?? dashes[0]! });
    this.#document.lineWidth(Number(attributes["stroke-width"] ?? 1));
    if (fill !== "none" && stroke !== "none") this.#document.fillAndStroke(fill, stroke);
    else if (stroke !== "none") this.#document.stroke(stroke);
    else if (fill !== "none") this.#document.fill(fill);
    if (dashes) this.#document.undash();
  }

  #tiles(pattern: SvgElement, box: Box): void {
    this.#document.save().rect(box.x, box.y, box.width, box.height).clip();
    const { turn, shapes } = tilesOf(pattern, box);
    if (turn !== 0) this.#document.rotate(turn);
    for (const shape of shapes) if (this.#outline(shape)) this.#paint(shape);
    this.#document.restore();
  }

  #use({ name, bytes }: LoadedFont): void {
    this.#document.registerFont(name, bytes).font(name);
    if (this.#opened.has(name)) return;
    this.#opened.add(name);
    turnJoinedLetters((this.#document as unknown as InUse)._font.font);
  }

  /** Each run at its own place: the reader's program finds the same characters, in the order of reading. */
  #text({ line, size, fill, x, y }: PlacedText): void {
    this.#document.fillColor(fill).fontSize(size);
    for (const run of line.runs) {
      this.#use(run.font);
      // with features, and be it none, a run is shaped as a whole: word by word, words from right to left would change places
      this.#document.text(run.text, x + run.x * size, y, {
        lineBreak: false,
        baseline: "alphabetic",
        features: [],
      });
    }
  }
}

/** What PDFKit keeps of the font in use. */
interface InUse {
  readonly _font: { readonly font: Font };
}

/**
 * Programs that read a PDF turn what stands from right to left around character by character, and with it the characters that
 * one glyph stands for: such a glyph has them the other way round.
 */
function turnJoinedLetters(font: Font): void {
  const layout = font.layout.bind(font);
  font.layout = (...given) => {
    const run = layout(...given);
    if (run.direction === "rtl") run.glyphs = run.glyphs.map(turned);
    return run;
  };
}

const turned = (glyph: Glyph): Glyph =>
  glyph.codePoints.length < 2
    ? glyph
    : (Object.create(glyph, { codePoints: { value: [...glyph.codePoints].reverse() } }) as Glyph);

const boxOf = (element: SvgElement): Box => ({
  x: numberOf(element, "x"),
  y: numberOf(element, "y"),
  width: numberOf(element, "width"),
  height: numberOf(element, "height"),
});
