import type { Command } from "commander";
import type { CompareFlags } from "./support/run-quick-study.ts";

export function compareCommand(program: Command): void {
  program
    .command("compare <files...>")
    .description("judge the outputs in a few files at once, blind, in the browser; also: tiebreak FILE FILE")
    .option("--name <study>", "name of the study that it becomes (default: of the two systems)")
    .option(
      "--near",
      "match prompts that differ only in white space or accents, or in the form of their ids (1.0 and 1)",
    )
    .option("--skip-bad", "load the valid rows of files that have bad ones")
    .option("--no-browser", "print the links only")
    .option("--host <address>", "address to listen on (default: 127.0.0.1, this machine only)")
    .option("--port <number>", "port to listen on (env: PORT; default: 8080, or one that is free)")
    .option("--public-url <url>", "public address of the server, used in every link (env: PUBLIC_URL)")
    .addHelpText(
      "after",
      [
        "\nExamples:",
        "  npx tiebreak compare ours.jsonl theirs.jsonl",
        "  npx tiebreak compare prompts.jsonl ours.jsonl theirs.jsonl",
        "  npx tiebreak compare answers.csv:prompt=question,output=text theirs.jsonl",
      ].join("\n"),
    )
    .action(async (files: string[], _flags: unknown, command: Command) => {
      const { runQuickStudy } = await import("./support/run-quick-study.ts"); // its imports are heavy
      await runQuickStudy(files, command.optsWithGlobals<CompareFlags>());
    });
}
