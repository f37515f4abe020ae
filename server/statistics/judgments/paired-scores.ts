import type { Clusters } from "./clusters.ts";
import { type PairModel, noTerms } from "../ranking/pair-model.ts";
import { type Cells, OUTCOMES } from "./paired-counts.ts";

/** The cells of judgments with those of one cluster together, and where each cluster ends. */
export interface ClusteredCells {
  readonly code: Int32Array;
  readonly ends: Int32Array;
}

/** Sorts judgments by cluster; once for all models. */
export function clusterCells(cells: Cells, { code, size }: Clusters): ClusteredCells {
  const ends = new Int32Array(size.length);
  for (let c = 1; c < size.length; c++) ends[c] = ends[c - 1]! + size[c - 1]!;
  const sorted = new Int32Array(code.length);
  for (let i = 0; i < code.length; i++) sorted[ends[code[i]!]!++] = cells.code[i]!;
  return { code: sorted, ends };
}

/**
 * The score of one judgment in each cell: how steeply its log-likelihood rises with the strength of the low system
 * (with that of the high one it falls as much), and with log ν where the model has it.
 */
interface PairedScores {
  readonly strength: Float64Array;
  readonly tie: Float64Array | null;
}

/** The scores at some parameters of a model: for Bradley–Terry, what the low system got less what was expected. */
export function scoresAt(model: PairModel, { systems, low, high }: Cells, at: Float64Array): PairedScores {
  const cells = OUTCOMES * low.length;
  const [strength, tie] = [new Float64Array(cells), new Float64Array(cells)];
  const logNu = model.hasTies ? at[systems]! : 0;
  const terms = noTerms();
  for (let cell = 0; cell < cells; cell++) {
    const [pair, halves] = [Math.floor(cell / OUTCOMES), cell % OUTCOMES];
    const one = { losses: halves === 0 ? 1 : 0, ties: halves === 1 ? 1 : 0, wins: halves === 2 ? 1 : 0 };
    model.write({ ...one, difference: at[low[pair]!]! - at[high[pair]!]! }, logNu, terms);
    strength[cell] = terms.slope;
    tie[cell] = terms.tieSlope;
  }
  return { strength, tie: model.hasTies ? tie : null };
}

export interface Outer {
  /** Σ_c U_c U_cᵀ, U_c the scores of cluster c added up: by system, and last by log ν. Symmetric. */
  readonly matrix: Float64Array;
  readonly size: number;
  /** In how many clusters each system was judged. */
  readonly judgedIn: Int32Array;
}

/**
 * Adds up scores by cluster and squares the sums. A cluster costs the square of the systems in it, and clusters of one
 * judgment are squared by cell, so a million of them are as fast as a few large ones.
 */
export function outerOfScores(cells: Cells, clustered: ClusteredCells, scores: PairedScores): Outer {
  const { systems, low, high } = cells;
  const size = systems + (scores.tie === null ? 0 : 1);
  const [matrix, sums] = [new Float64Array(size * size), new Float64Array(size)];
  const [judgedIn, metIn] = [new Int32Array(systems), new Int32Array(systems).fill(-1)];
  const outer = { matrix, size, judgedIn };
  const alone = new Int32Array(scores.strength.length);
  const met = new Int32Array(size);
  const { code, ends } = clustered;
  for (let c = 0, at = 0; c < ends.length; c++) {
    const end = ends[c]!;
    if (end - at === 1) {
      alone[code[at++]!]!++;
      continue;
    }
    let count = 0;
    let tie = 0;
    for (; at < end; at++) {
      const cell = code[at]!;
      const pair = Math.trunc(cell / OUTCOMES);
      const i = low[pair]!;
      const j = high[pair]!;
      if (metIn[i] !== c) metIn[(met[count++] = i)] = c;
      if (metIn[j] !== c) metIn[(met[count++] = j)] = c;
      sums[i]! += scores.strength[cell]!;
      sums[j]! -= scores.strength[cell]!;
      if (scores.tie !== null) tie += scores.tie[cell]!;
    }
    if (scores.tie !== null) {
      sums[systems] = tie;
      met[count++] = systems;
    }
    square(outer, sums, met.subarray(0, count));
  }
  squareAlone(outer, { cells, scores, alone });
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++)
      matrix[i * size + j] = matrix[j * size + i] = matrix[i * size + j]! + matrix[j * size + i]!;
  return outer;
}

/** Adds each product once, above or below the diagonal as it comes, and clears the sums. */
function square({ matrix, size, judgedIn }: Outer, sums: Float64Array, met: Int32Array): void {
  const areMost = 2 * met.length > size; // then walking along whole rows is faster than picking
  for (let x = 0; x < met.length; x++) {
    const at = met[x]!;
    const sum = sums[at]!;
    const row = at * size;
    if (areMost) for (let other = 0; other <= at; other++) matrix[row + other]! += sum * sums[other]!;
    else for (let y = 0; y <= x; y++) matrix[row + met[y]!]! += sum * sums[met[y]!]!;
    if (at < judgedIn.length) judgedIn[at]!++;
  }
  for (let x = 0; x < met.length; x++) sums[met[x]!] = 0;
}

function squareAlone(
  { matrix, size, judgedIn }: Outer,
  { cells, scores, alone }: { cells: Cells; scores: PairedScores; alone: Int32Array },
): void {
  for (let cell = 0; cell < alone.length; cell++) {
    const count = alone[cell]!;
    const pair = Math.trunc(cell / OUTCOMES);
    const [i, j, last] = [cells.low[pair]!, cells.high[pair]!, size - 1];
    const [score, tie] = [scores.strength[cell]!, scores.tie?.[cell] ?? 0];
    judgedIn[i]! += count;
    judgedIn[j]! += count;
    matrix[i * size + i]! += count * score * score;
    matrix[j * size + j]! += count * score * score;
    matrix[j * size + i]! -= count * score * score;
    if (scores.tie === null) continue;
    matrix[last * size + i]! += count * score * tie;
    matrix[last * size + j]! -= count * score * tie;
    matrix[last * size + last]! += count * tie * tie;
  }
}
