import type { Pair } from "../contract/report.ts";
import { type Cell, cellOf } from "./cell.ts";
import type { JudgmentRows } from "./columns.ts";
import { estimate } from "./estimate.ts";
import type { StudyFacts } from "./facts.ts";
import type { ListedPair, PairRanges } from "./pair-list.ts";

export interface PairsToReport {
  readonly facts: StudyFacts;
  readonly rows: JudgmentRows;
  readonly pairs: readonly ListedPair[];
  readonly ranges: PairRanges;
  /** The groups that get rows, in order; null: all people of the headline together. */
  readonly groups: readonly (string | null)[];
}

/** Some groups taken together: one group under its name, or all people of the headline under null. */
interface Taken {
  readonly name: string | null;
  readonly codes: ReadonlySet<number>;
  /** A model judges alone: its judgments are not a sample of annotators. */
  readonly isModel: boolean;
}

type PairFigures = Omit<Pair, "system" | "against" | "group">;

/** The rows of a report: pair by pair, and in each the groups as given. */
export function reportPairs(given: PairsToReport): Pair[] {
  const taken = given.groups.map((name) => groupsTaken(given.facts, name));
  return given.pairs.flatMap((pair) => {
    const figures = new Map<string, PairFigures>(); // an only group of people has the figures of all people
    return taken.map((groups) => {
      const key = [...groups.codes].join();
      const own = figures.get(key) ?? figuresOf(cellFor(given, pair, groups), groups);
      figures.set(key, own);
      return { system: pair.system.label, against: pair.against.label, group: groups.name, ...own };
    });
  });
}

function groupsTaken({ groups }: StudyFacts, name: string | null): Taken {
  const codes = groups.flatMap((group, code) => {
    const isTaken = name === null ? group.kind !== "model" && group.headline : group.name === name;
    return isTaken ? [code] : [];
  });
  const isModel = name !== null && codes.every((code) => groups[code]!.kind === "model");
  return { name, codes: new Set(codes), isModel };
}

function cellFor({ rows, ranges }: PairsToReport, pair: ListedPair, { codes }: Taken): Cell {
  const system = pair.system.code ?? -1; // a system without a code has no rows
  return cellOf(rows, { ...ranges.of(pair), system, inGroups: (group) => codes.has(group) });
}

function figuresOf(cell: Cell, { isModel }: Taken): PairFigures {
  return {
    prompts: cell.prompts,
    judgments: cell.judgments,
    bothBad: cell.bothBad,
    ...estimate(cell, { annotatorsFixed: isModel || cell.annotators === 1 }),
  };
}
