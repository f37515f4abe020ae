import { type Command, Option } from "commander";
import type { ConfigInput } from "../config.ts";
import { exclude, ExclusionWrong, lift, listExclusions } from "../assignments/exclude.ts";
import type { Excluded, Exclusion, Lifted } from "../contract/exclusions.ts";
import type { ExclusionPreview, ExclusionRule } from "../contract/watching.ts";
import { reportsHere } from "../reports/report-service.ts";
import { previewExclusion } from "../watching/preview-exclusion.ts";
import { type RuleFlags, ruleOf } from "./support/exclusion-rule-flags.ts";
import { previewText } from "./support/exclusion-text.ts";
import { repeated } from "./support/repeated.ts";
import { counted } from "../report-document/numbers.ts";
import type { StudyState } from "../contract/words.ts";
import { onEither, studyPath } from "./support/remote-server.ts";
import { print } from "./support/run.ts";

interface ExcludeFlags extends ConfigInput, RuleFlags {
  readonly annotator?: readonly string[];
  readonly rule?: string;
  readonly lift?: boolean;
  readonly list?: boolean;
  readonly group?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const BY = "command line";
const HELP = `
A rule excludes everybody whom it meets, and is recorded as the reason unless --rule gives another one.

Examples:
  npx tiebreak exclude haiku --annotator annotator-7 --rule "fewer than 5 seconds per pair"
  npx tiebreak exclude haiku --failed-checks 2/4 --dry-run
  npx tiebreak exclude haiku --faster-than 5`;

export function excludeCommand(program: Command): void {
  program
    .command("exclude <study>")
    .description("exclude annotators’ judgments from every figure, stating the rule, or bring them back")
    .option("--annotator <name>", "annotator to exclude or to bring back (repeatable)", repeated)
    .option("--rule <text>", "reason for the exclusion, in words; the report shows it")
    .addOption(new Option("--lift", "bring the named annotators back").conflicts(["rule", "list"]))
    .addOption(
      new Option("--list", "list every exclusion, past and present").conflicts(["rule", "annotator"]),
    )
    .option("--failed-checks <n[/m]>", "exclude whoever failed n checks or more, of at least m")
    .option("--faster-than <seconds>", "exclude whose median time for a pair is below this")
    .option("--one-side <percent>", "exclude whose decisive judgments are so often on one side")
    .option(
      "--reported [rules]",
      "exclude whom the report points out, by any rule or these: chance,speed,side,answer,checks",
    )
    .option("--group <name>", "with a rule: only annotators of this group")
    .option("--dry-run", "with a rule: show whom it meets and what would follow, and exclude nobody")
    .addHelpText("after", HELP)
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ExcludeFlags>();
      const { annotator: annotators = [], rule } = flags;
      if (flags.list) return show(await exclusionsOf(study, flags), flags);
      if (flags.lift) {
        const lifted = await onEither(flags, {
          there: (server) => server.post<Lifted>(studyPath(study, "exclusions", "lift"), { annotators }),
          here: ({ context }) => lift(context, { study, annotators, by: BY }),
        });
        return sayLifted(lifted, flags);
      }
      const meets = ruleOf(flags);
      if (meets !== null) return byRule(study, meets, flags);
      if (flags.dryRun || flags.group !== undefined)
        throw new ExclusionWrong("--dry-run and --group need a rule, such as --failed-checks 2.");
      if (rule === undefined)
        throw new ExclusionWrong("State the rule: --rule TEXT. Or use --lift or --list.");
      const done = await onEither(flags, {
        there: (server) => server.post<Excluded>(studyPath(study, "exclusions"), { annotators, rule }),
        here: ({ context }) => exclude(context, { study, annotators, rule, by: BY }),
      });
      sayExcluded(done, flags);
    });
}

