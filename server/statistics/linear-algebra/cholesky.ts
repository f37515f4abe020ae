/**
 * Symmetric systems of linear equations, a few hundred rows at most. A matrix of size n is a Float64Array of n × n
 * numbers, row by row.
 */

/** A symmetric positive matrix taken apart: lower · lowerᵀ, without the columns that are left out. */
export interface Factor {
  readonly size: number;
  readonly lower: Float64Array;
  /** 1: the column is a combination of those before it (or was left out from the start) and has no part in anything. */
  readonly leftOut: Uint8Array;
}

/** A column whose square keeps no more than this share beside the columns before it is a combination of them. */
const COMBINATION = 1e-9;
/** The same where every column counts, so that only rounding can make it one. */
const ROUNDING = 1e-13;

/**
 * Cholesky's factor of a symmetric matrix, of which the lower half is read.
 *
 * Columns that are combinations of earlier ones are found by their pivot and left out, as is every column that
 * `leftOut` names. Source: N. Higham, Accuracy and Stability of Numerical Algorithms, chapter 10; row by row, as in
 * G. Golub and C. Van Loan, Matrix Computations, section 4.2. Example: [4 2; 2 2] has the factor [2 0; 1 1]; in
 * [1 1; 1 1] the second column is left out.
 */
export function factorise(
  matrix: Float64Array,
  size: number,
  {
    leftOut,
    tolerance = COMBINATION,
    lower = new Float64Array(size * size),
  }: { leftOut?: Uint8Array; tolerance?: number; lower?: Float64Array } = {},
): Factor {
  const skip = leftOut?.slice() ?? new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    if (skip[i] === 1) continue;
    const row = i * size;
    for (let j = 0; j <= i; j++) {
      if (skip[j] === 1) continue;
      let sum = matrix[row + j]!;
      for (let k = 0; k < j; k++) sum -= lower[row + k]! * lower[j * size + k]!;
      if (j < i) lower[row + j] = sum / lower[j * size + j]!;
      else if (sum > tolerance * matrix[row + i]!) lower[row + i] = Math.sqrt(sum);
      else {
        skip[i] = 1;
        lower.fill(0, row, row + size);
      }
    }
  }
  return { size, lower, leftOut: skip };
}

/**
 * The same of a matrix that is positive definite; null where it is not, to rounding.
 * @param lower where the factor is put; it may be the matrix itself, of which the upper half then stays
 */
export function factorWhole(matrix: Float64Array, size: number, lower?: Float64Array): Factor | null {
  const factor = factorise(matrix, size, {
    tolerance: ROUNDING,
    lower: lower ?? new Float64Array(size * size),
  });
  return factor.leftOut.includes(1) ? null : factor;
}

/** The x with matrix · x = right; 0 in the columns that are left out. */
export function solve({ size, lower, leftOut }: Factor, right: Float64Array): Float64Array {
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    if (leftOut[i] === 1) continue;
    let rest = right[i]!;
    for (let k = 0; k < i; k++) rest -= lower[i * size + k]! * x[k]!;
    x[i] = rest / lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    if (leftOut[i] === 1) continue;
    x[i]! /= lower[i * size + i]!;
    for (let k = 0; k < i; k++) x[k]! -= lower[i * size + k]! * x[i]!;
  }
  return x;
}

/** Row `row` of the inverse; zeros for one that is left out. */
export function inverseRow(factor: Factor, row: number): Float64Array {
  const unit = new Float64Array(factor.size);
  if (factor.leftOut[row] === 1) return unit;
  unit[row] = 1;
  return solve(factor, unit);
}

/** The inverse, both halves. */
export function inverse(factor: Factor): Float64Array {
  const { size } = factor;
  const inverted = new Float64Array(size * size);
  for (let row = 0; row < size; row++) inverted.set(inverseRow(factor, row), row * size);
  return inverted;
}
