/** Characters with a meaning of their own, and those that a plain text font lacks, by what prints them. */
const WRITTEN: Readonly<Record<string, string>> = {
  ...{ "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}" },
  ...{ "<": "$<$", ">": "$>$", "|": "$|$", '"': "''", "`": "\\textasciigrave{}", "'": "'{}" },
  ...{
    "\u2212": "$-$",
    "±": "$\\pm$",
    "→": "$\\rightarrow$",
    ε: "$\\varepsilon$",
    ν: "$\\nu$",
    "½": "$\\frac{1}{2}$",
  },
  ...{ "–": "--", "—": "---", "‘": "`", "’": "'{}", "“": "``", "”": "''", "\u00A0": "~" },
  // two in a row would be set as one dash
  "-": "-{}",
};

/** Any text as LaTeX that prints it, with no package needed: on one line, control characters left out. */
export function escapeLatex(text: string): string {
  return text
    .replace(/[^\S\u00A0]+/g, " ")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(/[\\{}$&#%_^~<>|"`'\u2212±→εν½–—‘’“”\u00A0]|-(?=-)/g, (one) => WRITTEN[one] ?? `\\${one}`);
}

/** A bracket or star first in a row would be read as an option of the row before it. */
export const escapeCell = (text: string): string => escapeLatex(text).replace(/^[[*]/, "{$&}");

/** A name as a label of LaTeX. */
export const labelOf = (text: string): string => text.replace(/[^A-Za-z0-9:-]+/g, "-");
