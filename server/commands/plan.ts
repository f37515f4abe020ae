import { type Command, InvalidArgumentError, Option } from "commander";
import { type Pilot, type Plan, type PlanQuery, planQuerySchema } from "../contract/plan.ts";
import { planOf } from "../planning/plan.ts";
import {
  ABOUT,
  assumptions,
  detects,
  PILOT,
  QUANTITIES,
  size,
  fromPilot,
  takes,
} from "../planning/words/en.ts";
import type { ConfigInput } from "../config.ts";
import { pilotOf } from "../reports/pilot.ts";
import { reportsHere } from "../reports/report-service.ts";
import { withProgress } from "./support/progress-line.ts";
import { onEither, studyPath } from "./support/remote-server.ts";
import { print } from "./support/run.ts";

interface PlanFlags extends Omit<PlanQuery, "about">, ConfigInput {
  readonly concludeAbout: PlanQuery["about"];
  readonly from?: string;
  readonly json?: boolean;
}

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
    .addOption(quantity("annotatorCorrelation", "share"))
    .addOption(
      new Option("--conclude-about <annotators>", `${ABOUT.label}: ${ABOUT.means}`)
        .choices(Object.keys(ABOUT.choices))
        .default(DEFAULTS.about),
    )
    .option("--from <study>", `${PILOT.label}: ${PILOT.means}`)
    .addOption(quantity("words", "number"))
    .addOption(quantity("readingSpeed", "number"))
    .addOption(quantity("pay", "amount"))
    .addHelpText(
      "after",
      "\nExamples:\n  npx tiebreak plan --rate 0.55 --judgments 3\n  npx tiebreak plan --prompts 300 --judgments 3 --annotators 5\n  npx tiebreak plan --rate 0.6 --judgments 3 --annotators 10 --words 600 --pay 12",
    )
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<PlanFlags>();
      const pilot = flags.from === undefined ? null : await pilotFor(flags, flags.from, command);
      const plan = planOf({ ...flags, ...pilot?.given, about: flags.concludeAbout });
      if (flags.json) return print(JSON.stringify(plan));
      print([...planLines(plan), ...(pilot === null ? [] : [pilot.line])].join("\n"));
    });
}

/** What a pilot study shows of what was not given. */
async function pilotFor(flags: PlanFlags, study: string, command: Command) {
  const shown = await onEither<Pilot>(flags, {
    there: (server) => server.json(studyPath(study, "pilot")),
    here: ({ context }) =>
      withProgress((line) => (line.step(`Reading ${study}`), pilotOf(reportsHere(context), study))),
  });
  const names = ["ties", "correlation", "annotatorCorrelation"] as const;
  const given = Object.fromEntries(
    names.flatMap((name) =>
      shown[name] === undefined || command.getOptionValueSource(name) === "cli" ? [] : [[name, shown[name]]],
    ),
  );
  return { given, line: fromPilot(study, shown) };
}

function quantity(name: keyof typeof QUANTITIES, kind: "share" | "number" | "amount"): Option {
  const { label, means } = QUANTITIES[name];
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const option = new Option(`--${flag} <${kind}>`, `${label}: ${means}`).argParser((text) => {
    const { data, error } = planQuerySchema.shape[name].safeParse(text.trim() === "" ? NaN : text);
    if (error) throw new InvalidArgumentError(error.issues[0]?.message ?? "");
    return data;
  });
  return DEFAULTS[name] === undefined ? option : option.default(DEFAULTS[name]);
}

const planLines = (plan: Plan): string[] => [
  `${size(plan)} ${detects(plan)}`,
  ...[takes(plan)].filter((line) => line !== ""),
  "",
  ...assumptions(plan),
];
