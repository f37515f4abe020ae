import { studentTQuantile } from "../special/student-t-quantile.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const [DAYS_LEAST, DAYS_MOST] = [3, 7];
const PARTS = 8;
const JUDGMENTS_LEAST = 20;
/** Of a 90 % interval. */
const UPPER = 0.95;

interface Work {
  /** When each judgment was made, in milliseconds since 1970, in any order. */
  readonly times: readonly number[];
  /** In milliseconds since 1970. */
  readonly now: number;
  /** Judgments that are still wanted. */
  readonly left: number;
}

/** `low`, `value` and `high` in milliseconds since 1970; `high` null: perhaps never at this pace. */
interface Projected {
  readonly perDay: number;
  readonly low: number;
  readonly value: number;
  readonly high: number | null;
}

/**
 * When work will be done if it goes on as lately, with a 90 % interval.
 *
 * The time since the first judgment of the last 7 days is cut into parts of a day, or, where that is less than 3 days, into eight
 * equal parts; parts without a judgment count. With counts of mean m and variance v over k parts (v at least m, as for events that
 * come at random), N further parts bring N m judgments with variance N v + N² v / k. The ends of the interval are the N at which
 * this differs from what is left by t standard deviations, t with k − 1 degrees of freedom: the roots of
 * N² (m² − t² v / k) − N (2 m L + t² v) + L² = 0. Where m² ≤ t² v / k there is no upper end. Nothing is assumed of nights and
 * weekends where fewer than 3 or 7 days are known.
 * @returns “few”: fewer than 20 judgments in that time; “short”: it is less than an hour
 */
export function projectedEnd({ times, now, left }: Work): Projected | "few" | "short" {
  const recent = times.filter((time) => time > now - DAYS_MOST * DAY_MS && time <= now);
  if (recent.length < JUDGMENTS_LEAST) return "few";
  const span = now - recent.reduce((first, time) => Math.min(first, time), now);
  if (span < HOUR_MS) return "short";
  const days = Math.floor(span / DAY_MS);
  const [parts, length] = days >= DAYS_LEAST ? [days, DAY_MS] : [PARTS, span / PARTS];
  const counts = new Array<number>(parts).fill(0);
  for (const time of recent) {
    const part = Math.floor((now - time) / length);
    if (part < parts) counts[part]!++;
    else if (days < DAYS_LEAST) counts[parts - 1]!++; // the first judgment stands on the edge
  }
  const mean = counts.reduce((sum, count) => sum + count, 0) / parts;
  if (mean === 0) return "few";
  const spread = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (parts - 1);
  const variance = Math.max(spread, mean);
  const t2 = studentTQuantile(UPPER, parts - 1) ** 2;
  const [a, b] = [mean ** 2 - (t2 * variance) / parts, 2 * mean * left + t2 * variance];
  const root = Math.sqrt(Math.max(0, b ** 2 - 4 * a * left ** 2));
  const at = (ahead: number) => now + ahead * length;
  return {
    perDay: (mean * DAY_MS) / length,
    low: at((2 * left ** 2) / (b + root)),
    value: at(left / mean),
    high: a > 0 ? at((b + root) / (2 * a)) : null,
  };
}
