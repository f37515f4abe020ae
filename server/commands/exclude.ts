import { type Command, Option } from "commander";
import type { ConfigInput } from "../config.ts";
import { exclude, type Exclusion, ExclusionWrong, lift, listExclusions } from "../reports/exclude.ts";
import { repeated } from "./repeated.ts";
import { print, withDatabase } from "./run.ts";

interface ExcludeFlags extends ConfigInput {
  readonly annotator?: readonly string[];
  readonly rule?: string;
  readonly lift?: boolean;
  readonly list?: boolean;
  readonly json?: boolean;
}

const BY = "command line";

export function excludeCommand(program: Command): void {
  program
    .command("exclude <study>")
    .description("leave annotators’ judgments out of every figure by a stated rule, or bring them back")
    .option("--annotator <name>", "whose judgments; say it once for each", repeated)
    .option("--rule <text>", "the rule, in words: it stands in the report")
    .addOption(new Option("--lift", "bring them back").conflicts(["rule", "list"]))
    .addOption(new Option("--list", "everybody who was ever left out").conflicts(["rule", "annotator"]))
    .addHelpText(
      "after",
      '\nExample:\n  npx tiebreak exclude haiku --annotator annotator-7 --rule "fewer than 5 seconds a pair"',
    )
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ExcludeFlags>();
      await withDatabase(flags, async ({ context }) => {
        const request = { study, annotators: flags.annotator ?? [], by: BY };
        if (flags.list) return show(await listExclusions(context, study), flags);
        if (flags.lift) return say("brought back", await lift(context, request), flags);
        if (flags.rule === undefined)
          throw new ExclusionWrong("Say the rule: --rule TEXT. Or --lift, or --list.");
        return say("left out", await exclude(context, { ...request, rule: flags.rule }), flags);
      });
    });
}

function say(what: string, names: readonly string[], { json, annotator }: ExcludeFlags): void {
  if (json) return print(JSON.stringify({ changed: names }));
  if (names.length === 0) return print(`Nothing to do: ${(annotator ?? []).join(", ")} as before.`);
  print(`${names.join(", ")}: ${what}.`);
}

function show(exclusions: readonly Exclusion[], { json }: ExcludeFlags): void {
  if (json) return print(JSON.stringify(exclusions));
  if (exclusions.length === 0) return print("Nobody was ever left out.");
  for (const { annotator, rule, excludedAt, liftedAt } of exclusions) {
    print(`${annotator}  since ${excludedAt}${liftedAt === null ? "" : `, until ${liftedAt}`}: ${rule}`);
  }
}
