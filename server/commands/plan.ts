import { type Command, InvalidArgumentError, Option } from "commander";
import { type Plan, type PlanQuery, planQuerySchema } from "../contract/plan.ts";
import { planOf } from "../planning/plan.ts";
import { assumptions, detects, QUANTITIES, size } from "../planning/words/en.ts";
import { print } from "./support/run.ts";

type PlanFlags = PlanQuery & { readonly json?: boolean };

const DEFAULTS = planQuerySchema.parse({});

export function planCommand(program: Command): void {
  program
    .command("plan")
    .description("compute how many prompts a study needs, or what it can detect")
    .addOption(quantity("rate", "share"))
    .addOption(quantity("prompts", "number"))
    .addOption(quantity("power", "share"))
    .addOption(quantity("ties", "share"))
    .addOption(quantity("judgments", "number"))
    .addOption(quantity("correlation", "share"))
    .addOption(quantity("annotators", "number"))
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

function quantity(name: keyof PlanQuery, kind: "share" | "number"): Option {
  const { label, means } = QUANTITIES[name];
  const option = new Option(`--${name} <${kind}>`, `${label}: ${means}`).argParser((text) => {
    const { data, error } = planQuerySchema.shape[name].safeParse(text.trim() === "" ? NaN : text);
    if (error) throw new InvalidArgumentError(error.issues[0]?.message ?? "");
    return data;
  });
  return DEFAULTS[name] === undefined ? option : option.default(DEFAULTS[name]);
}

const planLines = (plan: Plan): string[] => [`${size(plan)} ${detects(plan)}`, "", ...assumptions(plan)];
