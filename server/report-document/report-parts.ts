import { isHeadline } from "./headline.ts";
import type { Pair, Report } from "../contract/report.ts";
import type { SectionKey } from "./document.ts";
import type { PerhapsTested } from "./verdict.ts";
import { ALL_PEOPLE, capital } from "./words.ts";

/** The rows of one group of a report, or of all people together. */
export interface GroupPairs {
  readonly group: string | null;
  readonly title: string;
  readonly judged: readonly PerhapsTested[];
  /** Pairs of this group that nobody judged. */
  readonly unjudged: readonly PerhapsTested[];
  /** Whether the group is all people, whose figures stand already. */
  readonly repeats: boolean;
}

/**
 * The report's rows by group: people first, in the order in which the groups first come, models last. A group outside the
 * headline is there once it has judged.
 */
export function groupsOf(report: Report): GroupPairs[] {
  const outside = new Set(report.groups.filter(({ headline }) => !headline).map(({ name }) => name));
  const models = new Set(report.groups.filter(({ kind }) => kind === "model").map(({ name }) => name));
  const isModel = (group: string | null) => group !== null && models.has(group);
  const groups = [...new Set(report.pairs.map((pair) => pair.group))];
  const ordered = [...groups.filter((group) => !isModel(group)), ...groups.filter(isModel)];
  const all = ordered.map((group) => {
    const pairs = report.pairs.filter((pair) => pair.group === group);
    return {
      group,
      title: group === null ? titleOfPeople(report) : titleOfGroup(report, group),
      judged: pairs.filter((pair) => pair.judgments > 0),
      unjudged: pairs.filter((pair) => pair.judgments === 0),
      repeats: group !== null && groups.includes(null) && onlyGroup(report, group),
    };
  });
  return all.filter(({ group, judged }) => group === null || !outside.has(group) || judged.length > 0);
}

/** The one system that every row is about, or null where rows have several. */
export function targetOf({
  pairs,
}: {
  readonly pairs: readonly { readonly system: string }[];
}): string | null {
  const systems = new Set(pairs.map((pair) => pair.system));
  return systems.size === 1 ? pairs[0]!.system : null;
}

/** What a row is called: the baseline alone where every row is about the target. */
export const rowName = (pair: Pick<Pair, "system" | "against">, target: string | null): string =>
  target === null ? `${pair.system} against ${pair.against}` : pair.against;

/** The heading of the rows' names. */
export const firstOf = (target: string | null): string => (target === null ? "pair" : "against");

/** The judgments behind a pair, of its group where it has one. */
export const leadOf = ({
  system,
  against,
  group,
}: Pick<Pair, "system" | "against"> & { group?: string | null }) => ({
  ...{ system, against, group: group ?? undefined },
});

/** How many pairs of systems are shown where there is little room, and which. */
export const MOST_PAIRS = {
  ...{ rows: 60, are: "pairs with the most judgments" },
  weight: (pair: { judgments: number }) => pair.judgments,
};

function titleOfPeople(report: Report): string {
  const names = report.groups.filter(isHeadline).map((group) => group.name);
  if (names.length === 0) return capital(ALL_PEOPLE);
  return `${capital(ALL_PEOPLE)}${names.length > 1 ? " together" : ""} (${names.join(", ")})`;
}

function titleOfGroup(report: Report, name: string): string {
  const group = report.groups.find((one) => one.name === name);
  if (group?.kind === "model") return `${name} (a model as annotator)`;
  return group?.headline === false ? `${name} (outside the figures of ${ALL_PEOPLE})` : name;
}

/** Whether a group is all people of the headline: its figures are theirs. */
export function onlyGroup(report: Pick<Report, "groups">, name: string): boolean {
  const people = report.groups.filter(isHeadline);
  return people.length === 1 && people[0]!.name === name;
}

/** Whether there is anything in a section before anybody has judged; nothing that is only reasons for missing figures. */
export const hasWithoutJudgments = (
  key: SectionKey,
  { skipped, audited }: Pick<Report, "skipped" | "audited">,
): boolean =>
  key === "study" || (key === "skips" && (skipped ?? 0) > 0) || (key === "blinding" && audited === true);
