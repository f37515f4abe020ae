import type { FullPair, FullReport, Pair, Rate, Report, Score } from "../contract/report.ts";

/** The rows of one group of a report, or of all people together. */
export interface GroupPairs {
  readonly group: string | null;
  readonly title: string;
  readonly judged: readonly FullPair[];
  /** Pairs of this group that nobody judged. */
  readonly unjudged: readonly FullPair[];
  /** Set where the rows would only say again what another section says. */
  readonly sameAs: string | null;
}

/** The report's rows by group, in the order in which the groups first come. */
export function groupsOf(report: FullReport): GroupPairs[] {
  const groups = [...new Set(report.pairs.map((pair) => pair.group))];
  return groups.map((group) => {
    const pairs = report.pairs.filter((pair) => pair.group === group);
    return {
      group,
      title: group === null ? titleOfPeople(report) : titleOfGroup(report, group),
      judged: pairs.filter((pair) => pair.judgments > 0),
      unjudged: pairs.filter((pair) => pair.judgments === 0),
      sameAs: group !== null && groups.includes(null) && onlyGroup(report, group) ? "all people" : null,
    };
  });
}

/** The one system that every row is about, or null where rows have several. */
export function targetOf(report: Report): string | null {
  const systems = new Set(report.pairs.map((pair) => pair.system));
  return systems.size === 1 ? report.pairs[0]!.system : null;
}

/** What a row is called: the baseline alone where every row is about the target. */
export function rowName(pair: Pick<Pair, "system" | "against">, target: string | null): string {
  return target === null ? `${pair.system} against ${pair.against}` : pair.against;
}

export function hasInterval<Estimate extends Rate | Score>(
  estimate: Estimate,
): estimate is Extract<Estimate, { low: number }> {
  return "low" in estimate;
}

function titleOfPeople(report: Report): string {
  const names = report.groups
    .filter((group) => group.kind !== "model" && group.headline)
    .map((group) => group.name);
  return names.length > 1 ? `All people together (${names.join(", ")})` : "All people";
}

function titleOfGroup(report: Report, name: string): string {
  const group = report.groups.find((one) => one.name === name);
  if (group?.kind === "model") return `${name} (a model as annotator)`;
  return group?.headline === false ? `${name} (outside the figures of all people)` : name;
}

/** Whether a group is all people of the headline: its figures are theirs. */
export function onlyGroup(report: Pick<Report, "groups">, name: string): boolean {
  const people = report.groups.filter((group) => group.kind !== "model" && group.headline);
  return people.length === 1 && people[0]!.name === name;
}
