import { chanceAgreement, chanceBeside, kappaOf } from "./chance.ts";
import { FIRST, SECOND } from "./counts.ts";

/** Agreement, its chance level and what lies beyond that; null where there is nothing to take it of. */
interface BeyondChance {
  readonly value: number | null;
  readonly chance: number | null;
  readonly kappa: number | null;
}

interface AgreementBeyondChance {
  readonly tieDiscounted: BeyondChance;
  readonly exact: BeyondChance;
  /** Over the `n` comparisons in which neither says tie. */
  readonly nonTie: BeyondChance & { readonly n: number };
}

/**
 * Agreement of two verdicts on each comparison by three measures, each with its chance level and its kappa.
 *
 * `table[3 · c + k]` is how many comparisons the one calls c and the other k (FIRST, TIED, SECOND). Measures and chance
 * levels: see agreementMeasures and chanceAgreement; kappa: see kappaOf, exact as Cohen's, tie-discounted as Cohen's with
 * linear weights. Example: rows 0 4 1, 0 8 0, 0 1 5 are .816 tie-discounted by .652, kappa .470. Edges: null without
 * comparisons, kappa also where both always say the same.
 */
export function agreementBeyondChance(table: ArrayLike<number>): AgreementBeyondChance {
  const said = [new Float64Array(3), new Float64Array(3)] as const;
  let [n, halves, same] = [0, 0, 0];
  for (let cell = 0; cell < 9; cell++) {
    const [one, other, count] = [Math.floor(cell / 3), cell % 3, table[cell]!];
    n += count;
    said[0][one]! += count;
    said[1][other]! += count;
    halves += count * (2 - Math.abs(one - other));
    if (one === other) same += count;
  }
  const chance = chanceAgreement(said);
  const at = (one: number, other: number) => table[3 * one + other]!;
  const agreed = at(FIRST, FIRST) + at(SECOND, SECOND);
  const decisive = agreed + at(FIRST, SECOND) + at(SECOND, FIRST);
  return {
    tieDiscounted: beyond(n === 0 ? null : halves / (2 * n), chance.tieDiscounted),
    exact: beyond(n === 0 ? null : same / n, chance.exact),
    nonTie: { n: decisive, ...beyond(decisive === 0 ? null : agreed / decisive, chance.nonTie) },
  };
}

function beyond(value: number | null, chance: number | null): BeyondChance {
  const kappa = value === null ? null : kappaOf(value, chance);
  return {
    value,
    chance: chanceBeside(value ?? undefined, chance),
    kappa: typeof kappa === "number" ? kappa : null,
  };
}
