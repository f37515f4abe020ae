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

/** One way in which intervals were made, or one reason why there are none, with the rows that it is about. */
export interface MethodUsed {
  readonly says: string;
  readonly rows: readonly string[];
}

const DEGREES = /t, (\d+) df/;

/** The methods of a section's rows: those that differ in their degrees of freedom alone are said once. */
export function methodsOf(section: Section, target: string | null): MethodUsed[] {
  const used = new Map<string, { degrees: number[]; rows: Set<string> }>();
  for (const pair of section.judged) {
    for (const sentence of methodSentences(pair)) {
      const key = sentence.replace(DEGREES, "t, # df");
      const method = used.get(key) ?? { degrees: [], rows: new Set() };
      used.set(key, method);
      method.rows.add(rowName(pair, target));
      const degrees = DEGREES.exec(sentence)?.[1];
      if (degrees !== undefined) method.degrees.push(Number(degrees));
    }
  }
  return [...used].map(([key, { degrees, rows }]) => ({
    says: key.replace("#", range(degrees)),
    rows: [...rows],
  }));
}

function range(numbers: readonly number[]): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? String(most) : `${least} to ${most}`;
}

const FIGURES = [
  { name: "won", key: "win" },
  { name: "tied", key: "tie" },
  { name: "lost", key: "loss" },
  { name: "half-tie rate", key: "halfTieRate" },
  { name: "mean over prompts", key: "halfTieRateByPrompt" },
  { name: "majority", key: "byMajority" },
] as const;

/** What a row says of its methods, figures that share one taken together. */
function methodSentences(pair: Pair): string[] {
  const byMethod = new Map<string, string[]>();
  for (const { name, key } of FIGURES) {
    const figure = pair[key];
    const says =
      "method" in figure
        ? figure.method
        : "notEstimable" in figure
          ? `not estimable, ${figure.notEstimable}`
          : null;
    if (says !== null) byMethod.set(says, [...(byMethod.get(says) ?? []), name]);
  }
  return [...byMethod].map(([says, names]) => `${names.join(", ")}: ${says}`);
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
