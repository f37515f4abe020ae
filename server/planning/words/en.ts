import type { Pilot, Plan } from "../../contract/plan.ts";

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
    means: "omit for 20; fewer annotators need more prompts",
  },
  ties: { label: "expected share of ties", means: "about 0.22 in the LIMA study" },
  correlation: {
    label: "correlation between two judgments of the same prompt",
    means: "0: independent; 1: always the same; about 0.3 in a crowd, 0.6 where people agree well",
  },
  annotatorCorrelation: {
    label: "correlation between two judgments of the same annotator",
    means: "on different prompts; 0: annotators do not differ; a pilot study shows it, often 0 to 0.06",
  },
  power: { label: "power", means: "the chance of detecting the difference if it exists; 0.8 is usual" },
  words: {
    label: "words to read per judgment",
    means: "the prompt and both answers; omit to leave out time and cost",
  },
  readingSpeed: { label: "words read per minute", means: "about 240 in English" },
  pay: { label: "pay per hour", means: "in any currency; omit to leave out the cost" },
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
  `Assumed: ${percent(plan.ties)} ties; ${plan.test}.`,
  ...(plan.judgmentsPerPrompt > 1
    ? [
        `Assumed: two judgments of the same prompt correlate at ${plan.correlation}, so ${grouped(plan.judgments)} judgments are worth ${grouped(Math.round(plan.effectiveJudgments))} independent ones.`,
      ]
    : []),
  ...(plan.annotators === undefined ? ofThese : ofOthers(plan.annotators, plan.annotatorCorrelation)),
  ...(plan.prompts < 15
    ? [
        "With fewer than 15 prompts the true power is lower: in simulations with 8 prompts, by 5 to 27 points.",
      ]
    : []),
];

const ofThese = ["This is about these annotators alone: other prompts, but no other annotators."];

const ofOthers = (annotators: number, correlation: number): string[] => [
  `This is about annotators like these, with ${grouped(annotators)} of them sharing the judgments.`,
  correlation === 0
    ? "It assumes that annotators do not differ; if they do, more prompts and annotators are needed."
    : `Assumed: two judgments of the same annotator on different prompts correlate at ${correlation}.`,
];

/** What the judgments take in time and pay; empty where no words were given. */
export const takes = ({ hours, cost }: Plan): string =>
  hours === undefined
    ? ""
    : `Reading for them takes ${rounded(hours)} hours${cost === undefined ? "" : `, which cost ${rounded(cost)} at that pay`}.`;

const rounded = (number: number): string =>
  number.toLocaleString("en", { maximumFractionDigits: number < 10 ? 1 : 0 });

const grouped = (number: number): string => number.toLocaleString("en");
const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** Whom a conclusion is about: as it is asked, and in words. */
export const ABOUT = {
  label: "whom the conclusion is about",
  means: "annotators like these, or these alone",
  choices: { "like-these": "annotators like these", these: "these annotators" },
} as const;

/** What was taken from a pilot study, with how little it rests on. */
export const fromPilot = (study: string, { judgments, annotators }: Pilot): string =>
  `From ${study}: ${grouped(judgments)} judgments by ${grouped(annotators)} annotators${annotators < 10 ? ", who are too few to show well how much annotators differ" : ""}.`;

/** Where a plan gets its ties and correlations from. */
export const PILOT = {
  label: "pilot study",
  means: "takes the share of ties and both correlations from its judgments, where they are not given",
} as const;
