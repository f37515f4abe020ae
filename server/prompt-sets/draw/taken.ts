import { gramsOf, jaccard } from "../steps/near.ts";

/** A prompt of the set that another one is nearly the same as. */
export interface NearTo {
  readonly source: string;
  readonly id: string;
  readonly similarity: number;
}

interface Held {
  readonly source: string;
  readonly id: string;
  readonly grams: ReadonlySet<string>;
}

/**
 * The prompts of a set as they are drawn, from whatever source and for whatever split: none is the same as another, nor nearly the
 * same. No pair is missed: two sets with a Jaccard similarity of t or more share one of the first n − ⌈t·n⌉ + 1 of their n elements in
 * any common order (Chaudhuri, Ganti and Kaushik 2006), so only texts that share such a one are compared.
 */
export class Taken {
  readonly #hashes = new Set<string>();
  readonly #byGram = new Map<string, Held[]>();

  /** @param similarity from which prompts are nearly the same; null: equal texts alone are found */
  constructor(readonly similarity: number | null) {}

  /** Takes a prompt, unless the set has it already. @returns why it was not taken; null: it was */
  take(one: {
    readonly source: string;
    readonly id: string;
    readonly hash: string;
    readonly text: () => string;
  }): "same" | NearTo | null {
    const { source, id, hash } = one;
    if (this.#hashes.has(hash)) return "same";
    if (this.similarity !== null) {
      const grams = gramsOf(one.text());
      const first = firstOf(grams, this.similarity);
      const near = this.#nearest(grams, first);
      if (near !== null) return near;
      this.#hold({ source, id, grams }, first);
    }
    this.#hashes.add(hash);
    return null;
  }

  #hold(held: Held, first: readonly string[]): void {
    for (const gram of first) {
      const there = this.#byGram.get(gram);
      if (there) there.push(held);
      else this.#byGram.set(gram, [held]);
    }
  }

  #nearest(grams: ReadonlySet<string>, first: readonly string[]): NearTo | null {
    const seen = new Set<Held>();
    let best: NearTo | null = null;
    for (const gram of first)
      for (const held of this.#byGram.get(gram) ?? []) {
        if (seen.has(held)) continue;
        seen.add(held);
        const similarity = jaccard(grams, held.grams);
        if (similarity < this.similarity! || (best !== null && similarity <= best.similarity)) continue;
        best = { source: held.source, id: held.id, similarity };
      }
    return best;
  }
}

/** The elements of which two sets that are alike share one. */
function firstOf(grams: ReadonlySet<string>, similarity: number): string[] {
  // Without the small amount, 0.8 × 5 could round up to 5.
  const count = grams.size - Math.ceil(similarity * grams.size - 1e-9) + 1;
  return [...grams].sort().slice(0, count);
}
