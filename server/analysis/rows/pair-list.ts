import type { JudgmentRows } from "./judgment-columns.ts";
import type { StudyFacts } from "./study-structure.ts";

interface ListedSystem {
  readonly code: number | null;
  readonly label: string;
}

/** A pair to report on. A code is null where the protocol names a system that nothing was loaded for. */
export interface ListedPair {
  readonly system: ListedSystem;
  readonly against: ListedSystem;
}

/**
 * The pairs of a report: with a target, the target against each baseline in the protocol's order; else every
 * two systems once, the one whose name comes first in code units as `system`. Pairs without judgments are
 * listed too: whoever joins a report with a list of systems finds each pair, and knows that nothing was judged.
 */
export function listPairs({ systems, pairs }: StudyFacts, ranges: PairRanges): ListedPair[] {
  const known: { code: number; label: string }[] = systems.map(({ label }, code) => ({ code, label }));
  if (pairs === "all") {
    const all = known.flatMap((system, i) => known.slice(i + 1).map((against) => ({ system, against })));
    const published = ({ code }: { code: number }) => systems[code]!.published;
    return all.filter(
      (pair) => (published(pair.system) && published(pair.against)) || ranges.areJudged(pair),
    );
  }
  const named = (name: string) => {
    const code = systems.findIndex((system) => system.name === name);
    return known[code] ?? { code: null, label: name };
  };
  return pairs.baselines.map((baseline) => ({ system: named(pairs.target), against: named(baseline) }));
}

/** Where the judgments of each pair stand in rows of canonical order. */
export class PairRanges {
  readonly #ranges = new Map<string, { from: number; to: number }>();

  constructor({ low, high, count }: JudgmentRows) {
    for (let from = 0; from < count;) {
      let to = from + 1;
      while (to < count && low[to] === low[from] && high[to] === high[from]) to++;
      this.#ranges.set(`${low[from]} ${high[from]}`, { from, to });
      from = to;
    }
  }

  areJudged(pair: ListedPair): boolean {
    const { from, to } = this.of(pair);
    return to > from;
  }

  /** The rows from `from` up to `to`; nothing where the pair was never judged. */
  of({ system, against }: ListedPair): { from: number; to: number } {
    const nothing = { from: 0, to: 0 };
    if (system.code === null || against.code === null) return nothing;
    const [low, high] = [Math.min(system.code, against.code), Math.max(system.code, against.code)];
    return this.#ranges.get(`${low} ${high}`) ?? nothing;
  }
}
