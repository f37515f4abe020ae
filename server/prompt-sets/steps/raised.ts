const RAISED: Readonly<Record<string, string>> = {
  ...{ "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹" },
  ...{ "+": "⁺", "-": "⁻", "−": "⁻", "=": "⁼", "(": "⁽", ")": "⁾", n: "ⁿ", i: "ⁱ" },
};
const LOWERED: Readonly<Record<string, string>> = {
  ...{ "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈", "9": "₉" },
  ...{ "+": "₊", "-": "₋", "−": "₋", "=": "₌", "(": "₍", ")": "₎" },
};

/** Endings of ordinals and marks that mean the same on the line: 5th, Nᵒ, ™. */
const ON_THE_LINE = /^(st|nd|rd|th|er|re|e|ème|o|a|tm|®|™|°)$/i;

/**
 * What was above or below the line, as plain text: Unicode's own characters where it has them (10⁵, H₂O), else behind ^ or _, in
 * parentheses if it is longer than a word. Without them 10⁵ would read 105.
 */
export function raised(text: string, kind: "sup" | "sub"): string {
  const inner = text.replace(/\s+/g, " ").trim();
  if (inner === "") return text === "" ? "" : " ";
  if (kind === "sup" && ON_THE_LINE.test(inner)) return inner;
  const table = kind === "sup" ? RAISED : LOWERED;
  const characters = [...inner];
  if (characters.every((one) => Object.hasOwn(table, one)))
    return characters.map((one) => table[one]).join("");
  const mark = kind === "sup" ? "^" : "_";
  return /^[\p{L}\p{N}]+$/u.test(inner) ? `${mark}${inner}` : `${mark}(${inner})`;
}
