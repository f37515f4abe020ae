import { textFeatures } from "../../statistics/judgments/text-features.ts";

/** Function words, which depend little on the topic and much on the writer. */
const FUNCTION_WORDS =
  "the of and to a in that is it for with as be not by but have you are on or from this they all so we when who if no can also some however such should into any may will would could than your there here their its more most one our i let".split(
    " ",
  );
const CHINESE = [..."的了是在和有我不就也你这以及其"];
const MARKS = [
  ",",
  ".",
  ";",
  ":",
  "!",
  "?",
  "—",
  "–",
  "-",
  "(",
  '"',
  "“",
  "'",
  "’",
  "…",
  "/",
  "*",
  "`",
  "，",
  "。",
  "、",
  "：",
];
const BUCKETS = 32;
const ENDINGS = [".", "!", "?", ":", ")", "*", "`", "。"];

const places = new Map(FUNCTION_WORDS.map((word, i) => [word, i]));
const marks = new Map(MARKS.map((mark, i) => [mark, i]));
const chinese = new Map(CHINESE.map((sign, i) => [sign, i]));

const MEASURES = 16;
const AT = {
  marks: MEASURES,
  words: MEASURES + MARKS.length,
  chinese: MEASURES + MARKS.length + FUNCTION_WORDS.length,
  openings: MEASURES + MARKS.length + FUNCTION_WORDS.length + CHINESE.length,
};
const ENDS_AT = AT.openings + BUCKETS;

/** How many numbers describe the style of a text. */
export const STYLE_SIZE = ENDS_AT + ENDINGS.length;

/** Of a longer text, only so many characters are looked at. */
const LOOKED_AT = 20_000;

/**
 * The style of a text as numbers, whatever it is about: length, lines and paragraphs, lists, headings, bold, code and tables,
 * punctuation, words of grammar, how it begins (hashed) and how it ends. Rates are square roots of shares, so that one word more in a
 * short text does not outweigh everything.
 * Sources: words of grammar since F. Mosteller and D. Wallace, Inference and Disputed Authorship (1964); counting openings into
 * a fixed number of places: K. Weinberger et al., Feature Hashing (ICML 2009).
 * @param text without names: see signs.ts. @returns STYLE_SIZE numbers; all of the empty text are 0
 */
export function styleOf(text: string): Float64Array {
  const style = new Float64Array(STYLE_SIZE);
  const looked = text.slice(0, LOOKED_AT).trim();
  if (looked === "") return style;
  const words = looked.toLowerCase().match(/[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu) ?? [];
  countCharacters(looked, style);
  measure(looked, { words, whole: text.trim().length, style });
  for (const word of words) {
    const place = places.get(word);
    if (place !== undefined) style[AT.words + place]!++;
  }
  toRates(style, AT.words, AT.chinese, words.length);
  const opening = openingOf(looked);
  for (const begin of [opening.split(" ")[0]!, opening]) style[AT.openings + bucketOf(begin)] = 1;
  const ending = ENDINGS.indexOf(looked.at(-1)!);
  if (ending >= 0) style[ENDS_AT + ending] = 1;
  return style;
}

function measure(
  text: string,
  { words, whole, style }: { words: readonly string[]; whole: number; style: Float64Array },
): void {
  const lines = text.split("\n");
  const filled = lines.filter((line) => line.trim() !== "");
  const { headers, lists, bold } = textFeatures(text);
  const share = (count: number) => Math.sqrt(count / filled.length);
  const sentences = Math.max(1, text.match(/[.!?。！？](?:\s|$)/g)?.length ?? 1);
  const measures = [
    Math.log1p(whole),
    Math.log1p(filled.length),
    Math.log1p(lines.length - filled.length),
    Math.log1p(words.length / sentences),
    share(headers),
    share(lists),
    share(bold),
    share(text.match(/^[^\S\n]*\d{1,3}[.)] /gm)?.length ?? 0),
    share(text.match(/^[^\S\n]*[-*+•] /gm)?.length ?? 0),
    share(text.match(/^[^\S\n]*```/gm)?.length ?? 0),
    share(text.match(/^[^\S\n]*\|.*\|[^\S\n]*$/gm)?.length ?? 0),
    Math.sqrt((text.match(/\p{Emoji_Presentation}/gu)?.length ?? 0) / text.length),
    Math.sqrt((text.match(/\p{Lu}/gu)?.length ?? 0) / text.length),
    Math.sqrt((text.match(/\p{Nd}/gu)?.length ?? 0) / text.length),
    words.reduce((sum, word) => sum + word.length, 0) / Math.max(1, words.length),
    Math.sqrt(new Set(words).size / Math.max(1, words.length)),
  ];
  style.set(measures);
}

function countCharacters(text: string, style: Float64Array): void {
  for (const character of text) {
    const mark = marks.get(character);
    if (mark !== undefined) style[AT.marks + mark]!++;
    else if (character > "\u3000") {
      const sign = chinese.get(character);
      if (sign !== undefined) style[AT.chinese + sign]!++;
    }
  }
  toRates(style, AT.marks, AT.words, text.length);
  toRates(style, AT.chinese, AT.openings, text.length);
}

function toRates(style: Float64Array, from: number, to: number, of: number): void {
  for (let at = from; at < to; at++) style[at] = Math.sqrt(style[at]! / Math.max(1, of));
}

/** The first three words of a text, in small letters; of Chinese or Japanese, the first three characters. */
export const openingOf = (text: string): string =>
  (
    text
      .slice(0, 200)
      .toLowerCase()
      .match(/[\u3040-\u30ff\u3400-\u9fff]|[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu) ?? []
  )
    .slice(0, 3)
    .join(" ");

function bucketOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % BUCKETS;
}
