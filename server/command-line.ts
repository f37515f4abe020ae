import { Command, CommanderError } from "commander";
import { asCalled } from "./commands/support/called-as.ts";
import { projectVersion } from "./in-project.ts";
import { print, say, timesPrinted } from "./commands/support/run.ts";
import { verbsFor, withVerb } from "./commands/support/verbs.ts";
import { type ErrorReply, TiebreakError } from "./contract/errors.ts";

/** Exit codes: 0 done, 2 refused input, 1 our own fault. */
const REFUSED = 2;
const OUR_FAULT = 1;

/** Help and refusals show commands as they work where they are typed. */
const inOurWords = {
  writeOut: (text: string) => void process.stdout.write(asCalled(text)),
  writeErr: (text: string) => void process.stderr.write(asCalled(text)),
};

/**
 * Runs one command to its end.
 * @param given as typed, without the name of the program
 * @returns the exit code of a refusal; of all else what the command itself set, which is none where it did what it was asked
 */
export async function runCommandLine(given: readonly string[]): Promise<typeof process.exitCode> {
  const args = withVerb(given);
  const program = await programFor(args);
  const run = { json: args.includes("--json"), printedBefore: timesPrinted() };
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    return explain(error, run);
  }
  return process.exitCode;
}

async function programFor(args: readonly string[]): Promise<Command> {
  const program = new Command("tiebreak")
    .description("Blind pairwise human evaluation of language models.")
    .option(
      "--database <url>",
      "database: a path, sqlite:PATH or postgres://… (env: DATABASE_URL; default: data/tiebreak.db)",
    )
    .option(
      "--server <url>",
      "a server elsewhere instead of a database, with an API token in TIEBREAK_TOKEN (docs/teams.md)",
    )
    .option(
      "--insecure-http",
      "with --server http://…: send the token without encryption, as on a network that nobody else reads",
    )
    .version(projectVersion(), "-V, --version", "print the version")
    .option("--json", "print only JSON on standard output")
    .addHelpText("after", "\nExample:\n  npx tiebreak study create haiku --target ours --baseline theirs")
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("Run it with --help to see the options.")
    .configureOutput(inOurWords)
    .exitOverride();
  for (const add of await verbsFor(args)) add(program);
  for (const command of [...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
    command.exitOverride().showHelpAfterError("Run it with --help to see the options.");
  }
  return program;
}

/** Says on standard error what went wrong, and for --json on standard output too, where nothing stands yet. @returns the exit code */
function explain(error: unknown, run: { json: boolean; printedBefore: number }): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const { reply, exitCode } = saidOf(error);
  if (run.json && timesPrinted() === run.printedBefore)
    print(JSON.stringify({ ...reply, message: asCalled(reply.message) }));
  return exitCode;
}

function saidOf(error: unknown): { reply: ErrorReply; exitCode: number } {
  if (error instanceof CommanderError) {
    const message = error.code === "commander.help" ? "No command was given." : error.message;
    return { reply: { error: "CommandWrong", message: message.replace(/^error: /, "") }, exitCode: REFUSED };
  }
  if (error instanceof TiebreakError) {
    say(error.message);
    const exitCode = error.status < 500 ? REFUSED : OUR_FAULT;
    return { reply: { error: error.name, message: error.message }, exitCode };
  }
  const message = `Something went wrong: ${String(error)}`;
  say(message);
  if (error instanceof Error && error.stack) say(error.stack);
  return { reply: { error: "InternalError", message }, exitCode: OUR_FAULT };
}
