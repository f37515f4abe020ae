import { TiebreakError } from "../contract/errors.ts";
import type { Plan, PlanQuery } from "../contract/plan.ts";
import { powerToDetect, promptsNeeded, smallestDetectable } from "../statistics/planning/planning.ts";

const TEST = "two-sided at 5 %";

class PlanImpossible extends TiebreakError {
  constructor(message: string) {
    super("PlanImpossible", 400, message);
  }
}

/** With a rate alone: prompts; with prompts alone: the smallest rate; with both, the power too. */
export function planOf({ rate, prompts, power, ties, judgments, correlation, annotators }: PlanQuery): Plan {
  const shared = annotators === undefined ? {} : { annotators };
  const design = { ties, judgmentsPerPrompt: judgments, correlation, ...shared };
  if (prompts === undefined) {
    if (rate === undefined) throw new PlanImpossible("Give a rate, a number of prompts, or both.");
    return { test: TEST, rate, power, ...design, ...possible(promptsNeeded({ ...design, rate, power })) };
  }
  if (rate !== undefined) {
    return { test: TEST, rate, ...design, ...possible(powerToDetect({ ...design, prompts, rate })) };
  }
  const { rate: smallestRate, ...size } = possible(smallestDetectable({ ...design, prompts, power }));
  return { test: TEST, power, ...design, ...size, smallestRate };
}

function possible<T extends object>(result: T | { notEstimable: string }): T {
  if ("notEstimable" in result) throw new PlanImpossible(`This cannot be planned: ${result.notEstimable}.`);
  return result;
}