/** Excludes everybody whom a rule meets, or shows what would follow. */
const byRule = (study: string, rule: ExclusionRule, flags: ExcludeFlags): Promise<void> =>
  onEither(flags, {
    there: async (server) => {
      const asked = { rule, ...(flags.group !== undefined && { group: flags.group }) };
      const preview = await server.post<ExclusionPreview>(studyPath(study, "exclusions", "preview"), asked);
      return sayRule({ rule, preview }, flags, (annotators, words) =>
        server.post<Excluded>(studyPath(study, "exclusions"), { annotators, rule: words }),
      );
    },
    here: async ({ context }) => {
      const watching = { context, reports: reportsHere(context) };
      const asked = { study, rule, group: flags.group, withResults: true };
      const preview = await previewExclusion(watching, asked);
      return sayRule({ rule, preview }, flags, (annotators, words) =>
        exclude(context, { study, annotators, rule: words, by: BY }),
      );
    },
  });

async function sayRule(
  { rule, preview }: { rule: ExclusionRule; preview: ExclusionPreview },
  flags: ExcludeFlags,
  excludeThem: (annotators: string[], words: string) => Promise<Excluded>,
): Promise<void> {
  const annotators = preview.annotators.map(({ annotator }) => annotator);
  if (flags.dryRun || annotators.length === 0)
    return print(flags.json ? JSON.stringify(preview) : previewText(rule, preview));
  return sayExcluded(await excludeThem(annotators, flags.rule ?? preview.rule), flags);
}

const exclusionsOf = (study: string, flags: ExcludeFlags): Promise<readonly Exclusion[]> =>
  onEither<readonly Exclusion[]>(flags, {
    there: async (server) =>
      (await server.whole<{ exclusions: Exclusion[] }>(studyPath(study, "exclusions"), "exclusions"))
        .exclusions,
    here: ({ context }) => listExclusions(context, study),
  });

function sayExcluded(done: Excluded, flags: ExcludeFlags): void {
  const { changed, freed, held, state } = done;
  if (flags.json) return print(JSON.stringify(done));
  if (changed.length === 0) return print(asBefore(flags));
  print(`${changed.join(", ")}: excluded.`);
  if (freed > 0) print(freedSays(freed, state));
  if (held > 0)
    print(
      `${counted(held, "pair")} that they were assigned and had not judged ${held === 1 ? "is" : "are"} free again.`,
    );
}

function sayLifted(done: Lifted, flags: ExcludeFlags): void {
  const { changed, filled, surplus } = done;
  if (flags.json) return print(JSON.stringify(done));
  if (changed.length === 0) return print(asBefore(flags));
  print(`${changed.join(", ")}: exclusion lifted.`);
  if (filled > 0)
    print(`${counted(filled, "judgment")} ${filled === 1 ? "fills its slot" : "fill their slots"} again.`);
  if (surplus > 0)
    print(
      `${counted(surplus, "judgment")} ${surplus === 1 ? "is" : "are"} surplus: others have judged the pair since.`,
    );
}

const asBefore = ({ annotator }: ExcludeFlags): string =>
  `Nothing to do: ${(annotator ?? []).join(", ")} unchanged.`;

/** What becomes of the slots that an exclusion freed. */
function freedSays(freed: number, state: StudyState): string {
  if (state === "closed")
    return `${counted(freed, "slot")} ${freed === 1 ? "stays" : "stay"} empty: the study is closed and assigns no more pairs.`;
  const wanted = `${counted(freed, "judgment")} ${freed === 1 ? "is" : "are"} needed again.`;
  if (state === "open") return `${wanted} These pairs are assigned to others from now on.`;
  return `${wanted} These pairs are assigned to others once the study is open; it is ${state === "draft" ? "a draft" : state} now.`;
}

function show(exclusions: readonly Exclusion[], { json }: ExcludeFlags): void {
  if (json) return print(JSON.stringify(exclusions));
  if (exclusions.length === 0) return print("No annotator was ever excluded.");
  for (const { annotator, rule, excludedAt, liftedAt } of exclusions) {
    print(`${annotator}  since ${excludedAt}${liftedAt === null ? "" : `, until ${liftedAt}`}: ${rule}`);
  }
}
