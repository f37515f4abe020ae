/** A symmetric positive matrix taken apart: lower · lowerᵀ, row by row, without the columns that are left out. */
export interface Factor {
  readonly size: number;
  readonly lower: Float64Array;
  /** 1: the column is a combination of those before it (or was left out from the start) and has no part in anything. */
  readonly leftOut: Uint8Array;
}

/** A column whose square keeps less than this share beside the columns before it is a combination of them. */
const TOLERANCE = 1e-9;

/**
 * Cholesky's factor of a symmetric matrix of `size`², row by row, of which the lower half is read.
 *
 * Columns that are combinations of earlier ones are found by their pivot and left out, as is every column that
 * `leftOut` names. Source: N. Higham, Accuracy and Stability of Numerical Algorithms, chapter 10. Example: [4 2; 2 2]
 * has the factor [2 0; 1 1]; in [1 1; 1 1] the second column is left out.
 */
export function factorise(matrix: Float64Array, size: number, leftOut?: Uint8Array): Factor {
  const lower = new Float64Array(size * size);
  const skip = leftOut?.slice() ?? new Uint8Array(size);
  for (let j = 0; j < size; j++) {
    if (skip[j] === 1) continue;
    for (let l = 0; l < j; l++) {
      if (skip[l] === 1) continue;
      lower[j * size + l] = (matrix[j * size + l]! - dot(lower, { a: j, b: l, size })) / lower[l * size + l]!;
    }
    const pivot = matrix[j * size + j]! - dot(lower, { a: j, b: j, size });
    if (pivot > TOLERANCE * matrix[j * size + j]!) lower[j * size + j] = Math.sqrt(pivot);
    else {
      skip[j] = 1;
      lower.fill(0, j * size, (j + 1) * size);
    }
  }
  return { size, lower, leftOut: skip };
}

/** The x with matrix · x = right; 0 in the columns that are left out. */
export function solve({ size, lower, leftOut }: Factor, right: Float64Array): Float64Array {
  const x = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    if (leftOut[j] === 1) continue;
    let rest = right[j]!;
    for (let l = 0; l < j; l++) rest -= lower[j * size + l]! * x[l]!;
    x[j] = rest / lower[j * size + j]!;
  }
  for (let j = size - 1; j >= 0; j--) {
    if (leftOut[j] === 1) continue;
    let rest = x[j]!;
    for (let l = j + 1; l < size; l++) rest -= lower[l * size + j]! * x[l]!;
    x[j] = rest / lower[j * size + j]!;
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

/** Σ over the columns before `b` of row a times row b. */
function dot(lower: Float64Array, { a, b, size }: { a: number; b: number; size: number }): number {
  let sum = 0;
  for (let l = 0; l < b; l++) sum += lower[a * size + l]! * lower[b * size + l]!;
  return sum;
}
