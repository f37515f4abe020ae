import type { Clusters } from "./clusters.ts";

/**
 * How many independent judgments these are worth if all judgments of a prompt always say the same: n² / Σ m_p²,
 * with m_p judgments on prompt p.
 *
 * Used where the data cannot tell how alike they are, because nothing varies. It is n divided by the design effect
 * Σ m_p² / n, the largest that repetition of prompts can cause; between 1 and n, equal to the number of prompts
 * where each has as many judgments. Repetition of annotators does not enter: taken at its largest it would leave
 * three annotators no more than three judgments. Source: L. Kish, Survey Sampling (1965), section 8.2.
 * Example: 30 prompts with three judgments each are worth 30. Edge: 0 without judgments.
 */
export function effectiveJudgments({ code, size }: Clusters): number {
  let squares = 0;
  for (let c = 0; c < size.length; c++) squares += size[c]! * size[c]!;
  return squares === 0 ? 0 : (code.length * code.length) / squares;
}
