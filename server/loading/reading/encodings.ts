import { firstBytes } from "./bytes.ts";

/** What is said of a row that is not UTF-8. */
export const NOT_UTF8 = "The row is not UTF-8 text.";

/** What is added where it is no text in any other encoding either. */
export const NOT_TEXT =
  "Nor is it text in another encoding: the file is damaged, or of another kind than its name says.";

/** What a byte order mark says; null where none of two bytes a character stands there. */
export function encodingOfMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}

export const ENCODING_UNKNOWN =
  "is no encoding that is known here: utf-16le, windows-1252, gb18030, shift_jis, …";

/** Whether there is an encoding of this name. */
export function isEncoding(name: string): boolean {
  try {
    new TextDecoder(name);
    return true;
  } catch {
    return false;
  }
}

const LOOKED_AT = 4 * 1024 * 1024;
const SHOWN = 40;

/** The share of control characters above which bytes are no text; fewer are stray. */
const CONTROLS_MAX = 1 / 400;

/**
 * Which encoding the bytes of a file that is not UTF-8 fit, with a piece of its text to see it by: UTF-16 without a mark
 * where every other byte is zero; GB18030 where bytes above 127 come in pairs that it knows; else Windows' Western European.
 * Null where they are no text.
 */
export async function guessEncoding(path: string): Promise<{ encoding: string; sample: string } | null> {
  const bytes = await firstBytes(path, LOOKED_AT);
  const encoding = guessOf(bytes);
  // As a stream: some versions of Node.js decode whole Windows-1252 as ISO 8859-1.
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  const controls = text.match(/(?!\s)\p{Cc}/gu)?.length ?? 0;
  if (controls > text.length * CONTROLS_MAX) return null;
  const foreign = text.search(/[^\0-\x7f]/);
  const start = Math.max(0, text.lastIndexOf("\n", foreign) + 1, foreign - SHOWN / 2);
  return {
    encoding,
    sample:
      text
        .slice(start, start + SHOWN)
        .split("\n")[0]
        ?.trim() ?? "",
  };
}

function guessOf(bytes: Buffer): string {
  const zeros = [0, 0];
  bytes.forEach((byte, i) => byte === 0 && (zeros[i % 2] = (zeros[i % 2] ?? 0) + 1));
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) > bytes.length / 8) return odd > even ? "utf-16le" : "utf-16be";
  return isPaired(bytes) && decodes(bytes, "gb18030") ? "gb18030" : "windows-1252";
}

/** Whether bytes above 127 mostly stand beside each other, as in encodings of more than one byte a character. */
function isPaired(bytes: Buffer): boolean {
  let high = 0;
  let beside = 0;
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] ?? 0) < 128) continue;
    high++;
    if ((bytes[i + 1] ?? 0) > 127 || (bytes[i - 1] ?? 0) > 127) beside++;
  }
  return high > 0 && beside > high * 0.8;
}

/** The last bytes may be half a character. */
function decodes(bytes: Buffer, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
