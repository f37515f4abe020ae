import type { Command } from "commander";
import { decideFinding } from "../blinding-audit/decide.ts";
import { latestAudit } from "../blinding-audit/latest.ts";
import { runAudit } from "../blinding-audit/run.ts";
import type { ConfigInput } from "../config.ts";
import type { Context } from "../context.ts";
import type { Audit } from "../contract/blinding.ts";
import { TiebreakError } from "../contract/errors.ts";
import { requireStudy } from "../studies/store.ts";
import { auditLines, followedLines } from "./support/blinding-text.ts";
import { withProgress } from "./support/progress-line.ts";
import { repeated } from "./support/repeated.ts";
import { print, printSaid, withDatabase } from "./support/run.ts";

interface AuditFlags extends ConfigInput {
  readonly keep?: readonly string[];
  readonly mask?: readonly string[];
  readonly leaveOut?: readonly string[];
  readonly reason?: string;
  readonly again?: boolean;
  readonly json?: boolean;
}

const BY = "command line";

class AuditWrong extends TiebreakError {
  constructor() {
    super("AuditWrong", 400, "State why, in words: --reason TEXT, with --keep, --mask or --leave-out.");
  }
}

export function blindingCommand(program: Command): void {
  program
    .command("blinding <study>")
    .description("look for what gives systems away in their outputs, and decide what follows")
    .option("--keep <finding>", "keep these outputs as they are (repeatable)", repeated)
    .option(
      "--mask <finding>",
      "take what was found out of these outputs; before the study opens (repeatable)",
      repeated,
    )
    .option(
      "--leave-out <finding>",
      "assign and count no comparison with these outputs (repeatable)",
      repeated,
    )
    .option("--reason <text>", "reason for the decision, in words; the report shows it")
    .option("--again", "audit again, even if no text has changed")
    .addHelpText(
      "after",
      `
A finding is named KIND:SYSTEM, as in own-name:ours. A decision can be replaced by another one at any time.

Examples:
  npx tiebreak blinding haiku
  npx tiebreak blinding haiku --leave-out cut:ours --reason "cut off by our server"`,
    )
    .action(async (study: string, _flags: unknown, command: Command) =>
      audit(study, command.optsWithGlobals<AuditFlags>()),
    );
}

async function audit(study: string, flags: AuditFlags): Promise<void> {
  const decided = decisionsIn(flags);
  if (decided.length > 0 !== (flags.reason !== undefined)) throw new AuditWrong();
  await withDatabase(flags, async ({ context }) => {
    const before = await auditOf(context, study);
    if (before === null || (decided.length === 0 && (before.isStale || flags.again === true)))
      await withProgress((line) =>
        runAudit(context, study, (done, of) => line.show({ what: "Auditing", done, of, unit: "prompts" })),
      );
    const lines: string[] = [];
    for (const { finding, choice } of decided) {
      const followed = await decideFinding(context, {
        study,
        finding,
        choice,
        reason: flags.reason!,
        by: BY,
      });
      lines.push(...followedLines(finding, choice, followed));
    }
    const after = (await auditOf(context, study))!;
    if (flags.json) return print(JSON.stringify(after));
    printSaid([...lines, ...(decided.length > 0 ? [] : auditLines(study, after))].join("\n"));
  });
}

const decisionsIn = ({ keep = [], mask = [], leaveOut = [] }: AuditFlags) => [
  ...keep.map((finding) => ({ finding, choice: "keep" as const })),
  ...mask.map((finding) => ({ finding, choice: "mask" as const })),
  ...leaveOut.map((finding) => ({ finding, choice: "leave out" as const })),
];

/** The latest audit; null: there was none. @throws StudyNotFound */
const auditOf = ({ database }: Context, study: string): Promise<Audit | null> =>
  database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    return (await latestAudit(reader, id))?.audit ?? null;
  });
