import { type Command, Option } from "commander";
import { record } from "../accounts/audit.ts";
import { createToken, listTokens, revokeToken } from "../accounts/tokens.ts";
import type { ConfigInput } from "../config.ts";
import { type ApiToken, TOKEN_DAYS, tokenCreateSchema, type Tokens } from "../contract/accounts.ts";
import { type Right, RIGHTS } from "../contract/rights.ts";
import { withoutControls } from "../report-document/write/plain-text.ts";
import { ProtocolWrong } from "../studies/errors.ts";
import { inColumns, minuteOf } from "./support/columns.ts";
import { faultsIn } from "./support/protocol-flags.ts";
import { onEither } from "./support/remote-server.ts";
import { print, say, withDatabase } from "./support/run.ts";

interface TokenFlags extends ConfigInput {
  readonly scope?: readonly Right[];
  readonly study?: string;
  readonly days?: string;
  readonly json?: boolean;
}

const BY = { who: "command line", via: "command line" } as const;
const DEFAULT_SCOPES: readonly Right[] = ["view", "results"];

const HELP = `
A program sends a token as "Authorization: Bearer TOKEN". One made here has the rights of an owner, as far as its
scopes go; members make their own on the dashboard, under Account.

Examples:
  npx tiebreak token create notebook --study haiku
  npx tiebreak token list
  npx tiebreak token revoke 1`;

/** `token create NAME`, `token list` and `token revoke NUMBER`. */
export function tokenCommand(program: Command): void {
  const token = program
    .command("token")
    .description("create, list and revoke tokens by which programs use the HTTP interface")
    .addHelpText("after", HELP);
  token
    .command("create <name>")
    .description("create a token, which is shown once")
    .addOption(
      new Option("--scope <right...>", `what it may (default: ${DEFAULT_SCOPES.join(" ")})`).choices(RIGHTS),
    )
    .option("--study <study>", "the only study that it opens (default: all)")
    .option("--days <number>", `how long it is valid (default: ${TOKEN_DAYS})`)
    .addHelpText(
      "after",
      "\nExample:\n  npx tiebreak token create notebook --scope view results --study haiku",
    )
    .action(async (name: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<TokenFlags>();
      const { scope = DEFAULT_SCOPES, study = null, days = TOKEN_DAYS } = flags;
      const parsed = tokenCreateSchema.safeParse({ name, scopes: scope, study, days: Number(days) });
      if (!parsed.success) throw new ProtocolWrong(faultsIn(parsed.error));
      await withDatabase(flags, async ({ context }) => {
        const made = await createToken(context, { ...parsed.data, accountId: null, rights: null });
        const { scopes, study: only } = made.about;
        await record(context, {
          ...{ ...BY, verb: "create token", study: only, object: name, detail: scopes.join(" ") },
        });
        if (flags.json) return print(JSON.stringify(made));
        say("It is shown only once, since only its hash is stored.");
        print(made.token);
      });
    });
  token
    .command("list")
    .description("list all tokens, without showing them")
    .addHelpText("after", "\nExample:\n  npx tiebreak token list")
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<TokenFlags>();
      const { tokens } = await onEither<Tokens>(flags, {
        there: (server) => server.whole("tokens", "tokens"),
        here: async ({ context }) => ({ tokens: await listTokens(context) }),
      });
      print(flags.json ? JSON.stringify({ tokens }) : tokensText(tokens));
    });
  token
    .command("revoke <number>")
    .description("end a token, by its number in the list")
    .addHelpText("after", "\nExample:\n  npx tiebreak token revoke 1")
    .action(async (number: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<TokenFlags>();
      await withDatabase(flags, async ({ context }) => {
        const name = await revokeToken(context, { id: Number(number) || 0 });
        await record(context, { ...BY, verb: "revoke token", object: name });
        print(flags.json ? JSON.stringify({ revoked: name }) : `${name}: revoked.`);
      });
    });
}

function tokensText(tokens: readonly ApiToken[]): string {
  if (tokens.length === 0) return "There are no tokens.";
  return inColumns([
    ["number", "name", "holder", "begins with", "scopes", "study", "state", "ends (UTC)", "last used (UTC)"],
    ...withoutControls(tokens).map((token) => [
      ...[String(token.id), token.name, token.holder, token.startsWith, token.scopes.join(" ")],
      ...[token.study ?? "all", token.state, minuteOf(token.expiresAt)],
      token.usedAt === null ? "never" : minuteOf(token.usedAt),
    ]),
  ]);
}
