const SEPARATOR = 1;
const WORD = 2;
const ALONE = 3;

/** What a character is, by its UTF-16 code; 0: nobody has looked yet. */
const kinds = new Uint8Array(1 << 16);
const CAPITAL = [65, 90] as const;
const TO_SMALL = 32;
for (let code = 0; code < 128; code++)
  kinds[code] = /[a-z\d]/i.test(String.fromCharCode(code)) ? WORD : SEPARATOR;

/** Scripts that put no blanks between words: each of their characters is a word. Halves of rarer characters are, too. */
const NO_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Cs}]/u;

function kindOf(code: number): number {
  const known = kinds[code]!;
  if (known !== 0) return known;
  const character = String.fromCharCode(code);
  const kind = NO_BLANKS.test(character) ? ALONE : /[\p{L}\p{N}\p{M}]/u.test(character) ? WORD : SEPARATOR;
  return (kinds[code] = kind);
}

const isAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
};

/**
 * The words of one text after another, as they are compared: without capitals, punctuation and white space (GPT-3, appendix C). A word is
 * a hash and its place, so that no text is cut into pieces that are mostly thrown away.
 */
export class Words {
  count = 0;
  hashes = new Int32Array(1024);
  #starts = new Int32Array(1024);
  #ends = new Int32Array(1024);
  #text = "";

  read(given: string): void {
    const text = isAscii(given) ? given : given.normalize("NFKC").toLowerCase();
    this.#text = text;
    this.count = 0;
    let start = -1;
    let hash = 0;
    for (let at = 0; at < text.length; at++) {
      let code = text.charCodeAt(at);
      const kind = kindOf(code);
      if (kind === WORD) {
        if (start < 0) {
          start = at;
          hash = FNV_START;
        }
        if (code >= CAPITAL[0] && code <= CAPITAL[1]) code += TO_SMALL;
        hash = Math.imul(hash ^ code, FNV_PRIME);
        continue;
      }
      if (start >= 0) this.#add(hash, start, at);
      start = -1;
      if (kind === ALONE) this.#add(Math.imul(FNV_START ^ code, FNV_PRIME), at, at + 1);
    }
    if (start >= 0) this.#add(hash, start, text.length);
  }

  /** The words from one on, as they are compared. */
  textOf(first: number, count: number): string {
    let text = "";
    for (let at = first; at < first + count; at++)
      text += `${at > first ? " " : ""}${this.#text.slice(this.#starts[at], this.#ends[at])}`;
    return text.toLowerCase();
  }

  #add(hash: number, start: number, end: number): void {
    if (this.count === this.hashes.length) this.#grow();
    this.hashes[this.count] = hash;
    this.#starts[this.count] = start;
    this.#ends[this.count++] = end;
  }

  #grow(): void {
    const grown = (old: Int32Array<ArrayBuffer>) => {
      const larger = new Int32Array(old.length * 2);
      larger.set(old);
      return larger;
    };
    this.hashes = grown(this.hashes);
    this.#starts = grown(this.#starts);
    this.#ends = grown(this.#ends);
  }
}

const FNV_START = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;
