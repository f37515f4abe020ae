/** An element of an SVG, or a text between elements. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (SvgElement | string)[];
}

/** Reads SVG as the charts write it (charts/svg.ts): elements, quoted attributes, and characters by their numbers. */
export function readSvg(svg: string): SvgElement {
  const root = { name: "", attributes: {}, children: [] as (SvgElement | string)[] };
  const open: { children: (SvgElement | string)[] }[] = [root];
  for (const [, close, name, attributes = "", alone, text] of svg.matchAll(PARTS)) {
    const inside = open.at(-1)!;
    if (text !== undefined) inside.children.push(unescaped(text));
    else if (close !== undefined) open.pop();
    else {
      const element = { name: name!, attributes: attributesOf(attributes), children: [] };
      inside.children.push(element);
      if (alone !== "/") open.push(element);
    }
  }
  const first = root.children.find((child) => typeof child !== "string" && child.name === "svg");
  if (first === undefined || typeof first === "string") throw new Error("There is no svg element.");
  return first;
}

/** All text of an element. */
export const textOf = (element: SvgElement): string =>
  element.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");

/** The elements among the children. */
export const elementsOf = ({ children }: SvgElement): SvgElement[] =>
  children.filter((child): child is SvgElement => typeof child !== "string");

/** A length or place of an element; 0 where it has none. */
export const numberOf = ({ attributes }: SvgElement, name: string): number => Number(attributes[name] ?? 0);

const PARTS = /<(?:(\/)[\w:-]+|([\w:-]+)((?:\s[\w:-]+="[^"]*")*)\s*(\/)?)>|<\?[^>]*>|([^<]+)/g;

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, unescaped(value!)]),
  );

const unescaped = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
