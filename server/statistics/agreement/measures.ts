import { REASONS } from "../../contract/reasons.ts";
import { type ChanceAgreement, chanceAgreement } from "./chance.ts";
import {
  COMPARISONS,
  DECISIVE_AGREED,
  DECISIVE_BY_COMPARISON,
  DECISIVE_COMPARISONS,
  DECISIVE_PAIRS,
  DISCOUNTED_BY_COMPARISON,
  DISCOUNTED_PAIRS,
  EXACT_BY_COMPARISON,
  EXACT_PAIRS,
  type PairedJudgments,
  PAIRS,
} from "./pairs.ts";
import type { Estimate, NotEstimable } from "../estimate.ts";
import { totals } from "../intervals/prompt-sums.ts";
import type { PromptDraws } from "../resampling/prompt-draws.ts";
import { type FigureOfSums, figuresByPrompt } from "../intervals/prompt-sums-interval.ts";

export interface Measure {
  /** Mean over comparisons of the mean over their pairs of judgments. */
  readonly macro: Estimate;
  /** Mean over all pairs of judgments. */
  readonly micro: Estimate;
  readonly chance: number | null;
}

interface AgreementMeasures {
  readonly comparisons: number;
  readonly pairs: number;
  readonly decisivePairs: number;
  readonly tieDiscounted: Measure;
  readonly exact: Measure;
  readonly nonTie: Measure;
}

/**
 * How often do two judgments of the same comparison agree?
 *
 * Exact: both say the same. Tie-discounted: 1 where they do, ½ where exactly one says tie, 0 where they prefer
 * different systems. Non-tie: how often they prefer the same system, over the pairs of judgments in which neither says
 * tie. Macro weighs comparisons alike, micro pairs of judgments; in a comparison with n judgments, n(n − 1)/2 of them,
 * so that a few comparisons with many judgments rule the micro figure. `n` of an estimate counts pairs. Intervals:
 * see figuresByPrompt. Source: C. Zhou and others, LIMA, arXiv 2305.11206 (tie-discounted accuracy).
 * Example: (A, A), (A, tie), (tie, tie), (A, B) are 0.625 tie-discounted, ½ exact, ½ non-tie.
 * Edges: without a pair all are refused, for the reason `noPairs`; non-tie also where every pair has a tie.
 */
export function agreementMeasures(
  { sums, said }: PairedJudgments,
  { draws, noPairs = REASONS.noPairedToCompare }: { draws: PromptDraws; noPairs?: string },
): AgreementMeasures {
  const total = totals(sums);
  const [pairs, decisivePairs] = [total[PAIRS]!, total[DECISIVE_PAIRS]!];
  const all = (of: number, by: number) => share({ of, by, n: pairs, without: noPairs });
  const decisive = (of: number, by: number) =>
    share({ of, by, n: decisivePairs, without: pairs === 0 ? noPairs : REASONS.noPairedDecisive });
  const figures = figuresByPrompt(sums, {
    figures: {
      discountedMacro: all(DISCOUNTED_BY_COMPARISON, COMPARISONS),
      discountedMicro: all(DISCOUNTED_PAIRS, PAIRS),
      exactMacro: all(EXACT_BY_COMPARISON, COMPARISONS),
      exactMicro: all(EXACT_PAIRS, PAIRS),
      nonTieMacro: decisive(DECISIVE_BY_COMPARISON, DECISIVE_COMPARISONS),
      nonTieMicro: decisive(DECISIVE_AGREED, DECISIVE_PAIRS),
    },
    draws,
  });
  const chance: ChanceAgreement = chanceAgreement(said);
  const { discountedMacro, discountedMicro, exactMacro, exactMicro, nonTieMacro, nonTieMicro } = figures;
  return {
    comparisons: total[COMPARISONS]!,
    pairs,
    decisivePairs,
    tieDiscounted: { macro: discountedMacro, micro: discountedMicro, chance: chance.tieDiscounted },
    exact: { macro: exactMacro, micro: exactMicro, chance: chance.exact },
    nonTie: { macro: nonTieMacro, micro: nonTieMicro, chance: chance.nonTie },
  };
}

/** A quotient of two columns that lies in 0 to 1. */
function share(of: { of: number; by: number; n: number; without: string }): FigureOfSums {
  const refused: NotEstimable = { notEstimable: of.without };
  return {
    value: (sums) => (sums[of.by]! > 0 ? sums[of.of]! / sums[of.by]! : refused),
    support: of.by,
    range: { low: 0, high: 1 },
    isShare: true,
    n: of.n,
  };
}
