/** How two orders of one comparison make one verdict: see `orderVerdict`. */
export type OrderRule = "agree" | "lean";

/** Which of two systems was preferred: the first 1, neither 0, the second −1. */
export type Preference = -1 | 0 | 1;

/**
 * One verdict of two: what a judge said of a comparison, and of the same with sides changed.
 * - agree: the verdict that both give, else a tie; so a win and a tie make a tie.
 * - lean: as agree, but a win and a tie make a win.
 * Opposite verdicts are a tie under both: the judge chose a place and not a response.
 * Source: the rule of MT-Bench, L. Zheng and others, arXiv 2306.05685, section 3.4 (agree).
 */
export function orderVerdict(first: Preference, second: Preference, rule: OrderRule): Preference {
  if (first === second) return first;
  return rule === "lean" ? (Math.sign(first + second) as Preference) : 0;
}
