import type { PairedCounts } from "../judgments/paired-counts.ts";
import { reachedFrom } from "./strong-components.ts";

/**
 * Where a set of systems stands to the ranked one. `above`: some chain of judgments leads from it down to the ranked
 * systems and none leads back, so that it never lost to any of them, or tied; `below`: the other way round.
 * `unordered`: judgments connect the two, but no chain leads from one to the other, as with two systems that both lost
 * to a third alone. `unconnected`: no judgments connect them at all.
 */
type Standing = "above" | "below" | "unordered" | "unconnected";

export interface SetStanding {
  readonly set: readonly number[];
  /** To the ranked set; null where nothing is ranked. */
  readonly standing: Standing | null;
  /** How many systems are known to stand above the whole set, and below it. */
  readonly above: number;
  readonly below: number;
  /** What came of the set's judgments with systems outside of it. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/**
 * Where sets of systems that cannot be put on one scale stand to each other.
 *
 * `sets` are strong components (see strongComponents), which an order without circles joins: how far one stands above
 * another cannot be said, but that it does can. `ranked` is one of them, or empty where none is ranked.
 * Example: 0 beats 1 and 2 every time, 1 and 2 beat each other: {0} stands above {1, 2}.
 */
export function standingsOf(
  counts: PairedCounts,
  sets: readonly (readonly number[])[],
  ranked: readonly number[],
): SetStanding[] {
  const joined = ranked.length === 0 ? null : connectedTo(counts, ranked[0]!);
  return sets.map((set) => {
    const [down, up] = [true, false].map((downwards) => reachedFrom(counts, set[0]!, downwards));
    const others = (reached: Uint8Array) => reached.reduce((sum, is) => sum + is, -set.length);
    const reaches = (reached: Uint8Array) => reached[ranked[0]!] === 1;
    const place = () => {
      if (reaches(down!)) return "above";
      if (reaches(up!)) return "below";
      return joined![set[0]!] === 1 ? "unordered" : "unconnected";
    };
    const standing = joined === null ? null : place();
    return { set, standing, above: others(up!), below: others(down!), ...outcomesOutside(counts, set) };
  });
}

/** 1 for each system that judgments connect with one, whoever was preferred. */
function connectedTo(counts: PairedCounts, from: number): Uint8Array {
  const judged = counts.wins.map((wins, pair) => wins + counts.ties[pair]! + counts.losses[pair]!);
  return reachedFrom({ ...counts, wins: judged, losses: judged }, from, true);
}

function outcomesOutside({ low, high, wins, ties, losses }: PairedCounts, set: readonly number[]) {
  const members = new Set(set);
  const sum = { wins: 0, ties: 0, losses: 0 };
  for (let pair = 0; pair < low.length; pair++) {
    const isLow = members.has(low[pair]!);
    if (isLow === members.has(high[pair]!)) continue;
    sum.wins += (isLow ? wins : losses)[pair]!;
    sum.ties += ties[pair]!;
    sum.losses += (isLow ? losses : wins)[pair]!;
  }
  return sum;
}
