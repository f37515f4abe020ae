import fc from "fast-check";
import { expect } from "vitest";
import { isRefused, type NotEstimable } from "../../../server/statistics/estimate.ts";
import {
  cellsOf,
  type Cells,
  countCells,
  type PairedCounts,
} from "../../../server/statistics/judgments/paired-counts.ts";
import { describeSampling, type Sampling } from "../../../server/statistics/judgments/sampling.ts";

/** One judgment, as a naive computation sees it: halves of a win for `low`, which is the lower code. */
export interface PairedRow {
  low: number;
  high: number;
  halves: number;
  prompt: number;
  annotator: number;
}

export interface Prepared {
  cells: Cells;
  counts: PairedCounts;
  sampling: Sampling;
}

/** Any judgments among up to `systems` systems, in any order. */
export function anyPairedRows(systems: number, maxLength = 60): fc.Arbitrary<PairedRow[]> {
  const row = fc.record({
    low: fc.nat(systems - 1),
    high: fc.nat(systems - 1),
    halves: fc.nat(2),
    prompt: fc.nat(5),
    annotator: fc.nat(3),
  });
  const paired = row
    .filter(({ low, high }) => low !== high)
    .map((given) =>
      given.low < given.high
        ? given
        : { ...given, low: given.high, high: given.low, halves: 2 - given.halves },
    );
  return fc.array(paired, { maxLength });
}

export function prepare(systems: number, rows: readonly PairedRow[]): Prepared {
  const column = (name: "low" | "high" | "prompt" | "annotator") => Int32Array.from(rows, (row) => row[name]);
  const cells = cellsOf({
    systems,
    low: column("low"),
    high: column("high"),
    halves: Uint8Array.from(rows, ({ halves }) => halves),
  });
  const sampling = describeSampling({
    prompts: column("prompt"),
    annotators: column("annotator"),
    promptCount: 1 + Math.max(-1, ...column("prompt")),
    annotatorCount: 1 + Math.max(-1, ...column("annotator")),
    fixedAnnotators: false,
  });
  return { cells, counts: countCells(cells), sampling };
}

/** Judgments from a table of wins, losses and ties, each on a prompt and by an annotator of its own. */
export function rowsOf(
  table: readonly (readonly [low: number, high: number, wins: number, losses: number, ties: number])[],
): PairedRow[] {
  const rows: PairedRow[] = [];
  for (const [low, high, wins, losses, ties] of table) {
    for (const [halves, count] of [
      [2, wins],
      [0, losses],
      [1, ties],
    ] as const)
      for (let i = 0; i < count; i++)
        rows.push({ low, high, halves, prompt: rows.length, annotator: rows.length });
  }
  return rows;
}

/** What was expected to be there; a refusal fails with its reason. */
export function given<T extends object>(result: T | NotEstimable): T {
  if (isRefused(result)) throw new Error(`Refused: ${result.notEstimable}`);
  return result;
}

/** A matrix of points: [i][j] what i got against j, a tie half to each. */
export function pointsOf({ systems, low, high, wins, ties, losses }: PairedCounts): number[][] {
  const points = Array.from({ length: systems }, () => Array<number>(systems).fill(0));
  for (let pair = 0; pair < low.length; pair++) {
    const [i, j] = [low[pair]!, high[pair]!];
    points[i]![j] = wins[pair]! + ties[pair]! / 2;
    points[j]![i] = losses[pair]! + ties[pair]! / 2;
  }
  return points;
}

export function centredLogs(strengths: readonly number[]): number[] {
  const logs = strengths.map(Math.log);
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return logs.map((log) => log - mean);
}

/** Numbers from 0 to 1 for simulations, always the same. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Expects each value within so much of the expected one. */
export function expectClose(values: ArrayLike<number>, expected: ArrayLike<number>, within: number): void {
  expect(values.length).toBe(expected.length);
  const off = Array.from(values, (value, i) => Math.abs(value - expected[i]!));
  expect(Math.max(...off), `${Array.from(values).join()} and ${Array.from(expected).join()}`).toBeLessThan(
    within,
  );
}
