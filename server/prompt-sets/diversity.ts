import { gramsOf } from "./steps/near.ts";
import { Words } from "./words.ts";

/** Beyond, comparing each prompt with each takes minutes. */
const COMPARED_MAX = 2000;

/** How diverse prompts are, in numbers; null: there are too few, or too many to compare. */
interface Diversity {
  readonly distinct1: number | null;
  readonly distinct2: number | null;
  readonly nearest: number | null;
  readonly groups: number;
}

/** @param prompts.group what each prompt belongs to, such as its source and site */
export function diversityOf(
  prompts: readonly { readonly text: string; readonly group: string }[],
): Diversity {
  const texts = prompts.map(({ text }) => text);
  return {
    distinct1: distinctShare(texts, 1),
    distinct2: distinctShare(texts, 2),
    nearest: meanNearest(texts),
    groups: effectiveNumber(prompts.map(({ group }) => group)),
  };
}

/**
 * Distinct-n (Li et al. 2016, arXiv 1510.03055): different n-grams of words / all n-grams. Falls as texts grow in number and length, so
 * only sets of about the same size compare. Null where no text has n words. @internal
 */
export function distinctShare(texts: readonly string[], n: number): number | null {
  const words = new Words();
  const different = new Set<string>();
  let all = 0;
  for (const text of texts) {
    words.read(text);
    for (let at = 0; at + n <= words.count; at++) different.add(words.textOf(at, n));
    all += Math.max(0, words.count - n + 1);
  }
  return all === 0 ? null : different.size / all;
}

/**
 * The mean over texts of the similarity to the one most like it, as Self-Instruct (arXiv 2212.10560) looks at the nearest task, here by
 * the Jaccard similarity of 5 characters in a row. 0: nothing in common; 1: each text has its twin. Null for fewer than two, or too
 * many. @internal
 */
export function meanNearest(texts: readonly string[]): number | null {
  if (texts.length < 2 || texts.length > COMPARED_MAX) return null;
  const all = texts.map(gramsOf);
  const byGram = new Map<string, number[]>();
  for (const [at, grams] of all.entries())
    for (const gram of grams) {
      const there = byGram.get(gram);
      if (there) there.push(at);
      else byGram.set(gram, [at]);
    }
  let sum = 0;
  for (const [at, grams] of all.entries()) {
    const shared = new Uint32Array(all.length);
    for (const gram of grams) for (const other of byGram.get(gram)!) shared[other]!++;
    let best = 0;
    for (const [other, count] of shared.entries())
      if (other !== at && count > 0) best = Math.max(best, count / (grams.size + all[other]!.size - count));
    sum += best;
  }
  return sum / all.length;
}

/**
 * The effective number of groups (Hill 1973, of order 1): e to the power of Shannon's entropy of their shares. Four groups of the same
 * size are 4; four of which one has nearly all are little more than 1. @internal
 */
export function effectiveNumber(groups: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  const entropy = [...counts.values()].reduce((sum, count) => {
    const share = count / groups.length;
    return sum - share * Math.log(share);
  }, 0);
  return Math.exp(entropy);
}
