import type { Command } from "commander";
import { decideFinding } from "../blinding-audit/decide.ts";
import { latestAudit } from "../blinding-audit/latest.ts";
import { runAudit } from "../blinding-audit/run.ts";
import type { ConfigInput } from "../config.ts";
import type { Context } from "../context.ts";
import type { Audit, AuditDecided, AuditState, DecideFinding, Followed } from "../contract/blinding.ts";
import { TiebreakError } from "../contract/errors.ts";
import { requireStudy } from "../studies/store.ts";
import { auditLines, followedLines } from "./support/blinding-text.ts";
import { withProgress } from "./support/progress-line.ts";
import { repeated } from "./support/repeated.ts";
import { onEither, type RemoteServer, studyPath } from "./support/remote-server.ts";
import { setTimeout as pause } from "node:timers/promises";
import { print, printSaid } from "./support/run.ts";

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
  const { lines, audit: after } = await onEither(flags, {
    there: (server) => auditAt(atServer(server, study), decided, flags),
    here: ({ context }) => auditAt(atDatabase(context, study), decided, flags),
  });
  if (flags.json) return print(JSON.stringify(after));
  printSaid([...lines, ...(decided.length > 0 ? [] : auditLines(study, after))].join("\n"));
}

/** The audit of one study, wherever it is. */
interface AuditPlace {
  /** Null: there was none. */
  readonly latest: () => Promise<Audit | null>;
  readonly run: (onAudited: (done: number, of: number) => void) => Promise<void>;
  readonly decide: (decision: DecideFinding) => Promise<Followed>;
}

async function auditAt(
  { latest, run, decide }: AuditPlace,
  decided: ReturnType<typeof decisionsIn>,
  { again = false, reason }: AuditFlags,
): Promise<{ lines: readonly string[]; audit: Audit }> {
  const before = await latest();
  if (before === null || (decided.length === 0 && (before.isStale || again)))
    await withProgress((line) =>
      run((done, of) => line.show({ what: "Auditing", done, of, unit: "prompts" })),
    );
  const lines: string[] = [];
  for (const { finding, choice } of decided) {
    const followed = await decide({ finding, choice, reason: reason! });
    lines.push(...followedLines(finding, choice, followed));
  }
  return { lines, audit: (await latest())! };
}

const atDatabase = (context: Context, study: string): AuditPlace => ({
  latest: () => auditOf(context, study),
  run: (onAudited) => runAudit(context, study, onAudited),
  decide: (decision) => decideFinding(context, { ...decision, study, by: BY }),
});

const LOOK_AGAIN_MS = 500;

const atServer = (server: RemoteServer, study: string): AuditPlace => ({
  latest: async () => (await server.json<AuditState>(studyPath(study, "blinding"))).audit,
  run: async (onAudited) => {
    let state = await server.post<AuditState>(studyPath(study, "blinding"), {});
    while (state.running !== null) {
      onAudited(state.running.done, state.running.of);
      await pause(LOOK_AGAIN_MS);
      state = await server.json<AuditState>(studyPath(study, "blinding"));
    }
    if (state.failed !== null) throw new TiebreakError("AuditFailed", 502, state.failed);
  },
  decide: async (decision) =>
    (await server.post<AuditDecided>(studyPath(study, "blinding", "decisions"), decision)).followed,
});

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
