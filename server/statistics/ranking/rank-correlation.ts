/**
 * Do two scores put things in the same order? Kendall's τ_b: (C − D) / √((N − T_a)(N − T_b)), with C pairs in the same
 * order by both, D in opposite orders, N all pairs, T those that are equal by one score.
 *
 * From −1 (opposite orders) to 1 (the same); null where all are equal by one of the scores.
 * Source: M. Kendall, Biometrika 33 (1945) 239. Example: [12, 2, 1, 12, 2] and [1, 4, 7, 1, 0] give −.4714 (SciPy's
 * documentation of kendalltau). @throws RangeError where the columns differ in length.
 */
export function kendallTauB(a: Float64Array, b: Float64Array): number | null {
  requireAlike(a, b);
  let [sum, differentByA, differentByB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) {
      const [byA, byB] = [Math.sign(a[i]! - a[j]!), Math.sign(b[i]! - b[j]!)];
      sum += byA * byB;
      differentByA += byA * byA;
      differentByB += byB * byB;
    }
  return differentByA === 0 || differentByB === 0 ? null : sum / Math.sqrt(differentByA * differentByB);
}

/**
 * The same by Spearman's ρ: Pearson's correlation of the ranks, equal values sharing the mean of theirs.
 * Source: C. Spearman, American Journal of Psychology 15 (1904) 72. Null and throws as for kendallTauB.
 */
export function spearmanRho(a: Float64Array, b: Float64Array): number | null {
  requireAlike(a, b);
  const [ranksA, ranksB] = [midRanks(a), midRanks(b)];
  const mean = (a.length + 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [ranksA[i]! - mean, ranksB[i]! - mean];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? null : ab / Math.sqrt(aa * bb);
}

function midRanks(values: Float64Array): Float64Array {
  return values.map((one) => {
    let [below, equal] = [0, 0];
    for (const other of values) {
      if (other < one) below++;
      else if (other === one) equal++;
    }
    return below + (equal + 1) / 2;
  });
}

function requireAlike(a: Float64Array, b: Float64Array): void {
  if (a.length !== b.length) throw new RangeError(`Columns of ${a.length} and ${b.length} scores.`);
}
