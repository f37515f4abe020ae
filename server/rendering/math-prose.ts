export type MathOpener = "$" | "$$" | "\\(" | "\\[";

/** A TeX command with the argument that follows it, which may be words: `\text{if } `. */
const COMMAND = /\\[a-zA-Z]+\*?\s*(?:\{[^{}]*\})?/g;
const WORD = /(?<!\p{L})\p{L}{2,}(?!\p{L})/gu;
const MATH_SIGN = /[\\^_=<>+*/|{}]/;
const LETTER_OF_TEXT = /[^\P{L}\p{Script=Latin}\p{Script=Greek}\p{Script=Common}]/u;

/**
 * Whether what stands between two math delimiters is ordinary text: money ("$5 or 10$", "花费$5到20$"),
 * price classes ("$$ and $$"), escaped brackets ("\[1\]", "\(see the notes\)").
 *
 * Delimiters alone cannot tell: the same signs are used for both. The rule looks for words outside of TeX
 * commands and for signs that only formulas have, and is strictest where a digit follows a dollar sign.
 */
export function readsAsProse(content: string, opener: MathOpener): boolean {
  const bare = content.replace(COMMAND, " ");
  const words = bare.match(WORD)?.length ?? 0;
  const isPlain = !MATH_SIGN.test(content);
  switch (opener) {
    case "$":
      if (/^\d/.test(content)) return words > 0 || LETTER_OF_TEXT.test(bare);
      return isPlain && (words > 1 || LETTER_OF_TEXT.test(bare));
    case "$$":
      return isPlain && words > 0;
    case "\\(":
      return isPlain && words > 1;
    case "\\[":
      return isPlain && (words > 0 || /^\s*\d+\s*$/.test(content));
  }
}
