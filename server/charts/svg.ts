type Attributes = Record<string, string | number | undefined>;

/** One SVG element as text. Attribute values are escaped; children are markup already (see `escapeXml`). */
export function element(name: string, attributes: Attributes, children: string[] = []): string {
  const written = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(typeof value === "number" ? String(round(value)) : value)}"`)
    .join("");
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join("")}</${name}>`;
}

/** Any string as XML text or attribute value; characters that XML cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(NOT_XML, "\uFFFD")
    .replace(/[&<>"']/g, (character) => `&#${String(character.codePointAt(0))};`);
}

/** Two decimals: finer than a printed dot, and the same text on every machine. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
