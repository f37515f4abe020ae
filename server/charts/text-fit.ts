/**
 * The width of a line of text in the same unit as `size`, guessed from its characters because nothing here
 * can measure a font. Errs on the wide side, so that what fits by this guess fits on the page.
 */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const character of text) em += characterWidth(character);
  return em * size;
}

/** The text on one line, cut at a whole character and marked with … where it is wider than `width`. */
export function fitText(text: string, width: number, size: number): string {
  const line = text.replace(/\s+/gu, " ").trim();
  if (textWidth(line, size) <= width) return line;
  const room = width - textWidth("…", size);
  let kept = "";
  let used = 0;
  for (const { segment } of GRAPHEMES.segment(line)) {
    used += textWidth(segment, size);
    if (used > room) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

function characterWidth(character: string): number {
  if (/[\p{M}\p{Cf}]/u.test(character)) return 0;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(character)) return 1;
  if (
    /[\p{Extended_Pictographic}\u{3000}-\u{303F}\u{FF00}-\u{FFEF}]/u.test(character) &&
    character > "\u00FF"
  )
    return 1.3;
  if (/[ .,:;'|!iljftI()[\]/-]/.test(character)) return 0.4;
  if (/[MWmw@%…—]/.test(character)) return 1;
  if (/\p{Lu}/u.test(character)) return 0.74;
  return 0.62;
}
