import type { PairedCounts } from "../judgments/paired-counts.ts";

/**
 * Which systems can be put on one scale? Those among which every system is reached from every other by "was at least
 * once not worse than": an arrow from the preferred system to the other, both ways for a tie.
 *
 * A Bradley–Terry model has finite strengths exactly where all systems are such a set. Else some set of systems never
 * lost to the rest, or was never judged against it, and how much stronger it is cannot be said. Returns the sets of
 * systems, largest first, then by most judgments within, then by most systems below and fewest above, so that names
 * decide only between sets that nothing tells apart, by lowest code; codes rise in a set. A system on its own is a set
 * of one. Source: L. R. Ford, American Mathematical Monthly 64 (1957).
 * Example: 0 beats 1, 1 beats 0, 1 beats 2: {0, 1} and {2}. Edge: no systems give no sets.
 */
export function strongComponents(counts: PairedCounts): number[][] {
  const isPlaced = new Uint8Array(counts.systems);
  const sets: { set: number[]; judgments: number; standing: number }[] = [];
  for (let system = 0; system < counts.systems; system++) {
    if (isPlaced[system] === 1) continue;
    const [below, above] = [reachedFrom(counts, system, true), reachedFrom(counts, system, false)];
    const set: number[] = [];
    for (let other = system; other < counts.systems; other++) {
      if (below[other] !== 1 || above[other] !== 1) continue;
      isPlaced[other] = 1;
      set.push(other);
    }
    const standing = below.reduce((sum, is, other) => sum + is - above[other]!, 0);
    sets.push({ set, judgments: judgmentsWithin(counts, set), standing });
  }
  return sets
    .sort(
      (a, b) =>
        b.set.length - a.set.length ||
        b.judgments - a.judgments ||
        b.standing - a.standing ||
        a.set[0]! - b.set[0]!,
    )
    .map(({ set }) => set);
}

/** Whether all systems can be put on one scale; false where there are none. */
export function isStronglyConnected(counts: PairedCounts): boolean {
  if (counts.systems === 0) return false;
  return [true, false].every((downwards) => !reachedFrom(counts, 0, downwards).includes(0));
}

/**
 * The systems reached from one, itself among them, by following arrows from the preferred system to the other, or by
 * following them backwards: 1 where reached. By passes over the pairs.
 */
export function reachedFrom(
  { systems, low, high, wins, ties, losses }: PairedCounts,
  from: number,
  downwards: boolean,
): Uint8Array {
  const isReached = new Uint8Array(systems);
  isReached[from] = 1;
  for (let isNew = true; isNew;) {
    isNew = false;
    for (let pair = 0; pair < low.length; pair++) {
      const [a, b] = [low[pair]!, high[pair]!];
      if (isReached[a] === isReached[b]) continue;
      const isAhead = (downwards ? isReached[a] === 1 : isReached[b] === 1) ? wins[pair]! : losses[pair]!;
      if (isAhead + ties[pair]! === 0) continue;
      isReached[a] = isReached[b] = 1;
      isNew = true;
    }
  }
  return isReached;
}

function judgmentsWithin({ low, high, wins, ties, losses }: PairedCounts, set: readonly number[]): number {
  const members = new Set(set);
  let sum = 0;
  for (let pair = 0; pair < low.length; pair++)
    if (members.has(low[pair]!) && members.has(high[pair]!)) sum += wins[pair]! + ties[pair]! + losses[pair]!;
  return sum;
}
