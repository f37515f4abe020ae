import { UPPER } from "../estimate.ts";
import { studentTQuantile } from "../special/student-t-quantile.ts";
import type { MeasuredVariance } from "./two-way.ts";

/**
 * How far a 95 % interval reaches to either side of its estimate: t standard errors, t with the variance's own df.
 * @param upper the quantile of t, where the interval is of another level
 */
export function reachOf({ variance, df }: MeasuredVariance, upper = UPPER): number {
  return studentTQuantile(upper, df) * Math.sqrt(variance);
}
