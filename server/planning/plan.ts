import { TiebreakError } from "../contract/errors.ts";
import type { Plan, PlanQuery } from "../contract/plan.ts";
import { REASONS } from "../contract/reasons.ts";
import { powerToDetect, promptsNeeded, smallestDetectable } from "../statistics/planning/planning.ts";

const TEST = {
  "like-these": "t test, two-sided at 5 %",
  these: "permutation test, two-sided at 5 %",
} as const;
/** How many annotators are counted on where their number is not given. */
const ANNOTATORS = 20;
/** Of fewer prompts the permutation test rejects nothing. */
const PROMPTS_LEAST = 6;

class PlanImpossible extends TiebreakError {
  constructor(message: string) {
    super("PlanImpossible", 400, message);
  }
}

/** With a rate alone: prompts; with prompts alone: the smallest rate; with both, the power too. */
export function planOf(query: PlanQuery): Plan {
  const { about, ties, judgments, correlation, annotatorCorrelation } = query;
  const isOfThese = about === "these";
  if (!isOfThese && query.annotators === 2) throw impossible(REASONS.twoAnnotators);
  const shared = isOfThese ? {} : { annotators: query.annotators ?? Math.max(ANNOTATORS, judgments) };
  const design = { ties, judgmentsPerPrompt: judgments, correlation, annotatorCorrelation, ...shared };
  const assumed = {
    ...{
      test: TEST[about],
      target: isOfThese ? ("these annotators" as const) : ("annotators like these" as const),
    },
    ...design,
  };
  const answer = answered(query, design, isOfThese ? PROMPTS_LEAST : 1);
  return { ...assumed, ...answer, ...timeOf(query, answer.judgments) };
}

type Design = Pick<Parameters<typeof promptsNeeded>[0], "ties" | "judgmentsPerPrompt" | "correlation">;
type Answer = Pick<Plan, "prompts" | "judgments" | "effectiveJudgments" | "power" | "rate" | "smallestRate">;

/** @param least of fewer prompts the test rejects nothing */
function answered({ rate, prompts, power }: PlanQuery, design: Design, least: number): Answer {
  if (prompts === undefined) {
    if (rate === undefined) throw new PlanImpossible("Give a rate, a number of prompts, or both.");
    const needed = possible(promptsNeeded({ ...design, rate, power }));
    if (needed.prompts >= least) return { rate, power, ...needed };
    return { rate, ...possible(powerToDetect({ ...design, prompts: least, rate })) };
  }
  if (prompts < least) throw impossible(REASONS.belowSixPrompts);
  if (rate !== undefined) return { rate, ...possible(powerToDetect({ ...design, prompts, rate })) };
  const { rate: smallestRate, ...size } = possible(smallestDetectable({ ...design, prompts, power }));
  return { power, ...size, smallestRate };
}

function timeOf({ words, readingSpeed, pay }: PlanQuery, judgments: number): Pick<Plan, "hours" | "cost"> {
  if (words === undefined) {
    if (pay === undefined) return {};
    throw new PlanImpossible("Give the words that one judgment takes to read, too, to know what it costs.");
  }
  const hours = (judgments * words) / readingSpeed / 60;
  return { hours, ...(pay === undefined ? {} : { cost: hours * pay }) };
}

const impossible = (reason: string) => new PlanImpossible(`This cannot be planned: ${reason}.`);

function possible<T extends object>(result: T | { notEstimable: string }): T {
  if ("notEstimable" in result) throw impossible(result.notEstimable);
  return result;
}
