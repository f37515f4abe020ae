import { type Draw, type Split, type Stratum } from "../../contract/prompt-recipes.ts";
import type { Candidate } from "../candidate.ts";
import { lengthOf, textOf } from "../steps/fields.ts";

/** What a candidate without it is counted under. */
const NONE = "none";

/** The combination that a candidate belongs to, in words: “en, 100 to 499 characters”. */
export const stratumOf = (one: Candidate, { strata, lengths }: Draw): string =>
  strata.map((stratum) => VALUES[stratum](one, lengths)).join(", ");

const VALUES: Readonly<Record<Stratum, (one: Candidate, lengths: readonly number[]) => string>> = {
  group: ({ group }) => group,
  tag: ({ tags }) => tags[0] ?? NONE,
  language: ({ language }) => language ?? NONE,
  difficulty: ({ difficulty }) => difficulty ?? NONE,
  length: (one, lengths) => {
    const length = lengthOf(textOf(one, "prompt"));
    const at = lengths.findIndex((end) => length < end);
    const [from, to] = [lengths.at(at < 0 ? -1 : at - 1)!, lengths[at]!];
    if (at === 0) return `under ${to} characters`;
    return at < 0 ? `${from} characters or more` : `${from} to ${to - 1} characters`;
  },
};

/**
 * So many, divided in proportion to weights: whole shares first, then one each by the largest remainder (Hamilton's method); of equal
 * remainders the one with the smaller lot.
 * @param lotOf a number of [0, 1) for the share at this index
 */
export function largestRemainder(
  weights: readonly number[],
  count: number,
  lotOf: (at: number) => number,
): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const shares = weights.map((weight, at) => {
    // Of a product that is whole, dividing may leave a little less.
    const exact = Math.round(((count * weight) / sum) * 1e9) / 1e9;
    return { at, whole: Math.floor(exact), rest: exact - Math.floor(exact), lot: lotOf(at) };
  });
  let left = count - shares.reduce((total, { whole }) => total + whole, 0);
  const quotas = shares.map(({ whole }) => whole);
  for (const { at } of shares.toSorted((a, b) => b.rest - a.rest || a.lot - b.lot || a.at - b.at))
    if (left-- > 0) quotas[at]!++;
  return quotas;
}

/** What a stratum has, should give, and gave. */
export interface StratumDrawn {
  readonly name: string;
  readonly eligible: number;
  /** Its share of each split; where another stratum had too few, more were drawn. */
  readonly quota: Record<Split, number>;
  readonly drawn: Record<Split, number>;
}
