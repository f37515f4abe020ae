import { folded } from "./folded.ts";

const GRAM = 5;
/**
 * So many hashes, in bands: with 4 per band, a pair with a similarity of .8 is found with a probability of .9998, one of .7 with .988;
 * with 2, one of .5 with .9999; with 1, one of .2 with more. Fewer per band compare more pairs.
 */
const HASHES = 64;
const perBandFor = (similarity: number): number => (similarity >= 0.7 ? 4 : similarity >= 0.5 ? 2 : 1);

/**
 * Texts by how alike they are: the Jaccard similarity of their sets of 5 characters in a row, folded. Pairs that may be alike are found
 * by MinHash (Broder 1997) in bands, and then compared exactly, so that nothing is called alike that is not.
 */
export class NearTexts {
  /** The texts themselves: their sets are ten times as large, and are made again for the few that are compared. */
  readonly #texts: { readonly id: string; readonly text: string }[] = [];
  readonly #perBand: number;
  readonly #bands: readonly Map<string, number[]>[];

  /** @param similarity from 0 to 1; pairs with less are not alike */
  constructor(readonly similarity: number) {
    this.#perBand = perBandFor(similarity);
    this.#bands = Array.from({ length: HASHES / this.#perBand }, () => new Map());
  }

  /** The id of an earlier text that is alike; null: there is none. */
  find(text: string): string | null {
    const grams = gramsOf(text);
    const seen = new Set<number>();
    for (const [at, key] of bandsOf(grams, this.#perBand).entries())
      for (const other of this.#bands[at]!.get(key) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        const { id, text: theirs } = this.#texts[other]!;
        if (jaccard(grams, gramsOf(theirs)) >= this.similarity) return id;
      }
    return null;
  }

  add(id: string, text: string): void {
    const index = this.#texts.push({ id, text }) - 1;
    for (const [at, key] of bandsOf(gramsOf(text), this.#perBand).entries()) {
      const there = this.#bands[at]!.get(key);
      if (there) there.push(index);
      else this.#bands[at]!.set(key, [index]);
    }
  }
}

/** Of a text that is shorter, itself. */
export function gramsOf(text: string): ReadonlySet<string> {
  const plain = folded(text);
  if (plain.length <= GRAM) return new Set([plain]);
  return new Set(Array.from({ length: plain.length - GRAM + 1 }, (_gram, at) => plain.slice(at, at + GRAM)));
}

/** From 0 to 1. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const gram of small) if (large.has(gram)) shared++;
  return shared / (a.size + b.size - shared);
}

function bandsOf(grams: ReadonlySet<string>, perBand: number): string[] {
  const least = new Uint32Array(HASHES).fill(0xffffffff);
  for (const gram of grams) {
    const first = hashOf(gram);
    for (let at = 0; at < least.length; at++) {
      const value = mixed(first ^ Math.imul(at + 1, 0x9e3779b9));
      if (value < least[at]!) least[at] = value;
    }
  }
  return Array.from({ length: HASHES / perBand }, (_band, at) =>
    least.subarray(at * perBand, (at + 1) * perBand).join("."),
  );
}

/** FNV-1a over the text's UTF-16. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The finalizer of MurmurHash3: every bit depends on every bit. */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
