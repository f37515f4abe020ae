import { highest } from "./clustering.ts";

export interface OutcomeCounts {
  readonly win: number;
  readonly tie: number;
  readonly loss: number;
}

export type MajorityRule = "plurality" | "signOfSum" | "moreThanHalf";

/**
 * What did the judgments of one comparison say together?
 * - plurality: the outcome that came most often; a draw for the first place is a tie
 * - signOfSum: a win where wins outnumber losses, whatever the ties
 * - moreThanHalf: the outcome that came in more than half of the judgments, else a tie
 * Example: 2 wins, 3 ties, 1 loss are a tie, a win and a tie.
 */
export function majorityOutcome({ win, tie, loss }: OutcomeCounts, rule: MajorityRule): keyof OutcomeCounts {
  if (rule === "signOfSum") return win > loss ? "win" : loss > win ? "loss" : "tie";
  if (rule === "plurality")
    return win > tie && win > loss ? "win" : loss > tie && loss > win ? "loss" : "tie";
  const half = (win + tie + loss) / 2;
  return win > half ? "win" : loss > half ? "loss" : "tie";
}

/**
 * How many comparisons the target won, tied and lost, when each is decided by its own judgments.
 * @param halves what each judgment counts, in halves: 0 a loss, 1 a tie, 2 a win
 * @param comparison the comparison of each judgment, numbered from 0
 */
export function majorityCounts(
  halves: Uint8Array,
  comparison: Int32Array,
): Record<MajorityRule, OutcomeCounts> {
  const size = highest(comparison) + 1;
  const counts = [new Int32Array(size), new Int32Array(size), new Int32Array(size)] as const;
  for (let i = 0; i < halves.length; i++) counts[halves[i] as 0 | 1 | 2][comparison[i]!]!++;
  const totals = (rule: MajorityRule): OutcomeCounts => {
    const total = { win: 0, tie: 0, loss: 0 };
    for (let c = 0; c < size; c++) {
      const own = { loss: counts[0][c]!, tie: counts[1][c]!, win: counts[2][c]! };
      if (own.win + own.tie + own.loss > 0) total[majorityOutcome(own, rule)]++;
    }
    return total;
  };
  return {
    plurality: totals("plurality"),
    signOfSum: totals("signOfSum"),
    moreThanHalf: totals("moreThanHalf"),
  };
}
