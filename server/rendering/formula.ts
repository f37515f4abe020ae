import katex from "katex";
import { cleanMathml } from "./mathml.ts";

/** Longer formulas are shown as their source: nobody reads them, and they cost the most. */
const FORMULA_CHARACTERS_MAX = 2_000;
const MATHML_CHARACTERS_MAX = 200_000;

/** Commands that KaTeX only honours for trusted text. Without trust it would drop what they hold. */
const NEEDS_TRUST = /\\(?:href|url|includegraphics|htmlClass|htmlId|htmlStyle|htmlData)(?![a-zA-Z])/;

/** A percent sign that TeX would read as the start of a comment, hiding the rest of the line. */
const COMMENT = /(?<=(?:^|[^\\])(?:\\\\)*)%/g;

/**
 * A TeX formula as MathML: no styles, no scripts, no fonts, no addresses.
 *
 * @returns undefined where the formula is not valid, is longer than 2,000 characters or asks for something
 *   that only trusted text may do; the caller then shows the source.
 */
export function renderFormula(tex: string, display: boolean): string | undefined {
  if (tex.length > FORMULA_CHARACTERS_MAX || NEEDS_TRUST.test(tex)) return undefined;
  const mathml = toMathml(tex.replace(COMMENT, "\\%"), display);
  if (mathml === undefined || mathml.length > MATHML_CHARACTERS_MAX) return undefined;
  return cleanMathml(mathml);
}

function toMathml(tex: string, displayMode: boolean): string | undefined {
  try {
    return katex.renderToString(tex, {
      output: "mathml",
      displayMode,
      throwOnError: true,
      strict: "ignore",
      trust: false,
      maxExpand: 200,
      maxSize: 20,
    });
  } catch {
    return undefined;
  }
}
