import type { Plan } from "../../contract/plan.ts";

/* What a plan is made of and what it comes to, in English: for the planning page and the command line. */

/** What can be given: its name, and what it means. */
export const QUANTITIES = {
  rate: {
    label: "half-tie rate to detect",
    means:
      "win rate with ties counted ½ (0.5 is no difference); omit to compute what your prompts can detect",
  },
  prompts: { label: "prompts you have", means: "omit to compute how many are needed" },
  judgments: { label: "judgments per prompt", means: "by different annotators" },
  annotators: {
    label: "annotators who share the judgments",
    means: "omit for 20 or more; fewer annotators need more prompts",
  },
  ties: { label: "expected share of ties", means: "about 0.22 in the LIMA study" },
  correlation: {
    label: "correlation between two judgments of the same prompt",
    means: "0: independent; 1: always the same; about 0.3 in a crowd, 0.6 where people agree well",
  },
  power: { label: "power", means: "the chance of detecting the difference if it exists; 0.8 is usual" },
} as const;

/** `605 prompts × 1 = 605 judgments per baseline.` */
export const size = (plan: Plan): string =>
  `${grouped(plan.prompts)} prompts × ${plan.judgmentsPerPrompt} = ${grouped(plan.judgments)} judgments per baseline.`;

/** What that many judgments detect, and how surely. */
export function detects({ rate, smallestRate, power }: Plan): string {
  const what =
    smallestRate === undefined
      ? String(rate)
      : `${smallestRate.toFixed(4)} or more, or ${(1 - smallestRate).toFixed(4)} or less,`;
  return `They detect a win rate (ties count ½) of ${what} with a power of ${percent(power)}.`;
}

/** What was assumed and limits the answer, a sentence each. */
export const assumptions = (plan: Plan): string[] => [
  `Assumed: ${percent(plan.ties)} ties; a two-sided test at 5 %.`,
  ...(plan.judgmentsPerPrompt > 1
    ? [
        `Assumed: two judgments of the same prompt correlate at ${plan.correlation}, so ${grouped(plan.judgments)} judgments are worth ${grouped(Math.round(plan.effectiveJudgments))} independent ones.`,
      ]
    : []),
  plan.annotators === undefined
    ? "This assumes 20 annotators or more: with fewer, the interval that generalises to others like them is wider."
    : `This is for ${grouped(plan.annotators)} annotators, with the interval that generalises to others like them.`,
  "If annotators differ strongly from each other, more judgments are needed.",
];

const grouped = (number: number): string => number.toLocaleString("en");
const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
