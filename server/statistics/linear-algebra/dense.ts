/**
 * Symmetric systems of linear equations, a few hundred rows at most. A matrix of size n is a Float64Array of n × n
 * numbers, row by row.
 */

/**
 * Factors a symmetric positive definite matrix A into L Lᵀ, in place: afterwards the lower triangle is L, the upper
 * one is what it was. Only the lower triangle is read.
 *
 * Returns false where A is not positive definite to rounding (a pivot at most 1e-13 of its diagonal element); the
 * matrix is then spoilt. Source: A.-L. Cholesky; row by row, as in G. Golub and C. Van Loan, Matrix Computations,
 * section 4.2.
 */
export function factor(matrix: Float64Array, size: number): boolean {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const diagonal = matrix[row + i]!;
    for (let j = 0; j <= i; j++) {
      const other = j * size;
      let sum = matrix[row + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[row + k]! * matrix[other + k]!;
      if (j < i) matrix[row + j] = sum / matrix[other + j]!;
      else if (sum > 1e-13 * diagonal) matrix[row + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Solves L Lᵀ x = b for a factored matrix; `b` becomes x. */
export function solve(factored: Float64Array, size: number, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= factored[i * size + k]! * b[k]!;
    b[i] = sum / factored[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    const x = b[i]! / factored[i * size + i]!;
    b[i] = x;
    for (let k = 0; k < i; k++) b[k]! -= factored[i * size + k]! * x;
  }
}

/** The inverse of a factored matrix, both triangles. */
export function inverse(factored: Float64Array, size: number): Float64Array {
  const inverted = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const x = inverted.subarray(column * size, (column + 1) * size); // symmetric: a column is a row
    x[column] = 1;
    solve(factored, size, x);
  }
  return inverted;
}
