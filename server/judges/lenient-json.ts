/** What stands for a value: an object is a list of its members, so that a key that stands twice is there twice. */
export type Lenient = string | number | boolean | null | readonly Lenient[] | LenientObject;

export interface LenientObject {
  readonly members: readonly { readonly key: string; readonly value: Lenient }[];
}

export interface FoundObject extends LenientObject {
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** Opening braces that are tried. */
const TRIES_MAX = 100;
const DEPTH_MAX = 20;

/**
 * The outermost objects in a text, whatever stands around them, as JSON or as models write it: with other quotes, line
 * feeds in texts, escapes that are none, a comma at the end, keys without quotes. null: there are too many braces to tell.
 */
export function findObjects(text: string): FoundObject[] | null {
  const found: FoundObject[] = [];
  let tries = 0;
  for (let at = text.indexOf("{"); at >= 0;) {
    if (++tries > TRIES_MAX) return null;
    const read = new Reader(text, at).object(0);
    if (read) found.push({ ...read.value, start: at, end: read.end });
    at = text.indexOf("{", read ? read.end : at + 1);
  }
  return found;
}

type Read<T> = { readonly value: T; readonly end: number } | null;

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”", "‘": "’" };
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };
const BARE = /[\w$.+-]+/y;

/** Reads one value, from a place in a text. */
class Reader {
  constructor(
    readonly text: string,
    private at: number,
  ) {}

  object(depth: number): Read<LenientObject> {
    const members: { key: string; value: Lenient }[] = [];
    this.at++;
    for (;;) {
      this.#blanks();
      if (this.text[this.at] === "}") return { value: { members }, end: ++this.at };
      const key = this.#quoted() ?? this.#bare();
      if (key === null) return null;
      this.#blanks();
      if (this.text[this.at] !== ":") return null;
      this.at++;
      const read = this.#value(depth + 1);
      if (!read) return null;
      members.push({ key, value: read.value });
      if (!this.#comma("}")) return null;
    }
  }

  #value(depth: number): { readonly value: Lenient } | null {
    this.#blanks();
    const first = this.text[this.at];
    if (first === undefined || depth > DEPTH_MAX) return null;
    if (first === "{") return this.object(depth);
    if (first === "[") return this.#list(depth);
    const text = this.#quoted();
    if (text !== null) return { value: text };
    const word = this.#bare();
    return word === null ? null : { value: plain(word) };
  }

  #list(depth: number): { readonly value: Lenient } | null {
    const items: Lenient[] = [];
    this.at++;
    for (;;) {
      this.#blanks();
      if (this.text[this.at] === "]") {
        this.at++;
        return { value: items };
      }
      const read = this.#value(depth + 1);
      if (!read) return null;
      items.push(read.value);
      if (!this.#comma("]")) return null;
    }
  }

  /** Steps over a comma; false: neither one is there nor the end. */
  #comma(end: string): boolean {
    this.#blanks();
    if (this.text[this.at] === end) return true;
    return this.text[this.at++] === ",";
  }

  #blanks(): void {
    while (/\s/.test(this.text[this.at] ?? "x")) this.at++;
  }

  #bare(): string | null {
    BARE.lastIndex = this.at;
    const word = BARE.exec(this.text)?.[0] ?? null;
    this.at += word?.length ?? 0;
    return word;
  }

  #quoted(): string | null {
    const closing = CLOSING[this.text[this.at] ?? ""];
    if (closing === undefined) return null;
    let said = "";
    for (let i = this.at + 1, from = i; i < this.text.length; i++) {
      const character = this.text[i];
      if (character !== "\\" && character !== closing) continue;
      said += this.text.slice(from, i);
      if (character === closing) {
        this.at = i + 1;
        return said;
      }
      const [meant, length] = escapeAt(this.text, i);
      said += meant;
      i += length - 1;
      from = i + 1;
    }
    return null;
  }
}

/** What an escape means, and how long it is; one that is none, as in a formula, means itself. */
function escapeAt(text: string, at: number): [string, number] {
  const next = text[at + 1] ?? "";
  if (next === "u") {
    const code = text.slice(at + 2, at + 6);
    if (/^[0-9a-f]{4}$/i.test(code)) return [String.fromCharCode(parseInt(code, 16)), 6];
  }
  if (/["'\\/“”‘’]/.test(next)) return [next, 2];
  return [ESCAPES[next] ?? `\\${next}`, 1 + next.length];
}

function plain(word: string): Lenient {
  if (word === "null" || word === "None") return null;
  if (/^true$/i.test(word)) return true;
  if (/^false$/i.test(word)) return false;
  return word.trim() !== "" && Number.isFinite(Number(word)) ? Number(word) : word;
}
