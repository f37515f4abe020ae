import type { Pair, Rate, Report, Score } from "../../contract/report.ts";

/** The rows of one group of a report, or of all people together. */
export interface Section {
  readonly group: string | null;
  readonly title: string;
  readonly judged: readonly Pair[];
  /** Pairs of this group that nobody judged. */
  readonly unjudged: readonly Pair[];
  /** Set where the rows would only say again what another section says. */
  readonly sameAs: string | null;
}

/** The report's rows by group, in the order in which the groups first come. */
export function sectionsOf(report: Report): Section[] {
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
export function rowName(pair: Pair, target: string | null): string {
  return target === null ? `${pair.system} against ${pair.against}` : pair.against;
}

export function hasInterval<Estimate extends Rate | Score>(
  estimate: Estimate,
): estimate is Extract<Estimate, { low: number }> {
  return "low" in estimate;
}

/** How the intervals of a row were made, or why there are none: each sentence once, with the rows it is about. */
export function methodsOf(section: Section, target: string | null): { method: string; rows: string[] }[] {
  const byMethod = new Map<string, Set<string>>();
  for (const pair of section.judged) {
    for (const sentence of methodSentences(pair)) {
      const rows = byMethod.get(sentence) ?? new Set();
      byMethod.set(sentence, rows.add(rowName(pair, target)));
    }
  }
  return [...byMethod].map(([method, rows]) => ({ method, rows: [...rows] }));
}

function methodSentences(pair: Pair): string[] {
  const parts: [string, Rate | Score | { notEstimable: string } | object][] = [
    ["won", pair.win],
    ["tied", pair.tie],
    ["lost", pair.loss],
    ["half-tie rate", pair.halfTieRate],
    ["half-tie rate by prompt", pair.halfTieRateByPrompt],
    ["by majority", pair.byMajority],
  ];
  const named = new Map<string, string[]>();
  for (const [name, part] of parts) {
    const says =
      "method" in part
        ? String(part.method)
        : "notEstimable" in part
          ? `none: ${String(part.notEstimable)}`
          : null;
    if (says !== null) named.set(says, [...(named.get(says) ?? []), name]);
  }
  return [...named].map(([says, names]) => `${names.join(", ")}: ${says}`);
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

function onlyGroup(report: Report, name: string): boolean {
  const people = report.groups.filter((group) => group.kind !== "model" && group.headline);
  return people.length === 1 && people[0]!.name === name;
}
