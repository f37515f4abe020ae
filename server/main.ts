import fs from "node:fs";
import v8 from "node:v8";
import { Command, CommanderError } from "commander";
import { inProject } from "./commands/folders.ts";
import { say } from "./commands/run.ts";
import { verbsFor } from "./commands/verbs.ts";
import { TiebreakError } from "./contract/errors.ts";

/** Exit codes: 0 done, 2 refused input, 1 our own fault. */
const REFUSED = 2;
const OUR_FAULT = 1;

/** Loading makes much short-lived text: a heap that is tidied often stays small, whatever the file's size. */
if (process.argv.includes("load")) v8.setFlagsFromString("--heap-growing-percent=10");

const program = new Command("tiebreak")
  .description("Blind pairwise human evaluation of language models.")
  .option(
    "--database <url>",
    "a path, sqlite:PATH or postgres://… (DATABASE_URL; data/tiebreak.db if not said)",
  )
  .version(versionOf(inProject("package.json")), "-V, --version", "print the version")
  .option("--json", "print JSON on standard output, and nothing else there")
  .addHelpText("after", "\nExample:\n  npx tiebreak study create haiku --target ours --baseline theirs")
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError("Add --help to see what it takes.")
  .exitOverride();

for (const add of await verbsFor(process.argv.slice(2))) add(program);
for (const command of [...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
  command.exitOverride().showHelpAfterError("Add --help to see what it takes.");
}

/** Who reads from a pipe may have seen enough, as `head` has: what is under way goes on without them. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

function versionOf(file: string): string {
  const { version } = JSON.parse(fs.readFileSync(file, "utf8")) as { version: string };
  return version;
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : REFUSED;
  if (error instanceof TiebreakError && error.status < 500) {
    say(error.message);
    return REFUSED;
  }
  say(error instanceof TiebreakError ? error.message : `Something went wrong: ${String(error)}`);
  if (!(error instanceof TiebreakError) && error instanceof Error && error.stack) say(error.stack);
  return OUR_FAULT;
}
