import { Words } from "../words.ts";

/** Words in a row that count as shared (Tülu 3, arXiv 2411.15124, section 3.2). */
export const RUN = 8;
/** Words in a row that GPT-3's authors looked for (arXiv 2005.14165, appendix C). */
export const LONG_RUN = 13;
const BASE = 0x01000193;
/** BASE to the power of RUN − 1, modulo 2³². */
const TOP = Array.from({ length: RUN - 1 }).reduce((power: number) => Math.imul(power, BASE), 1);

/** How a prompt overlaps with a text: they are the same, how much of the prompt runs of eight words cover, and whether 13 are shared. */
export interface Overlap {
  readonly isSame: boolean;
  /** From 0 to 1. */
  readonly share: number;
  readonly hasLongRun: boolean;
}

interface Indexed {
  readonly words: readonly string[];
  readonly key: string;
  /** By word: the last text in which a run covers it. */
  readonly coveredIn: Int32Array;
  /** By the word that a run begins with: where in the last text it was found, and how many runs before it follow on one another. */
  readonly foundAt: Int32Array;
  readonly chain: Int32Array;
  inText: number;
  covered: number;
  longest: number;
}

interface Place {
  readonly prompt: number;
  readonly word: number;
}

/**
 * Prompts by their runs of eight words, to compare any number of texts with them. Memory grows with the prompts alone. Hashes say where
 * to look; what is called shared was compared word by word.
 */
export class PromptIndex {
  readonly #words = new Words();
  readonly #prompts: Indexed[] = [];
  readonly #runs = new Map<number, Place[]>();
  readonly #whole = new Map<number, number[]>();
  #filter = new Uint32Array(FILTER_MIN);
  #text = 0;

  constructor(prompts: readonly string[]) {
    for (const prompt of prompts) this.#add(prompt);
    // From the last on: a run that a prompt repeats must find what came before it, not itself.
    for (const all of this.#runs.values()) all.sort((a, b) => a.prompt - b.prompt || b.word - a.word);
    while (this.#filter.length < this.#runs.size) this.#filter = new Uint32Array(this.#filter.length * 2);
    for (const hash of this.#runs.keys()) {
      const slot = hash & (this.#filter.length * 32 - 1);
      this.#filter[slot >>> 5]! |= 1 << (slot & 31);
    }
  }

  /** How many words each prompt has. */
  get lengths(): readonly number[] {
    return this.#prompts.map(({ words }) => words.length);
  }

  /** Compares a text with all prompts. @param onOverlap called for each that shares a run with it, or is the same */
  compare(text: string, onOverlap: (prompt: number, overlap: Overlap) => void): void {
    this.#words.read(text);
    this.#text++;
    const same = this.#same();
    const touched = this.#runsIn();
    for (const prompt of same) if (!touched.includes(prompt)) touched.push(prompt);
    for (const prompt of touched) {
      const { words, covered, longest, inText } = this.#prompts[prompt]!;
      const hasRun = inText === this.#text;
      onOverlap(prompt, {
        isSame: same.includes(prompt),
        share: hasRun ? covered / words.length : 0,
        hasLongRun: hasRun && longest + RUN - 1 >= LONG_RUN,
      });
    }
  }

  #add(prompt: string): void {
    const words = this.#words;
    words.read(prompt);
    const at = this.#prompts.length;
    const own = Array.from({ length: words.count }, (_word, word) => words.textOf(word, 1));
    const places = () => new Int32Array(own.length).fill(-1);
    this.#prompts.push({
      ...{ words: own, key: own.join(" "), coveredIn: places(), foundAt: places(), chain: places() },
      ...{ inText: 0, covered: 0, longest: 0 },
    });
    if (own.length > 0) pushTo(this.#whole, wholeHash(words), at);
    let hash = 0;
    for (let word = 0; word < own.length; word++) {
      hash = rolled(hash, words, word);
      if (word >= RUN - 1) pushTo(this.#runs, hash, { prompt: at, word: word - RUN + 1 });
    }
  }

  #same(): number[] {
    const likely = this.#words.count === 0 ? undefined : this.#whole.get(wholeHash(this.#words));
    if (likely === undefined) return [];
    const text = this.#words.textOf(0, this.#words.count);
    return likely.filter((prompt) => this.#prompts[prompt]!.key === text);
  }

  /** @returns the prompts that share a run with the text */
  #runsIn(): number[] {
    const words = this.#words;
    const mask = this.#filter.length * 32 - 1;
    const touched: number[] = [];
    let hash = 0;
    for (let at = 0; at < words.count; at++) {
      hash = rolled(hash, words, at);
      if (at < RUN - 1) continue;
      const slot = hash & mask;
      if ((this.#filter[slot >>> 5]! & (1 << (slot & 31))) === 0) continue;
      const places = this.#runs.get(hash);
      if (places !== undefined) this.#found(places, at - RUN + 1, touched);
    }
    return touched;
  }

  #found(places: readonly Place[], at: number, touched: number[]): void {
    const text = this.#words.textOf(at, RUN);
    for (const { prompt, word } of places) {
      const one = this.#prompts[prompt]!;
      if (one.words.slice(word, word + RUN).join(" ") !== text) continue;
      if (one.inText !== this.#text) {
        Object.assign(one, { inText: this.#text, covered: 0, longest: 0 });
        one.foundAt.fill(-1);
        touched.push(prompt);
      }
      for (let covered = word; covered < word + RUN; covered++)
        if (one.coveredIn[covered] !== this.#text) {
          one.coveredIn[covered] = this.#text;
          one.covered++;
        }
      const follows = word > 0 && at > 0 && one.foundAt[word - 1] === at - 1;
      one.chain[word] = follows ? one.chain[word - 1]! + 1 : 1;
      one.foundAt[word] = at;
      one.longest = Math.max(one.longest, one.chain[word]);
    }
  }
}

const FILTER_MIN = 1 << 14;

/** The hash of the last eight words, from that of the eight before. */
function rolled(hash: number, { hashes }: Words, at: number): number {
  const without = at >= RUN ? (hash - Math.imul(hashes[at - RUN]!, TOP)) | 0 : hash;
  return (Math.imul(without, BASE) + hashes[at]!) | 0;
}

function wholeHash({ hashes, count }: Words): number {
  let hash = count;
  for (let at = 0; at < count; at++) hash = (Math.imul(hash, BASE) + hashes[at]!) | 0;
  return hash;
}

function pushTo<Value>(map: Map<number, Value[]>, key: number, value: Value): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}
