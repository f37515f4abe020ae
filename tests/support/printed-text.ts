import { inflateSync } from "node:zlib";

/**
 * The letters of a PDF that the browser printed, in the order of its pages: nothing else, as spaces and line ends are places.
 * Reads what Skia writes: compressed streams, and fonts whose glyphs a ToUnicode map turns into text.
 */
export function printedLetters(pdf: Buffer): string {
  const objects = objectsOf(pdf.toString("latin1"));
  const fonts = new Map<string, ReadonlyMap<string, string>>();
  for (const { head } of objects.values())
    for (const [, name, id] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id!)?.head ?? "")?.[1];
      fonts.set(name!, glyphsOf(map === undefined ? "" : streamOf(objects.get(map))));
    }
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  return lettersOf(
    pages
      .map(({ head }) => textOf(streamOf(objects.get(/\/Contents (\d+) 0 R/.exec(head)?.[1] ?? "")), fonts))
      .join(""),
  );
}

/** Letters alone, in one case. */
export const lettersOf = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[^\p{L}]/gu, "")
    .toLowerCase();

interface PdfObject {
  readonly head: string;
  readonly body: string;
}

function objectsOf(pdf: string): Map<string, PdfObject> {
  return new Map(
    [...pdf.matchAll(/(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj/gs)].map(([, id = "", whole = ""]) => {
      const [head = "", ...body] = whole.split(/stream\n/);
      return [id, { head, body: body.join("stream\n").replace(/\nend$/, "") }];
    }),
  );
}

const streamOf = (object: PdfObject | undefined): string =>
  object === undefined || object.body === ""
    ? ""
    : /FlateDecode/.test(object.head)
      ? inflateSync(Buffer.from(object.body, "latin1")).toString("latin1")
      : object.body;

const unicode = (hex: string): string => Buffer.from(hex, "hex").swap16().toString("utf16le");

/** Which text each glyph of a font stands for. */
function glyphsOf(map: string): ReadonlyMap<string, string> {
  const glyphs = new Map<string, string>();
  for (const [, part = ""] of map.matchAll(/beginbfchar(.*?)endbfchar/gs))
    for (const [, glyph, text] of part.matchAll(/<(\w+)> <(\w+)>/g))
      glyphs.set(glyph!.toLowerCase(), unicode(text!));
  for (const [, part = ""] of map.matchAll(/beginbfrange(.*?)endbfrange/gs))
    for (const [, from, to, text] of part.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g))
      for (let i = 0; i <= parseInt(to!, 16) - parseInt(from!, 16); i++) {
        const glyph = (parseInt(from!, 16) + i).toString(16).padStart(4, "0");
        glyphs.set(glyph, String.fromCharCode(parseInt(text!, 16) + i));
      }
  return glyphs;
}

function textOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> = new Map();
  return [...content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>(?=[^<]*T[jJ])/g)]
    .map(([, name, hex]) => {
      if (name !== undefined) font = fonts.get(name) ?? font;
      return (hex?.toLowerCase().match(/.{4}/g) ?? []).map((glyph) => font.get(glyph) ?? "").join("");
    })
    .join("");
}
