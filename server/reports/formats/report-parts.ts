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

const NUMBER = /\d+(?=\)| df)/;

/**
 * The methods of a section's rows, each said once with the figures that it made somewhere: those that differ
 * in their number of prompts or degrees of freedom alone are one. Row by row they are in the CSV and JSON.
 */
export function methodsOf(section: Section, target: string | null): MethodUsed[] {
  const used = new Map<string, { numbers: number[]; figures: Set<string>; rows: Set<string> }>();
  for (const pair of section.judged) {
    for (const { name, key } of FIGURES) {
      const says = methodOf(pair[key]);
      if (says === null) continue;
      const kind = says.replace(NUMBER, "#");
      const method = used.get(kind) ?? { numbers: [], figures: new Set(), rows: new Set() };
      used.set(kind, method);
      method.figures.add(name);
      method.rows.add(rowName(pair, target));
      const number = NUMBER.exec(says)?.[0];
      if (number !== undefined) method.numbers.push(Number(number));
    }
  }
  return [...used].map(([kind, { numbers, figures, rows }]) => {
    const names = FIGURES.map(({ name }) => name).filter((name) => figures.has(name));
    return { says: `${names.join(", ")}: ${kind.replace("#", rangeOf(numbers))}`, rows: [...rows] };
  });
}

function rangeOf(numbers: readonly number[]): string {
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

/** How a figure's interval was made, or why there is none; null for counts, which need neither. */
function methodOf(figure: Pair[(typeof FIGURES)[number]["key"]]): string | null {
  if ("method" in figure) return figure.method;
  return "notEstimable" in figure ? `not estimable, ${figure.notEstimable}` : null;
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
