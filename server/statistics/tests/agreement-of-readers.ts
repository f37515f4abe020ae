import { normalCdf } from "../special/normal-cdf.ts";
import { normalQuantile } from "../special/normal-quantile.ts";

/** Judgments, those of one comparison together. */
interface ScoredJudgments {
  /** Codes from 0 on that never fall. */
  readonly comparison: Int32Array;
  readonly annotator: Int32Array;
  /** −1 for the second system, 0 for a tie, 1 for the first. */
  readonly score: Int8Array;
  /** By code of annotator: 1 for people whose judgments count. They are the others to everybody else. */
  readonly counts: Uint8Array;
}

/** Net agreement of one annotator with the others, summed over comparisons, beside what it would be of somebody who reads. */
export interface ReaderAgreement {
  /** How far it lies above its mean over all deals of the annotator's own answers. */
  readonly beyond: number;
  /** How far it would, did they read as the other people do. */
  readonly expected: number;
  /** Standard deviation of `beyond` over all deals. */
  readonly ofDeals: number;
  /** Standard deviation of `beyond` less `expected`, of one who reads. */
  readonly ofReader: number;
  /** The same of one who answers by lot. */
  readonly byLot: number;
}

/** In so many studies the lowest of all who read would lie below by normal tails, which are a little too thin: in about 1 of 20 it does. */
const LOWEST_BELOW = 0.045;
/** Somebody who answers by lot agrees so seldom by more than is taken for reading. */
export const READS_BELOW = 0.02;

/** How many deviations below the others an annotator must lie, one of `among`. Source: Z. Šidák, JASA 62 (1967). */
const reachAmong = (among: number): number => normalQuantile((1 - LOWEST_BELOW) ** (1 / Math.max(1, among)));

/**
 * Whether an annotator, one of `among`, agrees less with the others than the lowest of as many readers would in one study of twenty,
 * and no more than one who answers by lot does in 98 of 100.
 */
export const isBelowReaders = (
  { beyond, expected, ofDeals, ofReader }: ReaderAgreement,
  among: number,
): boolean =>
  beyond < expected - reachAmong(among) * ofReader && beyond < normalQuantile(1 - READS_BELOW) * ofDeals;

/** How often one who answers by lot would be shown to be below the readers; 0 where nothing is expected of these. */
export const powerAmongReaders = ({ expected, ofReader, byLot }: ReaderAgreement, among: number): number =>
  byLot === 0 ? 0 : Math.min(normalCdf((expected - reachAmong(among) * ofReader) / byLot), 1 - READS_BELOW);

/**
 * How far each annotator agrees with the others, and how far they would, did they read as the other people do: the others are
 * asked without any judgment of the annotator's own, so that one who answers by lot does not lower what is expected
 * of a reader.
 *
 * With x the score of a judgment, d = x less its annotator's mean and v the annotator's variance, f = d × (mean d of the
 * others on the comparison) and B_k = Σ f over k's comparisons. Of all ways to deal k's answers over these, B_k has the mean 0 and the variance
 * S_dd S_ll / (n − 1), S the sums of squares of d and of the others' means. Two readers i and j covary by γ v_i v_j, so who often
 * ties is not expected to agree as much: with e = v × (mean v of the others), k is expected to have γ_k Σ e, where
 * γ_k = Σ f / Σ e over the judgments of people other than k beside each other. Its variance is that of sums over
 * comparisons, Σ_c (Σ (f − γ e))², and it covaries with B_k where both rest on the same comparisons. What a reader's own terms vary
 * by, relative to their deals, and how they covary with the others' is taken from the other people, for k may be no reader.
 * Means and variances of an annotator are over the comparisons that somebody else judged. Time grows as the judgments do.
 * Assumes that annotators judge comparisons independently of each other, given what these are like.
 * Sources: the deals, W. Hoeffding, Annals of Mathematical Statistics 22 (1951); sums over clusters, K.-Y. Liang and
 * S. Zeger, Biometrika 73 (1986). That readers are measured on each other is a choice made here.
 * Edge: nothing is expected (0, and so no power) where no two others share a comparison or nothing varies.
 */
