import type { OutcomeCounts } from "./counts.ts";
import { agreementSums, JUDGMENTS_PAIRED, PAIRED } from "./sums.ts";
import type { PromptsOfComparisons } from "./pairs.ts";
import type { Estimate } from "../estimate.ts";
import { fleissKappa } from "./fleiss-kappa.ts";
import { gwetAc1 } from "./gwet-ac1.ts";
import { krippendorffAlpha } from "./krippendorff-alpha.ts";
import { totals } from "../intervals/prompt-sums.ts";
import type { PromptDraws } from "../resampling/prompt-draws.ts";
import { type FigureOfSums, figuresByPrompt } from "../intervals/prompt-sums-interval.ts";

interface AgreementCoefficients {
  readonly fleissKappa: Estimate;
  readonly krippendorffAlpha: Estimate;
  readonly krippendorffAlphaOrdinal: Estimate;
  readonly gwetAc1: Estimate;
}

/**
 * Four coefficients of agreement beyond chance, with intervals by prompt (see figuresByPrompt) and, as `n`, the number
 * of judgments that each rests on: in alpha those of comparisons with two or more, in the others all.
 */
export function agreementCoefficients(
  counts: OutcomeCounts,
  { prompts, draws }: { prompts: PromptsOfComparisons; draws: PromptDraws },
): AgreementCoefficients {
  const { categories } = counts;
  const sums = agreementSums(counts, prompts);
  const judgments = counts.counts.reduce((sum, count) => sum + count, 0);
  const paired = totals(sums)[JUDGMENTS_PAIRED]!;
  const alpha = (level: "nominal" | "ordinal") =>
    coefficient((drawn) => krippendorffAlpha(drawn, { categories, level }), paired);
  return figuresByPrompt(sums, {
    figures: {
      fleissKappa: coefficient((drawn) => fleissKappa(drawn, categories), judgments),
      krippendorffAlpha: alpha("nominal"),
      krippendorffAlphaOrdinal: alpha("ordinal"),
      gwetAc1: coefficient((drawn) => gwetAc1(drawn, categories), judgments),
    },
    draws,
  });
}

function coefficient(value: FigureOfSums["value"], n: number): FigureOfSums {
  return { value, support: PAIRED, range: { low: -1, high: 1 }, isShare: false, n };
}
