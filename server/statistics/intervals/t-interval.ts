import { UPPER } from "../estimate.ts";
import { studentTQuantile } from "../special/student-t-quantile.ts";
import type { MeasuredVariance } from "./two-way.ts";

/**
 * How far the 95 % interval of a figure without ends, or of a difference, reaches to either side: t standard errors, t with the
 * variance's own df. Rates and other means of scores have score limits.
 */
export function reachOf({ variance, df }: MeasuredVariance): number {
  return studentTQuantile(UPPER, df) * Math.sqrt(variance);
}
