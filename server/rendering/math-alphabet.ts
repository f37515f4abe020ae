/**
 * MathML Core knows `mathvariant` only as `normal`, so browsers would show `\mathbb{R}` as a slanted R.
 * Unicode has the letters themselves ("Mathematical Alphanumeric Symbols", U+1D400 to U+1D7FF).
 */
interface Alphabet {
  /** Code points of the letter for A, a, 0 and the Greek Α and α; absent where Unicode has none. */
  upper?: number;
  lower?: number;
  digit?: number;
  greekUpper?: number;
  greekLower?: number;
}

const ALPHABETS: Record<string, Alphabet> = {
  bold: { upper: 0x1d400, lower: 0x1d41a, digit: 0x1d7ce, greekUpper: 0x1d6a8, greekLower: 0x1d6c2 },
  italic: { upper: 0x1d434, lower: 0x1d44e, greekUpper: 0x1d6e2, greekLower: 0x1d6fc },
  "bold-italic": { upper: 0x1d468, lower: 0x1d482, greekUpper: 0x1d71c, greekLower: 0x1d736 },
  script: { upper: 0x1d49c, lower: 0x1d4b6 },
  "bold-script": { upper: 0x1d4d0, lower: 0x1d4ea },
  fraktur: { upper: 0x1d504, lower: 0x1d51e },
  "bold-fraktur": { upper: 0x1d56c, lower: 0x1d586 },
  "double-struck": { upper: 0x1d538, lower: 0x1d552, digit: 0x1d7d8 },
  "sans-serif": { upper: 0x1d5a0, lower: 0x1d5ba, digit: 0x1d7e2 },
  "bold-sans-serif": { upper: 0x1d5d4, lower: 0x1d5ee, digit: 0x1d7ec },
  "sans-serif-italic": { upper: 0x1d608, lower: 0x1d622 },
  "sans-serif-bold-italic": { upper: 0x1d63c, lower: 0x1d656 },
  monospace: { upper: 0x1d670, lower: 0x1d68a, digit: 0x1d7f6 },
};

/** Letters that Unicode had before it made the alphabets, and left out of them. */
const ELSEWHERE: Record<string, Record<string, string>> = {
  italic: { h: "ℎ" },
  script: { B: "ℬ", E: "ℰ", F: "ℱ", H: "ℋ", I: "ℐ", L: "ℒ", M: "ℳ", R: "ℛ", e: "ℯ", g: "ℊ", o: "ℴ" },
  fraktur: { C: "ℭ", H: "ℌ", I: "ℑ", R: "ℜ", Z: "ℨ" },
  "double-struck": { C: "ℂ", H: "ℍ", N: "ℕ", P: "ℙ", Q: "ℚ", R: "ℝ", Z: "ℤ" },
};

const RANGES: readonly [first: string, last: string, alphabet: keyof Alphabet][] = [
  ["A", "Z", "upper"],
  ["a", "z", "lower"],
  ["0", "9", "digit"],
  ["Α", "Ω", "greekUpper"],
  ["α", "ω", "greekLower"],
];

/** The text in the letters of a MathML `mathvariant`; signs without such a letter stay as they are. */
export function inAlphabet(variant: string, text: string): string {
  const alphabet = ALPHABETS[variant];
  if (alphabet === undefined) return text;
  return Array.from(text, (sign) => ELSEWHERE[variant]?.[sign] ?? shifted(alphabet, sign)).join("");
}

function shifted(alphabet: Alphabet, sign: string): string {
  const range = RANGES.find(([first, last]) => sign >= first && sign <= last);
  const start = range && alphabet[range[2]];
  if (range === undefined || start === undefined) return sign;
  return String.fromCodePoint(start + sign.charCodeAt(0) - range[0].charCodeAt(0));
}
