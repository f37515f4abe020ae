import type { Outcome } from "../../contract/words.ts";
import { LOSS, TIE, WIN } from "./half-tie.ts";

/** How the judgments of one comparison become one outcome. They differ often, so all three are reported. @internal */
export type MajorityRule = "plurality" | "signOfSum" | "moreThanHalf";

/** How many comparisons ended in which outcome. */
type OutcomeCounts = Record<Outcome, number>;

/** How many judgments of each comparison said what; position is the comparison's code. */
interface ComparisonCounts {
  readonly win: Int32Array;
  readonly tie: Int32Array;
  readonly loss: Int32Array;
}

/**
 * What the judgments of one comparison say together.
 *
 * - plurality: the outcome with most judgments; a draw among those with most is a tie.
 * - signOfSum: a win if there are more wins than losses, a loss if fewer; ties do not count.
 * - moreThanHalf: the outcome that more than half of the judgments have, else a tie.
 *
 * Example: 2 wins, 2 ties, 1 loss are a tie, a win and a tie. One judgment of each kind is a tie under every rule,
 * and a single judgment is its own majority. Edge: no judgments give no outcome, null.
 */
export function majorityOutcome(counts: OutcomeCounts, rule: MajorityRule): Outcome | null {
  const { win, tie, loss } = counts;
  if (win + tie + loss === 0) return null;
  return RULES[rule](win, tie, loss);
}

/** Majority outcomes counted over comparisons, by rule; comparisons without judgments are left out. */
export function majorityCounts({ win, tie, loss }: ComparisonCounts): Record<MajorityRule, OutcomeCounts> {
  const counted = (rule: MajorityRule): OutcomeCounts => {
    const decide = RULES[rule];
    const counts = { win: 0, tie: 0, loss: 0 };
    for (let c = 0; c < win.length; c++) {
      if (win[c]! + tie[c]! + loss[c]! > 0) counts[decide(win[c]!, tie[c]!, loss[c]!)]++;
    }
    return counts;
  };
  return {
    plurality: counted("plurality"),
    signOfSum: counted("signOfSum"),
    moreThanHalf: counted("moreThanHalf"),
  };
}

/**
 * Counts outcomes by comparison. `outcomes` holds codes (see half-tie.ts), `comparisons` the comparison of each
 * judgment, 0 … comparisonCount − 1.
 * @throws RangeError where the columns differ in length or a code is out of range.
 */
export function outcomesByComparison(judgments: {
  outcomes: Uint8Array;
  comparisons: Int32Array;
  comparisonCount: number;
}): ComparisonCounts {
  const { outcomes, comparisons, comparisonCount } = judgments;
  if (outcomes.length !== comparisons.length) {
    throw new RangeError(`${outcomes.length} outcomes for ${comparisons.length} comparisons of judgments.`);
  }
  const empty = () => new Int32Array(comparisonCount);
  const counts = { win: empty(), tie: empty(), loss: empty() };
  const byCode: Record<number, Int32Array> = { [LOSS]: counts.loss, [TIE]: counts.tie, [WIN]: counts.win };
  for (let i = 0; i < outcomes.length; i++) {
    const [column, comparison] = [byCode[outcomes[i]!], comparisons[i]!];
    if (column === undefined || comparison < 0 || comparison >= comparisonCount) {
      throw new RangeError(`Row ${i} has outcome ${outcomes[i]} of comparison ${comparison}.`);
    }
    column[comparison]!++;
  }
  return counts;
}

const RULES: Record<MajorityRule, (win: number, tie: number, loss: number) => Outcome> = {
  plurality(win, tie, loss) {
    if (win > tie && win > loss) return "win";
    return loss > tie && loss > win ? "loss" : "tie";
  },
  signOfSum(win, _tie, loss) {
    if (win === loss) return "tie";
    return win > loss ? "win" : "loss";
  },
  moreThanHalf(win, tie, loss) {
    const half = (win + tie + loss) / 2;
    if (win > half) return "win";
    return loss > half ? "loss" : "tie";
  },
};
