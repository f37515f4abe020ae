import { medianOf } from "../median.ts";
import { studentTQuantile } from "../special/student-t-quantile.ts";

/** A judgment of one annotator on a pair that a model and other people judged as well. */
export interface BesideModel {
  readonly annotator: number;
  /** Which pair it is of: that of the others on it has the same. */
  readonly pair: number;
  /** Whether it is the same as the model's verdict. */
  readonly same: boolean;
}

/** How much more often than other people on the same pairs an annotator agrees with a model. */
interface ModelExcess {
  readonly annotator: number;
  /** Pairs that the model and other people judged too. */
  readonly pairs: number;
  readonly agreement: number;
  /** Of other people on the same pairs. */
  readonly expected: number;
  /** Standard deviations above what is usual among the annotators. */
  readonly score: number;
  readonly standsOut: boolean;
}

const [ANNOTATORS_MIN, PAIRS_MIN, ROUNDS] = [5, 10, 5] as const;
/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const MAD_TO_SD = 1.4826;

/**
 * Whose agreement with a model exceeds what other people have on the same pairs, as where somebody passes on its verdicts.
 *
 * For annotator j and pair i, d_ij is 1 or 0, as they agree with the model, less the share of the other people on i who
 * do; d_j is its mean. Honest people differ: some are more careful, and a good model agrees with them more. So d_j is not
 * compared with 0 but with the others: score_j = (d_j − median d) / √(τ² + s²/n_j), with s² the variance of d_ij within
 * annotators, pooled, and τ² = max(0, (1.4826 MAD)² − median of s²/n_j), the variance between them beyond chance. Who
 * exceeds the quantile of t with A − 1 degrees of freedom stands out; the rest is computed again without them, since
 * they raise what others are compared with, until nobody is added. Own derivation; median and MAD as in P. J. Rousseeuw
 * and C. Croux, Journal of the American Statistical Association 88 (1993). Power and false alarms are simulated in
 * tests/server/statistics/agreement/model-excess.test.ts. Assumes that fewer than half pass verdicts on.
 * Edges: nobody is looked at with fewer than 5 annotators of 10 such pairs each: an empty list.
 * @param level chance of standing out, of an honest annotator, from 0 to ½
 */
export function modelExcess(judgments: readonly BesideModel[], level: number): ModelExcess[] {
  let out: ReadonlySet<number> = new Set();
  for (let round = 0; ; round++) {
    const scored = scoresWithout(judgments, out);
    if (scored.length < ANNOTATORS_MIN) return [];
    const limit = studentTQuantile(1 - level, scored.length - 1);
    const found = scored.map((one) => ({ ...one, standsOut: one.score > limit }));
    const now = new Set(found.filter(({ standsOut }) => standsOut).map(({ annotator }) => annotator));
    const isSettled = now.size === out.size && [...now].every((one) => out.has(one));
    if (isSettled || round === ROUNDS || found.length - now.size < 3) return found;
    out = now;
  }
}

const medianOfSome = (values: readonly number[]): number => medianOf(values) ?? 0;

/** Scores of everybody, compared with those who are not `out`. */
function scoresWithout(
  judgments: readonly BesideModel[],
  out: ReadonlySet<number>,
): Omit<ModelExcess, "standsOut">[] {
  const others = new Map<number, { same: number; of: number }>();
  for (const { annotator, pair, same } of judgments) {
    if (out.has(annotator)) continue;
    const { same: before, of } = others.get(pair) ?? { same: 0, of: 0 };
    others.set(pair, { same: before + (same ? 1 : 0), of: of + 1 });
  }
  const own = new Map<number, { same: number; expected: number[]; differences: number[] }>();
  for (const { annotator, pair, same } of judgments) {
    const all = others.get(pair) ?? { same: 0, of: 0 };
    const itself = out.has(annotator) ? 0 : 1;
    const of = all.of - itself;
    if (of === 0) continue;
    const expected = (all.same - (same ? itself : 0)) / of;
    const one = own.get(annotator) ?? { same: 0, expected: [], differences: [] };
    own.set(annotator, one);
    one.same += same ? 1 : 0;
    one.expected.push(expected);
    one.differences.push((same ? 1 : 0) - expected);
  }
  const lists = [...own].filter(([, { differences }]) => differences.length >= PAIRS_MIN);
  const usual = lists.filter(([annotator]) => !out.has(annotator));
  if (usual.length === 0) return [];
  const meanOf = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const squares = usual.map(([, { differences }]) => {
    const mean = meanOf(differences);
    return differences.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  });
  const freedom = usual.reduce((sum, [, { differences }]) => sum + differences.length - 1, 0);
  const within = squares.reduce((sum, one) => sum + one, 0) / freedom;
  const means = usual.map(([, { differences }]) => meanOf(differences));
  const centre = medianOfSome(means);
  const spread = MAD_TO_SD * medianOfSome(means.map((mean) => Math.abs(mean - centre)));
  const between = Math.max(
    0,
    spread ** 2 - medianOfSome(usual.map(([, { differences }]) => within / differences.length)),
  );
  return lists.map(([annotator, { same, expected, differences }]) => {
    const error = Math.sqrt(between + within / differences.length);
    const above = meanOf(differences) - centre;
    return {
      ...{ annotator, pairs: differences.length },
      ...{ agreement: same / differences.length, expected: meanOf(expected) },
      score: error === 0 ? 0 : above / error,
    };
  });
}
