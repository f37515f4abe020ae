import { type Command, InvalidArgumentError, Option } from "commander";
import type { Plan, PlanQuery } from "../contract/plan.ts";
import { planOf } from "../planning/plan.ts";
import { print } from "./support/run.ts";

type PlanFlags = PlanQuery & { readonly json?: boolean };

export function planCommand(program: Command): void {
  program
    .command("plan")
    .description("compute how many prompts a study needs, or what it can detect")
    .addOption(rate())
    .option(
      "--prompts <number>",
      "prompts you have: without --rate, computes the smallest rate that they detect",
      wholeFrom1,
    )
    .option("--power <share>", "chance of detecting the difference if it exists", power, 0.8)
    .option("--ties <share>", "expected share of ties", share, 0.22)
    .option("--judgments <number>", "judgments per prompt", wholeFrom1, 1)
    .option(
      "--correlation <share>",
      "correlation of two judgments of one prompt, 0 to 1: about 0.3 in a crowd, 0.6 where people agree well",
      share,
      0.5,
    )
    .option(
      "--annotators <number>",
      "annotators who share the judgments (default: many, 20 or more); with few it takes more prompts",
      wholeFrom1,
    )
    .addHelpText(
      "after",
      "\nExamples:\n  npx tiebreak plan --rate 0.55 --judgments 3\n  npx tiebreak plan --prompts 300 --judgments 3 --annotators 5",
    )
    .action((_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<PlanFlags>();
      const plan = planOf(flags);
      print(flags.json ? JSON.stringify(plan) : planLines(plan).join("\n"));
    });
}

function rate(): Option {
  return new Option(
    "--rate <share>",
    "half-tie rate to detect: the win rate with ties counted ½; 0.5 is no difference",
  ).argParser(share);
}

function planLines(plan: Plan): string[] {
  const size = `${grouped(plan.prompts)} prompts × ${plan.judgmentsPerPrompt} = ${grouped(plan.judgments)} judgments`;
  return [
    ...answer(plan, size),
    "",
    `Assumed: ${percent(plan.ties)} ties; a test ${plan.test}.`,
    ...(plan.judgmentsPerPrompt > 1
      ? [
          `Two judgments of a prompt correlate by ${plan.correlation}: ${grouped(plan.judgments)} are worth ${grouped(Math.round(plan.effectiveJudgments))} independent ones.`,
        ]
      : []),
    "If annotators differ much from each other, it takes more.",
    plan.annotators === undefined
      ? "This assumes 20 annotators or more: with fewer, the interval that generalises to others like them is wider (--annotators N)."
      : `This is for ${grouped(plan.annotators)} annotators, and the interval that generalises to others like them.`,
  ];
}

function answer(plan: Plan, size: string): string[] {
  const { rate, smallestRate, power } = plan;
  if (smallestRate !== undefined) {
    return [
      `${size} detect a half-tie rate of ${smallestRate.toFixed(4)} or more (or ${(1 - smallestRate).toFixed(4)} or less)`,
      `with a power of ${percent(power)}.`,
    ];
  }
  return [`${size} detect a half-tie rate of ${rate} with a power of ${percent(power)}.`];
}

const grouped = (number: number): string => number.toLocaleString("en");
const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

function share(text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError("Give a share from 0 to 1, such as 0.55.");
  return value;
}

function power(text: string): number {
  const value = share(text);
  if (value > 0.05 && value < 1) return value;
  throw new InvalidArgumentError("Give a power above 0.05, the test's error rate, and below 1.");
}

function wholeFrom1(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a whole number from 1.");
}
