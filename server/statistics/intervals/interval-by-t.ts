import { REASONS } from "../../contract/reasons.ts";
import { type Interval, isRefused, type NotEstimable } from "../estimate.ts";
import type { Sampling } from "../judgments/sampling.ts";
import { exactBinomial } from "./exact-binomial.ts";
import { nameOfEffective } from "./method-name.ts";
import { type Linearised, measuredMean } from "./robust-interval.ts";
import { scoreLimits } from "./score-limits.ts";
import { NOTHING } from "./two-way.ts";

/**
 * The interval of a mean of scores from 0 to 1 as robustInterval makes it, of another level.
 * @param missed what it may miss on either side, such as 0.05 for 90 %
 */
export function intervalByT(mean: Linearised, sampling: Sampling, missed: number): Interval | NotEstimable {
  const { value, spread, effective } = mean;
  if (sampling.refused !== null) return sampling.refused;
  if (spread <= NOTHING) {
    if (value > 0 && value < 1) return { notEstimable: REASONS.sameScore };
    const exact = exactBinomial(value === 1 ? effective : 0, effective, missed);
    const method = nameOfEffective("exact binomial", sampling, effective);
    return isRefused(exact) ? exact : { ...exact, method };
  }
  const measured = measuredMean(mean, sampling);
  if (isRefused(measured)) return measured;
  return { ...scoreLimits(value, measured, { upper: 1 - missed }), method: measured.method };
}
