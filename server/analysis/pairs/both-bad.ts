import type { BothBad, Pair } from "../../contract/report.ts";

/**
 * How often both responses were called bad, by system. One response may have been good beside another bad one, and is not
 * in it: this counts pairs of which neither was of use.
 * @param pairs the rows of one group, or of all people together
 */
export function bothBadBySystem(
  pairs: readonly Pick<Pair, "system" | "against" | "judgments" | "tie" | "bothBad">[],
): BothBad[] {
  const systems = [...new Set(pairs.flatMap(({ system, against }) => [system, against]))];
  return systems.flatMap((system) => {
    const own = pairs.filter((pair) => pair.system === system || pair.against === system);
    const sum = (of: (pair: (typeof own)[number]) => number) =>
      own.reduce((total, pair) => total + of(pair), 0);
    const judgments = sum((pair) => pair.judgments);
    const counts = { ties: sum(({ tie }) => tie.count), bothBad: sum(({ bothBad }) => bothBad) };
    return judgments === 0 ? [] : [{ system, judgments, ...counts }];
  });
}
