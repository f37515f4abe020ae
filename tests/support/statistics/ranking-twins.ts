import type { PairedCounts } from "../../../server/statistics/judgments/paired-counts.ts";
import { centredLogs } from "./ranking-support.ts";

/** Transitive closure by Warshall: whether everybody reaches everybody. */
export function isConnected(points: readonly number[][]): boolean {
  const reach = points.map((row, i) => row.map((got, j) => got > 0 || i === j));
  for (const k of reach.keys())
    for (const i of reach.keys())
      for (const j of reach.keys()) reach[i]![j] ||= reach[i]![k]! && reach[k]![j]!;
  return reach.every((row) => row.every(Boolean));
}

/** Zermelo's iteration, as D. Hunter (2004) writes it: wins over Σ n_ij / (p_i + p_j), in M. Newman's faster form. */
export function byMinorisation(points: readonly number[][], rounds: number): number[] {
  let strengths = points.map(() => 1);
  for (let round = 0; round < rounds; round++) {
    const before = strengths.slice();
    for (const i of strengths.keys()) {
      let [above, below] = [0, 0];
      for (const j of strengths.keys()) {
        const both = strengths[i]! + strengths[j]!;
        above += (points[i]![j]! * strengths[j]!) / both;
        below += points[j]![i]! / both;
      }
      strengths[i] = above / below;
    }
    const mean = Math.exp(strengths.reduce((sum, p) => sum + Math.log(p), 0) / strengths.length);
    strengths = strengths.map((p) => p / mean);
    if (strengths.every((p, i) => Math.abs(p - before[i]!) < 1e-14 * p)) break;
  }
  return centredLogs(strengths);
}

/** Davidson's likelihood as he writes it, made highest along one parameter at a time by golden sections. */
export function byCoordinates(counts: PairedCounts) {
  const hasTies = counts.ties.some((n) => n > 0);
  const at = Array<number>(counts.systems + 1).fill(0);
  const value = () => likelihood(counts, at, hasTies);
  for (let round = 0, before = -Infinity; round < 3000; round++) {
    for (let i = hasTies ? counts.systems : counts.systems - 1; i >= 1; i--) climb(at, i, value);
    const now = value();
    if (now - before < 1e-12) break;
    before = now;
  }
  return {
    logLikelihood: value(),
    strengths: centredLogs(at.slice(0, counts.systems).map(Math.exp)),
    nu: hasTies ? Math.exp(at[counts.systems]!) : 0,
  };
}

function likelihood(counts: PairedCounts, at: readonly number[], hasTies: boolean): number {
  const nu = hasTies ? Math.exp(at[counts.systems]!) : 0;
  let sum = 0;
  counts.low.forEach((i, pair) => {
    const [a, b] = [Math.exp(at[i]!), Math.exp(at[counts.high[pair]!]!)];
    const all = a + b + nu * Math.sqrt(a * b);
    sum += counts.wins[pair]! * Math.log(a / all) + counts.losses[pair]! * Math.log(b / all);
    if (counts.ties[pair]! > 0) sum += counts.ties[pair]! * Math.log((nu * Math.sqrt(a * b)) / all);
  });
  return sum;
}

function climb(at: number[], i: number, value: () => number): void {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [at[i]! - 4, at[i]! + 4];
  const of = (x: number) => ((at[i] = x), value());
  while (high - low > 1e-9) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (of(a) > of(b)) high = b;
    else low = a;
  }
  at[i] = (low + high) / 2;
}
