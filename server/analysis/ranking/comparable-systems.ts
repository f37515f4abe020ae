import { cellsOf, type Cells, countCells } from "../../statistics/judgments/paired-counts.ts";
import { type SetStanding, standingsOf } from "../../statistics/ranking/set-standing.ts";
import { strongComponents } from "../../statistics/ranking/strong-components.ts";
import { rowsOfGroups } from "../rows/gather.ts";
import type { JudgmentRows } from "../rows/judgment-columns.ts";
import { halvesFor, isReconstructed } from "../rows/outcomes.ts";
import type { StudyRow } from "../../studies/store.ts";
import { peopleGroups, type StudyFacts, type SystemFact } from "../rows/study-structure.ts";
import type { StudyData } from "../rows/study-data.ts";

/** What a ranking is computed from. */
export type StudyToRank = Pick<StudyData, "annotators" | "prompts"> & {
  readonly rows: Pick<
    JudgmentRows,
    "count" | "low" | "high" | "prompt" | "annotator" | "group" | "left" | "choice" | "origin"
  >;
  readonly facts: Pick<StudyFacts, "groups"> & {
    readonly study: Pick<StudyRow, "seed">;
    readonly systems: readonly Pick<SystemFact, "label" | "published">[];
  };
};

/** Judgments, a column each; systems are numbered among the ranked ones. */
interface RankedColumns {
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** The outcome for `low`. */
  readonly halves: Uint8Array;
  readonly prompt: Int32Array;
  readonly annotator: Int32Array;
}

export interface ComparableSystems {
  /** Codes of the largest set of systems that can be put on one scale, rising; none where no two can. */
  readonly ranked: readonly number[];
  /** The other sets and where they stand, systems without judgments left out. */
  readonly others: readonly SetStanding[];
  /** Codes of the systems that nobody judged. */
  readonly unjudged: readonly number[];
  /** The judgments among the ranked systems. */
  readonly columns: RankedColumns;
  readonly cells: Cells;
  /** How many of them were reconstructed from published percentages. */
  readonly reconstructed: number;
}

/** The rows of people of the headline. */
export const rowsOfPeople = ({ rows, facts }: StudyToRank): Int32Array =>
  rowsOfGroups(rows, peopleGroups(facts));

/** Finds which systems the judgments in some rows connect, and takes the judgments among those. */
export function comparableSystems(data: StudyToRank, rows: Int32Array): ComparableSystems {
  const systems = data.facts.systems.length;
  const everySystem = Array.from({ length: systems }, (_, code) => code);
  const all = takenOf(data, rows, everySystem);
  const counts = countCells(all.cells);
  const judged = new Set([...counts.low, ...counts.high]);
  const sets = strongComponents(counts).filter(([first]) => judged.has(first!));
  const isAny = (sets[0]?.length ?? 0) >= 2;
  const [ranked, left] = isAny ? [sets[0]!, sets.slice(1)] : [[], sets];
  const others = standingsOf(counts, left, ranked);
  const within = ranked.length === systems ? all : takenOf(data, rows, ranked);
  return { ranked, others, unjudged: everySystem.filter((code) => !judged.has(code)), ...within };
}

type Taken = Pick<ComparableSystems, "columns" | "cells" | "reconstructed">;

/** The judgments among some systems, which are numbered in their order. */
function takenOf(data: StudyToRank, rows: Int32Array, systems: readonly number[]): Taken {
  const { low, high } = data.rows;
  const place = new Int32Array(data.facts.systems.length).fill(-1);
  systems.forEach((code, i) => (place[code] = i));
  const places = new Int32Array(rows.length);
  let count = 0;
  for (const i of rows) if (place[low[i]!]! >= 0 && place[high[i]!]! >= 0) places[count++] = i;
  const taken = places.subarray(0, count);
  const columns = columnsAt(data, taken, place);
  let reconstructed = 0;
  for (const i of taken) if (isReconstructed(data.rows, i)) reconstructed++;
  return { columns, cells: cellsOf({ systems: systems.length, ...columns }), reconstructed };
}

function columnsAt({ rows }: StudyToRank, at: Int32Array, place: Int32Array): RankedColumns {
  const column = () => new Int32Array(at.length);
  const [low, high, prompt, annotator] = [column(), column(), column(), column()];
  const halves = new Uint8Array(at.length);
  for (let k = 0; k < at.length; k++) {
    const i = at[k]!;
    low[k] = place[rows.low[i]!]!;
    high[k] = place[rows.high[i]!]!;
    prompt[k] = rows.prompt[i]!;
    annotator[k] = rows.annotator[i]!;
    halves[k] = halvesFor(rows, i, rows.low[i]!);
  }
  return { low, high, halves, prompt, annotator };
}
