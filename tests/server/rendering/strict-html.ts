/** What rendered texts may consist of, written down apart from the code that makes them. */
const TEXT_ELEMENTS: Record<string, string[]> = {
  ...plain("thead tbody tr em strong s br hr sub sup"),
  p: ["dir"],
  h3: ["dir"],
  h4: ["dir"],
  h5: ["dir"],
  h6: ["dir"],
  ul: ["dir"],
  ol: ["dir", "start"],
  li: ["dir"],
  blockquote: ["dir"],
  table: ["dir"],
  th: ["dir", "class"],
  td: ["dir", "class"],
  code: ["dir"],
  pre: ["dir", "class", "tabindex"],
  div: ["class", "tabindex"],
  span: ["class", "dir", "tabindex"],
};

const MATH_ATTRIBUTES =
  `accent accentunder columnalign columnlines columnspacing depth dir display displaystyle fence height
   largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowlines rowspacing
   rspace scriptlevel separator stretchy symmetric width`.split(/\s+/);

const MATH_ELEMENTS = new Set(
  `math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable
   mtr mtd mstyle mpadded mphantom menclose`.split(/\s+/),
);

const CLASSES = /^(?:link|address|image|formula|formula-inline|table|plain|align-(?:left|center|right))$/;
const VALUES: Record<string, RegExp> = {
  class: CLASSES,
  dir: /^(?:auto|ltr|rtl)$/,
  tabindex: /^0$/,
  start: /^\d+$/,
};
const VOID = new Set(["br", "hr"]);

const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*)>/y;
const TEXT = /(?:[^<>&"']|&(?:amp|lt|gt|quot|#39|#x27);|["'])+/y;

interface StrictHtml {
  /** Every element by name, in the order of their start tags. */
  elements: string[];
  /** The text as a reader sees it. */
  text: string;
}

/**
 * Reads rendered HTML by a grammar much narrower than HTML's own: throws, saying where, at any sign that is
 * neither an escaped text nor a listed tag with listed attributes, and at tags that are not well nested.
 */
export function readStrictHtml(html: string): StrictHtml {
  const open: string[] = [];
  const elements: string[] = [];
  let text = "";
  for (let at = 0; at < html.length;) {
    TEXT.lastIndex = TAG.lastIndex = at;
    const words = TEXT.exec(html)?.[0];
    if (words !== undefined) {
      text += unescape(words);
      at += words.length;
      continue;
    }
    const tag = TAG.exec(html);
    if (!tag) throw new Error(`Neither text nor tag: ${JSON.stringify(html.slice(at, at + 60))}`);
    const [whole, closing, name = "", attributes = ""] = tag;
    at += whole.length;
    if (closing) {
      if (open.pop() !== name) throw new Error(`Out of place: ${whole}`);
      continue;
    }
    checkTag(name, attributes, open.includes("math"));
    elements.push(name);
    if (!VOID.has(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`Never closed: ${open.join(", ")}`);
  return { elements, text };
}

function checkTag(name: string, attributes: string, insideMath: boolean): void {
  const isMath = MATH_ELEMENTS.has(name);
  const allowed = isMath ? MATH_ATTRIBUTES : TEXT_ELEMENTS[name];
  if (!allowed || (name !== "math" && isMath !== insideMath)) throw new Error(`Not allowed here: <${name}>`);
  for (const [, attribute = "", value = ""] of attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
    const isGood = allowed.includes(attribute) && (VALUES[attribute] ?? /^[-+.%\w ]*$/).test(value);
    if (!isGood) throw new Error(`Not allowed: ${attribute}="${value}" on <${name}>`);
  }
}

function plain(names: string): Record<string, string[]> {
  return Object.fromEntries(names.split(" ").map((name) => [name, []]));
}

const unescape = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
