import { normalCdf, normalDensity } from "../special/normal-cdf.ts";
import { normalQuantile } from "../special/normal-quantile.ts";

/** How the error of a test is spent over several looks: little at first, or about evenly. @internal */
export type Spending = "obrienFleming" | "pocock";

/** Places at which densities are kept; an odd number, for Simpson's rule. */
const PLACES = 401;
const HALVINGS = 60;
/** No boundary is further out, in standard errors: quantiles of smaller levels have no digits left. */
const BOUNDARY_MOST = 8;
/** The level of a look that has next to nothing to spend: 1e-15. */
export const LEVEL_LEAST = 2 * normalCdf(-BOUNDARY_MOST);

/**
 * The two-sided levels at which the test is made at each look, so that over all looks it errs in a share `alpha` of studies
 * where nothing differs.
 *
 * With t the share of the information that is there, a two-sided test has spent 2 f(t) by then, with a = alpha/2 on either side and
 * f(t) = 2 − 2Φ(z_{1−a/2}/√t), of O'Brien and Fleming's type, or f(t) = a ln(1 + (e − 1)t), of Pocock's. The boundary of look
 * k is the z that |Z_k| passes for the first time with what is newly spent, by recursive numerical integration of the density
 * of those who passed none before; Z_k √t_k has independent normal increments. The level is 2 − 2Φ(z). Sources: K. Lan and
 * D. DeMets, Biometrika 70 (1983) 659; P. Armitage, C. McPherson and B. Rowe, JRSS A 132 (1969) 235.
 * Example: looks at ½ and 1, O'Brien and Fleming's type: z of 2.963 and 1.969, levels of 0.0031 and 0.0490. Edge: no level
 * is below LEVEL_LEAST.
 * @param fractions of the information, above 0 and rising, the last at most 1; `isLast`: the last of them spends whatever is
 * left, also where less is there than was planned
 * @throws RangeError where they are not
 */
export function levelsOf(given: {
  fractions: readonly number[];
  spending: Spending;
  alpha: number;
  isLast: boolean;
}): number[] {
  const { fractions, spending, alpha, isLast } = given;
  if (fractions.some((t, k) => !(t > (fractions[k - 1] ?? 0) && t <= 1)))
    throw new RangeError(`${fractions.join(", ")} are no rising shares.`);
  let [spent, before] = [0, 0];
  let state: Density = { places: [0], values: [1] };
  return fractions.map((t, k) => {
    const due = isLast && k === fractions.length - 1 ? alpha : 2 * spentBy(t, alpha / 2, spending);
    const sd = Math.sqrt(t - before);
    const bound = boundaryOf(state, sd, { part: due - spent, scale: Math.sqrt(t) });
    [spent, before] = [due, t];
    state = within(state, sd, bound);
    return 2 * normalCdf(-bound / Math.sqrt(t));
  });
}

/**
 * The level of a last look that has no more information than an earlier one had at the share `spentAt`, since judgments were
 * excluded after it: what that one left of the error, by Boole's inequality. At least LEVEL_LEAST.
 */
export const levelLeft = (given: { spentAt: number; spending: Spending; alpha: number }): number =>
  Math.max(LEVEL_LEAST, given.alpha - 2 * spentBy(given.spentAt, given.alpha / 2, given.spending));

function spentBy(t: number, side: number, spending: Spending): number {
  if (spending === "pocock") return side * Math.log(1 + (Math.E - 1) * t);
  return 2 * normalCdf(normalQuantile(side / 2) / Math.sqrt(t));
}

/** Weights times density at some places, of those who have passed no boundary. */
interface Density {
  readonly places: readonly number[];
  readonly values: readonly number[];
}

/** The c that a further step of that standard deviation passes, on either side, with the probability `part`. */
function boundaryOf(
  { places, values }: Density,
  sd: number,
  { part, scale }: { part: number; scale: number },
): number {
  const passing = (c: number) =>
    places.reduce(
      (sum, place, i) => sum + values[i]! * (normalCdf((place - c) / sd) + normalCdf((-c - place) / sd)),
      0,
    );
  let [low, high] = [0, BOUNDARY_MOST * scale];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (passing(middle) > part) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The density after that step between the boundaries, with the weights of Simpson's rule. */
function within({ places, values }: Density, sd: number, bound: number): Density {
  const width = (2 * bound) / (PLACES - 1);
  const next = Array.from({ length: PLACES }, (_, i) => -bound + i * width);
  return {
    places: next,
    values: next.map((place, i) => {
      const weight = (width / 3) * (i === 0 || i === PLACES - 1 ? 1 : i % 2 === 1 ? 4 : 2);
      return (
        weight *
        places.reduce((sum, from, j) => sum + (values[j]! * normalDensity((place - from) / sd)) / sd, 0)
      );
    }),
  };
}
