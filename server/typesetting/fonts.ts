import fs from "node:fs";
import path from "node:path";
import { create, type Font } from "fontkit";
import { inProject } from "../in-project.ts";
import { unpackedFont } from "./woff.ts";
import files from "./font-files.json" with { type: "json" };

export type Style = "regular" | "bold" | "italic";

/** A font: its bytes, as they are embedded, and what shapes text with it. */
export interface LoadedFont {
  readonly name: string;
  readonly bytes: Buffer;
  readonly font: Font;
}

/** The fonts of a style in the order in which they are asked for a character; those of other styles come last. */
const ORDER: Readonly<Record<Style, readonly string[]>> = {
  regular: files.regular,
  bold: [...files.bold, ...files.regular],
  italic: [...files.italic, ...files.regular],
};

/**
 * The first font that has every character of this text.
 * @param preferred asked first, so that a blank between two words of one script does not part them
 * @returns null where no font has them
 */
export function fontWith(text: string, style: Style, preferred: LoadedFont | null): LoadedFont | null {
  if (preferred !== null && hasAll(preferred, text)) return preferred;
  for (const file of ORDER[style]) {
    const font = loaded(file);
    if (hasAll(font, text)) return font;
  }
  return null;
}

/** The bytes of a file that the build carries along: from the packages in a clone, else from the build. */
function carriedFile(file: string): Uint8Array {
  const source = inProject(file);
  return fs.readFileSync(
    fs.existsSync(source) ? source : inProject("dist", "typesetting", path.basename(file)),
  );
}

/** The program that draws pictures from SVG. */
export const drawingProgram = (): Uint8Array => carriedFile(files.pictures[0]!);

/** Characters that shape their neighbours or part directions, and have no picture of their own. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/u;

const hasAll = ({ font }: LoadedFont, text: string): boolean =>
  [...text].every((one) => INVISIBLE.test(one) || font.hasGlyphForCodePoint(one.codePointAt(0)!));

/** Fonts never change while a process runs, and take milliseconds to open. */
const open = new Map<string, LoadedFont>();

function loaded(file: string): LoadedFont {
  const known = open.get(file);
  if (known) return known;
  const bytes = unpackedFont(carriedFile(file));
  const font = create(bytes);
  if ("fonts" in font) throw new Error(`${file} holds several fonts.`);
  const made = { name: path.basename(file, ".woff"), bytes, font };
  open.set(file, made);
  return made;
}
