/** From so many pairs on, somebody's own pace says more than that of others. */
const OWN_PAIRS = 5;
/** Of the latest, as people become faster. */
const LATEST = 20;

/**
 * How long the rest takes: the mean time of somebody's latest 20 pairs, once they have judged five; before that, the time of a
 * pair in this study.
 * @param pace.own active times of their pairs, in milliseconds, the latest last; of others: `study`, null: not known
 * @param pairs how many are left
 * @returns minutes: up to ten by the minute, up to an hour and a half in steps of five, then of thirty; null: nobody knows
 */
export function minutesLeft(
  { own, study }: { own: readonly number[]; study: number | null },
  pairs: number,
): number | null {
  const latest = own.slice(-LATEST);
  const mean = latest.reduce((sum, one) => sum + one, 0) / latest.length;
  const each = latest.length >= OWN_PAIRS ? mean : study;
  if (each === null || pairs <= 0) return null;
  const minutes = (each * pairs) / 60_000;
  const step = minutes <= 10 ? 1 : minutes <= 90 ? 5 : 30;
  return Math.max(1, Math.round(minutes / step) * step);
}
