import { isHeadline } from "../../report-document/headline.ts";
import type { Pair } from "../../contract/report.ts";
import type { Sampling } from "../../statistics/judgments/sampling.ts";
import { type Cell, cellOf } from "../rows/cell.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { estimate } from "./estimate.ts";
import { samplingOf as samplingOfRows } from "../rows/sampling-of.ts";
import type { StudyFacts } from "../rows/study-structure.ts";
import { type ListedPair, listPairs, PairRanges } from "../rows/pair-list.ts";
import type { StudyData } from "../rows/study-data.ts";

export interface PairsToReport {
  readonly facts: StudyFacts;
  readonly rows: JudgmentRows;
  readonly pairs: readonly ListedPair[];
  readonly ranges: PairRanges;
  /** The groups that get rows, in order; null: all people of the headline together. */
  readonly groups: readonly (string | null)[];
}

/** @param groups that get rows */
export function pairsToReport(
  { facts, rows }: Pick<StudyData, "facts" | "rows">,
  groups: PairsToReport["groups"],
): PairsToReport {
  const ranges = new PairRanges(rows);
  return { facts, rows, pairs: listPairs(facts, ranges), ranges, groups };
}

/** Some groups taken together: one group under its name, or all people of the headline under null. */
interface Taken {
  readonly name: string | null;
  /** Tells these groups from others, whatever they are taken together under. */
  readonly key: string;
  readonly isIn: (group: number) => boolean;
  /** A model judges alone: its judgments are not a sample of annotators. */
  readonly isModel: boolean;
  /** Whether all of them belong to the headline. */
  readonly isHeadline: boolean;
}

type PairFigures = Omit<Pair, "system" | "against" | "group">;

/** Figures of one pair that were computed before, by the key of the groups. */
export type KnownFigures = Map<string, PairFigures>;

/** What stands for two systems, whichever of them figures are told of. */
export const pairKey = (one: number, other: number): string =>
  `${Math.min(one, other)} ${Math.max(one, other)}`;

/** The rows of a report: pair by pair, and in each the groups as given. What is not `known` is computed, and then is. */
export function reportPairs(given: PairsToReport, known: Map<string, KnownFigures> = new Map()): Pair[] {
  const make = ({ pair, taken }: Omit<ReportRow, "cell">): PairFigures => {
    const key = pairKey(pair.system.code ?? -1, pair.against.code ?? -1);
    const ofPair = known.get(key) ?? new Map<string, PairFigures>();
    known.set(key, ofPair);
    const figures = ofPair.get(taken.key) ?? figuresOf({ pair, taken, cell: cellFor(given, pair, taken) });
    ofPair.set(taken.key, figures);
    return figures;
  };
  return eachPart(given, make).map(({ pair, taken, made }) => ({
    system: pair.system.label,
    against: pair.against.label,
    group: taken.name,
    ...made,
  }));
}

/** One row of a report, before anything is computed from it. */
export interface ReportRow {
  readonly pair: ListedPair;
  readonly taken: Taken;
  readonly cell: Cell;
}

/**
 * Makes something of every row of a report, in its order: pair by pair, and in each the groups as given. What is
 * made for a group stands for all people too where it is the only group of people.
 */
export const eachRow = <T>(given: PairsToReport, make: (row: ReportRow) => T): MadeRow<T>[] =>
  eachPart(given, ({ pair, taken }) => make({ pair, taken, cell: cellFor(given, pair, taken) }));

interface MadeRow<T> {
  readonly pair: ListedPair;
  readonly taken: Taken;
  readonly made: T;
}

function eachPart<T>(given: PairsToReport, make: (row: Omit<ReportRow, "cell">) => T): MadeRow<T>[] {
  const groups = given.groups.map((name) => groupsTaken(given.facts, name));
  return given.pairs.flatMap((pair) => {
    const known = new Map<string, T>();
    return groups.map((taken) => {
      const made = known.get(taken.key) ?? make({ pair, taken });
      known.set(taken.key, made);
      return { pair, taken, made };
    });
  });
}

function groupsTaken({ groups }: StudyFacts, name: string | null): Taken {
  const codes = groups.flatMap((group, code) => {
    const isTaken = name === null ? isHeadline(group) : group.name === name;
    return isTaken ? [code] : [];
  });
  const isModel = name !== null && codes.every((code) => groups[code]!.kind === "model");
  const isIn = Uint8Array.from(groups, (_, code) => (codes.includes(code) ? 1 : 0));
  const key = codes.map((code) => groups[code]!.name).join("\n");
  const inHeadline = codes.every((code) => isHeadline(groups[code]!));
  return { name, key, isIn: (group) => isIn[group] === 1, isModel, isHeadline: inHeadline };
}

function cellFor({ rows, ranges }: PairsToReport, pair: ListedPair, { isIn }: Taken): Cell {
  const system = pair.system.code ?? -1; // a system without a code has no rows
  return cellOf(rows, { ...ranges.of(pair), system, inGroups: isIn });
}

/**
 * How the judgments of a row hang together. A model, or a group's only annotator, is no sample of annotators; nor are those
 * of whom some are not known: how their judgments lean together is then hidden.
 */
export const samplingOf = ({ cell, taken }: Pick<ReportRow, "cell" | "taken">): Sampling =>
  samplingOfRows(cell, { fixedAnnotators: taken.isModel || cell.unnamed > 0 || cell.annotators === 1 });

/** What the random numbers of a row are drawn from. */
export const seedOf = ({ study }: StudyFacts, { pair, taken }: Pick<ReportRow, "pair" | "taken">): string =>
  [study.seed, pair.system.label, pair.against.label, taken.key].join("\n");

function figuresOf(row: ReportRow): PairFigures {
  const { cell } = row;
  return {
    prompts: cell.prompts,
    judgments: cell.judgments,
    bothBad: cell.bothBad,
    ...estimate(cell, samplingOf(row)),
  };
}