export function agreementOfReaders(judged: ScoredJudgments): ReaderAgreement[] {
  const terms = termsOf(judged);
  const { f, e, own } = terms;
  const { comparison, annotator, counts } = judged;
  const all = sumsOver(own, counts);
  const gamma = all.e > NOTHING ? all.f / all.e : 0;

  const perComparison = new Float64Array(terms.people.length);
  for (let i = 0; i < f.length; i++) {
    if (counts[annotator[i]!] === 1) perComparison[comparison[i]!]! += f[i]! - gamma * e[i]!;
  }
  const squares = perComparison.reduce((sum, one) => sum + one * one, 0);
  /** By annotator: what leaving them out takes from `squares`, and how their terms go with what is left. */
  const [less, together] = [new Float64Array(counts.length), new Float64Array(counts.length)];
  for (let i = 0; i < f.length; i++) {
    const [a, c] = [annotator[i]!, comparison[i]!];
    const term = f[i]! - gamma * e[i]!;
    const left = terms.people[c]! < 3 ? 0 : perComparison[c]! - 2 * term; // each pair is in twice
    if (counts[a] === 0) continue;
    less[a]! += perComparison[c]! ** 2 - left * left;
    together[a]! += term * left;
  }
  const factor = own.map(({ e: of }, a) => {
    const left = all.e - 2 * counts[a]! * of;
    return left > NOTHING ? of / left : 0;
  });
  const varies = own.map(({ n, f: of, squares: sum }) => (n === 0 ? 0 : sum - (of * of) / n));
  const people = own.map((_, a) => a).filter((a) => counts[a] === 1);
  const sum = (of: (a: number) => number) => people.reduce((total, a) => total + of(a), 0);
  const [dealt, varied, shared] = [
    sum((a) => own[a]!.dealt),
    sum((a) => varies[a]!),
    sum((a) => together[a]! * factor[a]!),
  ];
  return own.map(({ f: beyond, e: of, dealt: variance }, k): ReaderAgreement => {
    const isIn = counts[k]!;
    const others = dealt - isIn * variance;
    if (!(all.e - 2 * isIn * of > NOTHING) || !(others > NOTHING) || !(variance > NOTHING))
      return { beyond, expected: 0, ofDeals: Math.sqrt(variance), ofReader: 0, byLot: 0 };
    const ofExpected = factor[k]! ** 2 * Math.max(0, squares - less[k]!);
    const relative = (varied - isIn * varies[k]! - 2 * (shared - isIn * together[k]! * factor[k]!)) / others;
    return {
      ...{ beyond, expected: factor[k]! * (all.f - 2 * isIn * beyond) },
      ofReader: Math.sqrt(Math.max(ofExpected, relative * variance + ofExpected)),
      ofDeals: Math.sqrt(variance),
      byLot: Math.sqrt(variance + ofExpected),
    };
  });
}

const NOTHING = 1e-9;

/** Of one annotator, over the comparisons that somebody else judged. */
interface Own {
  readonly n: number;
  readonly f: number;
  readonly e: number;
  /** Σ f². */
  readonly squares: number;
  /** The variance of Σ f over all deals. */
  readonly dealt: number;
}

const sumsOver = (own: readonly Own[], counts: Uint8Array) =>
  own.reduce((sum, one, a) => (counts[a] === 1 ? { f: sum.f + one.f, e: sum.e + one.e } : sum), {
    f: 0,
    e: 0,
  });

/** f and e of every judgment, 0 where nobody else judged the comparison; and the sums of each annotator. */
function termsOf({ comparison, annotator, score, counts }: ScoredJudgments) {
  const people = new Int32Array(1 + (comparison[comparison.length - 1] ?? -1)); // on each comparison
  for (let i = 0; i < score.length; i++) people[comparison[i]!]! += counts[annotator[i]!]!;
  const othersAt = (i: number) => people[comparison[i]!]! - counts[annotator[i]!]!;
  const zeros = () => new Float64Array(counts.length);

  const [n, sum, squares] = [zeros(), zeros(), zeros()];
  for (let i = 0; i < score.length; i++) {
    if (othersAt(i) === 0) continue;
    const a = annotator[i]!;
    n[a]!++;
    sum[a]! += score[i]!;
    squares[a]! += score[i]! ** 2;
  }
  const mean = n.map((of, a) => (of === 0 ? 0 : sum[a]! / of));
  const variance = n.map((of, a) => (of < 2 ? 0 : (squares[a]! - of * mean[a]! ** 2) / (of - 1)));

  const [deviations, variances] = [new Float64Array(people.length), new Float64Array(people.length)];
  for (let i = 0; i < score.length; i++) {
    const [a, c] = [annotator[i]!, comparison[i]!];
    if (counts[a] === 0) continue;
    deviations[c]! += score[i]! - mean[a]!;
    variances[c]! += variance[a]!;
  }
  const [f, e] = [new Float64Array(score.length), new Float64Array(score.length)];
  const [ofF, ofE, ofSquares, ofLeads, ofLeadSquares] = [zeros(), zeros(), zeros(), zeros(), zeros()];
  for (let i = 0; i < score.length; i++) {
    const others = othersAt(i);
    if (others === 0) continue;
    const [a, c] = [annotator[i]!, comparison[i]!];
    const d = score[i]! - mean[a]!;
    const lead = (deviations[c]! - counts[a]! * d) / others;
    f[i] = d * lead;
    e[i] = (variance[a]! * (variances[c]! - counts[a]! * variance[a]!)) / others;
    ofF[a]! += f[i]!;
    ofE[a]! += e[i]!;
    ofSquares[a]! += f[i]! ** 2;
    ofLeads[a]! += lead;
    ofLeadSquares[a]! += lead * lead;
  }
  const own = Array.from(n, (of, a): Own => {
    const dealt = of < 2 ? 0 : variance[a]! * Math.max(0, ofLeadSquares[a]! - ofLeads[a]! ** 2 / of);
    return { n: of, f: ofF[a]!, e: ofE[a]!, squares: ofSquares[a]!, dealt };
  });
  return { people, f, e, own };
}
