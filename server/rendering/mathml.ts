import { inAlphabet } from "./math-alphabet.ts";

/** Deeper than this no formula is legible, and HTML parsers begin to rearrange what they are given. */
const DEPTH_MAX = 100;

const ELEMENTS = new Set(
  `math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover
   mtable mtr mtd mstyle mpadded mphantom menclose`.split(/\s+/),
);

/** No colours: they would have to be legible on a light and on a dark page. */
const ATTRIBUTES = new Set(
  `accent accentunder columnalign columnlines columnspacing depth display displaystyle fence height
   largeop linethickness lspace maxsize minsize movablelimits notation rowlines rowspacing rspace
   scriptlevel separator stretchy symmetric width`.split(/\s+/),
);

const VALUE = /^[-+.%\w ]*$/;
const NUMBER = /([-+]?\d*\.?\d+)(pt|px|mu|%)?/g;
const TAG = /<(\/?)([a-z]+)((?:\s+[a-z]+\s*=\s*"[^"]*")*)\s*(\/?)>/y;
const TEXT = /[^<]+/y;
const ANNOTATION = /<annotation encoding="application\/x-tex">[^<]*<\/annotation>/g;

/**
 * MathML rewritten from an allow-list of elements and attributes, in a `math` element that reads from
 * left to right. What wraps it (`span`, `semantics`) goes, and so does the annotation with the TeX source,
 * which screen readers and the clipboard would give a second time.
 *
 * @returns undefined where an element is not on the list, the nesting is wrong or deeper than 100.
 */
export function cleanMathml(html: string): string | undefined {
  const source = html.replace(ANNOTATION, "");
  const open: { name: string; variant: string }[] = [];
  let clean = "";
  for (let at = 0; at < source.length;) {
    const text = matchAt(TEXT, source, at);
    if (text) {
      clean += inAlphabet(open.at(-1)?.variant ?? "", text[0]);
      at += text[0].length;
      continue;
    }
    const tag = matchAt(TAG, source, at);
    if (!tag) return undefined;
    at += tag[0].length;
    const [, closing, name = "", attributes = "", empty] = tag;
    if (name === "span" || name === "semantics") continue;
    if (!ELEMENTS.has(name) || open.length >= DEPTH_MAX) return undefined;
    if (closing) {
      if (open.pop()?.name !== name) return undefined;
      clean += `</${name}>`;
    } else {
      clean += `<${name}${name === "math" ? ' dir="ltr"' : ""}${cleanAttributes(attributes)}>`;
      if (empty) clean += `</${name}>`;
      else open.push({ name, variant: /mathvariant="([a-z-]+)"/.exec(attributes)?.[1] ?? "" });
    }
  }
  return open.length === 0 ? clean : undefined;
}

function cleanAttributes(attributes: string): string {
  let clean = "";
  for (const [, name = "", value = ""] of attributes.matchAll(/([a-z]+)\s*=\s*"([^"]*)"/g)) {
    if (name === "mathvariant" && value === "normal") clean += ' mathvariant="normal"';
    else if (ATTRIBUTES.has(name) && VALUE.test(value) && isModest(value)) clean += ` ${name}="${value}"`;
  }
  return clean;
}

/** Whether no length in the value could push a formula out of its place and over other text. */
function isModest(value: string): boolean {
  return [...value.matchAll(NUMBER)].every(([, number, unit]) => {
    const size = Number(number);
    return unit === undefined ? size >= -1 && size <= 20 : size >= -10 && size <= 200;
  });
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
