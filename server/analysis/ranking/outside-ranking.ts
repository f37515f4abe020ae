import type { OutsideRanking, Ranking } from "../../contract/report-ranking.ts";
import type { SetStanding } from "../../statistics/ranking/set-standing.ts";
import type { ComparableSystems, StudyToRank } from "./comparable-systems.ts";

/** The systems that are not on the scale of the ranked ones: where each set of them stands, and why. */
export function tellOutside(
  { facts: { systems } }: StudyToRank,
  { others, unjudged }: ComparableSystems,
): Pick<Ranking, "notComparable" | "outside" | "reason"> {
  const label = (code: number) => systems[code]!.label;
  const judged = others.map((one): OutsideRanking => ({
    ...{ systems: one.set.map(label), standing: one.standing, above: one.above, below: one.below },
    ...{ wins: one.wins, ties: one.ties, losses: one.losses, says: standingSays(one) },
  }));
  const none = unjudged.filter((code) => systems[code]!.published).map(label);
  const outside = none.length === 0 ? judged : [...judged, unjudgedOnes(none)];
  return {
    notComparable: [...judged.map((one) => one.systems), ...none.map((name) => [name])],
    outside,
    reason:
      outside.length === 0 ? null : outside.map((one) => `${one.systems.join(", ")}: ${one.says}`).join("; "),
  };
}

const unjudgedOnes = (names: string[]): OutsideRanking => ({
  ...{ systems: names, standing: "unjudged", above: 0, below: 0 },
  ...{ wins: 0, ties: 0, losses: 0, says: "no judgments" },
});

function standingSays(one: SetStanding): string {
  const outcomes = outcomesSay(one);
  switch (one.standing) {
    case "above":
      return `above all ranked systems, ${outcomes}`;
    case "below":
      return `below all ranked systems, ${outcomes}`;
    case "unordered":
      return `neither above nor below the ranked systems by any chain of judgments, ${outcomes}`;
    case "unconnected":
      return "never judged against a ranked system, directly or through others";
    case null:
      return one.above + one.below === 0
        ? `neither above nor below any other system, ${outcomes}`
        : `above ${systemsSay(one.below)} and below ${systemsSay(one.above)}, ${outcomes}`;
  }
}

function outcomesSay({ wins, ties, losses }: SetStanding): string {
  const judgments = wins + ties + losses;
  const of = `of ${judgments.toLocaleString("en")} ${judgments === 1 ? "judgment" : "judgments"} against others`;
  if (wins === judgments) return `won all ${of}`;
  if (losses === judgments) return `lost all ${of}`;
  return `won ${wins.toLocaleString("en")}, tied ${ties.toLocaleString("en")} and lost ${losses.toLocaleString("en")} ${of}`;
}

const systemsSay = (count: number): string =>
  count === 0 ? "none" : `${count.toLocaleString("en")} ${count === 1 ? "system" : "systems"}`;
