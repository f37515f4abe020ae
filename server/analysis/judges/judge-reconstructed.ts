import type { Estimate } from "../../contract/report-estimates.ts";
import type { Judge } from "../../contract/report-judges.ts";
import { NOT_IN_PERCENTAGES } from "../../contract/reasons.ts";

const REFUSED = { notEstimable: NOT_IN_PERCENTAGES.sameComparison };

/**
 * What stands where judgments of a model, or of the people beside it, were reconstructed from published percentages. Which
 * prompt each is about was made up: shares and their differences stand as published, without intervals, and whatever
 * joins the judgments of a comparison, or looks at its texts, is refused. `own`: the model's are among them.
 */
export function withoutMadeUp(judge: Judge, { own }: { own: boolean }): Judge {
  const { ties, ownSystem, besidePeople } = judge;
  return {
    ...judge,
    ...(own ? { constant: null } : {}),
    ties: own ? valueOf(ties) : ties,
    length: own
      ? { longerPreferred: REFUSED, p: null, prefersLength: false, people: REFUSED, difference: REFUSED }
      : { ...judge.length, people: REFUSED, difference: REFUSED },
    ownSystem: ownSystem && {
      system: ownSystem.system,
      rate: own ? valueOf(ownSystem.rate) : ownSystem.rate,
      people: valueOf(ownSystem.people),
      difference: valueOf(ownSystem.difference),
    },
    besidePeople: {
      ...{ comparisons: 0, agreement: REFUSED, byField: [], byLength: [], opposite: 0, examples: [] },
      pairs: besidePeople.pairs.map((pair) => ({
        ...pair,
        beyondChance: undefined,
        ...{ model: valueOf(pair.model), people: valueOf(pair.people), difference: valueOf(pair.difference) },
        agreement: REFUSED,
      })),
    },
  };
}

function valueOf(estimate: Estimate): Estimate {
  if (!("value" in estimate)) return estimate;
  const { value, n } = estimate;
  return { value, ...(n === undefined ? {} : { n }), notEstimable: NOT_IN_PERCENTAGES.sameComparison };
}
