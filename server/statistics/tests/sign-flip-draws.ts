import type { Random } from "../resampling/random.ts";
import type { LeanClass } from "./lean-class.ts";

/** How many ways to put the signs are drawn. */
export const SIGN_FLIP_DRAWS = 100_000;

/** Sums closer than this share of the largest possible one are equal: they were added up in floating point. */
const EQUAL = 1e-12;

/**
 * Share of drawn signs whose sum is at least as far from 0 as the observed one, with one added to both counts:
 * (1 + hits) / (1 + draws). Every sign is one random bit. Prompts that lean equally far need only the number of
 * their heads, so 32 of them take one random word.
 */
export function drawnSignFlips(classes: readonly LeanClass[], random: Random): number {
  const leans = Float64Array.from(classes, ({ numerator, denominator }) => numerator / denominator);
  const counts = Int32Array.from(classes, ({ count }) => count);
  const observed = Math.abs(classes.reduce((sum, { net }, c) => sum + leans[c]! * net, 0));
  const reach = leans.reduce((sum, lean, c) => sum + lean * counts[c]!, 0);
  const least = observed - EQUAL * reach;
  let hits = 0;
  for (let draw = 0; draw < SIGN_FLIP_DRAWS; draw++) {
    let sum = 0;
    for (let c = 0; c < leans.length; c++) sum += leans[c]! * (2 * headsOf(counts[c]!, random) - counts[c]!);
    if (Math.abs(sum) >= least) hits++;
  }
  return (1 + hits) / (1 + SIGN_FLIP_DRAWS);
}

/** Heads among `throws` fair throws; at least one throw. */
export function headsOf(throws: number, random: Random): number {
  let heads = 0;
  let left = throws;
  for (; left > 32; left -= 32) heads += bitsIn(random());
  return heads + bitsIn(random() >>> (32 - left));
}

/** How many bits of a word are set, added up in pairs, fours and bytes. */
function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
