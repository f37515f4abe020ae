import bidiFactory from "bidi-js";
import type { GlyphRun } from "fontkit";
import { TiebreakError } from "../contract/errors.ts";
import { fontWith, type LoadedFont, type Style } from "./fonts.ts";

/** A part of a line in one font and one direction. Lengths are in em. */
interface Run {
  readonly font: LoadedFont;
  /** What the font shapes: the characters in the order of reading, but for those that it does not know how to turn. */
  readonly text: string;
  readonly shaped: GlyphRun;
  /** From the left edge of the line. */
  readonly x: number;
}

export interface TextLine {
  readonly runs: readonly Run[];
  readonly width: number;
}

/** Characters that no font here has: they would be boxes. */
class GlyphsMissing extends TiebreakError {
  constructor(characters: readonly string[]) {
    const named = characters.map((one) => `${one} (${codesOf(one)})`).join(", ");
    super(
      "GlyphsMissing",
      400,
      `The fonts of PDF and PNG lack ${named}. SVG takes the fonts of whoever opens it: write the figure as SVG, or change the displayed name.`,
    );
  }
}

const codesOf = (text: string): string =>
  [...text].map((one) => `U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`).join(" ");

/**
 * One line of text, set from left to right as SVG sets it: by the Unicode Bidirectional Algorithm (UAX #9), shaped by the
 * fonts, each character in the first font that has it.
 * @throws GlyphsMissing where no font has a character
 */
export function setLine(given: string, style: Style): TextLine {
  const text = given.normalize("NFC");
  const pieces = inSight(piecesOf(text, style));
  let x = 0;
  const runs = pieces.map((piece): Run => {
    const turned = piece.level % 2 === 1 && !RIGHT_TO_LEFT.test(piece.text);
    const written = turned ? reversed(piece.text) : piece.text;
    const shaped = piece.font.font.layout(written);
    const run = { font: piece.font, text: written, shaped, x };
    x += shaped.advanceWidth / piece.font.font.unitsPerEm;
    return run;
  });
  return { runs, width: x };
}

interface Piece {
  text: string;
  readonly font: LoadedFont;
  /** Of embedding: odd is from right to left. */
  readonly level: number;
}

const bidi = bidiFactory();
const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Scripts that fonts shape from right to left by themselves. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
/** Marks of direction: they have done their work once the levels are known. */
const MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** The text in the order of reading, cut where the font or the level changes. */
function piecesOf(text: string, style: Style): Piece[] {
  const { levels } = bidi.getEmbeddingLevels(text, "ltr");
  const pieces: Piece[] = [];
  const missing: string[] = [];
  for (const { segment, index } of GRAPHEMES.segment(text)) {
    const visible = segment.replace(MARKS, "");
    if (visible === "") continue;
    const last = pieces.at(-1) ?? null;
    const level = levels[index]!;
    const font = fontWith(visible, style, last?.level === level ? last.font : null);
    if (font === null) missing.push(visible);
    else if (last?.font === font && last.level === level) last.text += visible;
    else pieces.push({ text: visible, font, level });
  }
  if (missing.length > 0) throw new GlyphsMissing([...new Set(missing)]);
  return pieces;
}

/** From the left to the right (rule L2 of UAX #9): whatever stands at an odd level or above it is turned. */
function inSight(pieces: readonly Piece[]): Piece[] {
  const placed = [...pieces];
  const highest = Math.max(0, ...placed.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let from = 0; from < placed.length; from += 1) {
      let to = from;
      while (to < placed.length && placed[to]!.level >= level) to += 1;
      if (to > from) placed.splice(from, to - from, ...placed.slice(from, to).reverse());
      from = to;
    }
  }
  return placed;
}

/** Brackets and the like, which no script turns: the other way round, and mirrored. */
const reversed = (text: string): string =>
  [...GRAPHEMES.segment(text)]
    .map(({ segment }) => bidi.getMirroredCharacter(segment) ?? segment)
    .reverse()
    .join("");
