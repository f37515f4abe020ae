import type { Command } from "commander";
import { auditOf } from "../accounts/audit.ts";
import type { ConfigInput } from "../config.ts";
import { type Audit, type AuditEntry, auditQuerySchema } from "../contract/accounts.ts";
import { withoutControls } from "../report-document/write/plain-text.ts";
import { ProtocolWrong } from "../studies/errors.ts";
import { inColumns, minuteOf } from "./support/columns.ts";
import { faultsIn } from "./support/protocol-flags.ts";
import { onEither } from "./support/remote-server.ts";
import { print } from "./support/run.ts";

interface AuditFlags extends ConfigInput {
  readonly study?: string;
  readonly limit?: string;
  readonly before?: string;
  readonly json?: boolean;
}

const HELP = `
It has changes, sign-ins, failed ones too, and readings of results, never texts or secrets.

Examples:
  npx tiebreak audit
  npx tiebreak audit --study haiku --limit 20`;

/** `audit`: who did what, the latest first. */
export function auditCommand(program: Command): void {
  program
    .command("audit")
    .description("list who did what, the latest first")
    .option("--study <study>", "only what concerns this study")
    .option("--limit <number>", "entries at most, from 1 to 1000 (default: 100)")
    .option("--before <place>", "only entries before this place, the `next` of --json")
    .addHelpText("after", HELP)
    .action(async (_flags: unknown, command: Command) => {
      const { study, limit, before, json, ...flags } = command.optsWithGlobals<AuditFlags>();
      const query = auditQuerySchema.safeParse({ study, limit, before });
      if (!query.success) throw new ProtocolWrong(faultsIn(query.error));
      const audit = await onEither<Audit>(flags, {
        there: (server) => server.json("audit", { query: { study, limit, before } }),
        here: ({ context }) => auditOf(context, query.data),
      });
      print(json ? JSON.stringify(audit) : auditText(audit.entries));
    });
}

function auditText(entries: readonly AuditEntry[]): string {
  if (entries.length === 0) return "There is nothing yet.";
  return inColumns([
    ["when (UTC)", "who", "by", "what", "study", "detail"],
    ...withoutControls(entries).map(({ at, who, via, verb, study, object, detail }) => [
      ...[minuteOf(at), who, via, verb, study ?? ""],
      [object, detail].filter((part) => part !== null).join(": "),
    ]),
  ]);
}
