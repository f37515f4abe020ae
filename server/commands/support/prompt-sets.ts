import fs from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { record } from "../../accounts/audit.ts";
import type { ConfigInput } from "../../config.ts";
import type { Split } from "../../contract/prompt-recipes.ts";
import {
  PROMPT_SET_FORMATS,
  type PromptSet,
  type PromptSetFormat,
  type PromptSets,
  type VersionKept,
  type VersionsDiff,
} from "../../contract/prompt-sets.ts";
import { exportVersion } from "../../curation/export-version.ts";
import { dropPrompts, keepVersion } from "../../curation/keep.ts";
import { deletePromptSet, promptSet, promptSets, versionsDiff } from "../../curation/read.ts";
import { BuildRefused } from "../../prompt-sets/errors.ts";
import { readToKeep } from "../../prompt-sets/kept/read.ts";
import { ask, canAsk } from "./ask.ts";
import { addDraw } from "./prompt-draw.ts";
import { requireNew, type SetVersion, setVersionIn, splitOption } from "./prompt-set-names.ts";
import { diffText, keptText, setsText, setText } from "./prompt-sets-text.ts";
import { onEither, setPath } from "./remote-server.ts";
import { print, printSaid, say } from "./run.ts";

interface SetFlags extends ConfigInput {
  readonly json?: boolean;
  readonly reason?: string;
  readonly title?: string;
  readonly split?: Split;
  readonly as: PromptSetFormat;
  readonly out?: string;
  readonly yes?: string;
}

const BY = "command line";

/** @throws InvalidArgumentError where a version is named */
function setIn(text: string): string {
  const { set, version } = setVersionIn(text);
  if (version === undefined) return set;
  throw new InvalidArgumentError("This is about the whole set: leave the version out.");
}

const example = (...lines: readonly string[]): string =>
  ["", "Examples:", ...lines.map((line) => `  npx tiebreak ${line}`)].join("\n");

/** Adds the commands about sets that are kept. */
export function addPromptSets(prompts: Command): void {
  addKeeping(prompts);
  prompts
    .command("list")
    .description("list the prompt sets that are kept")
    .addHelpText("after", example("prompts list"))
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<SetFlags>();
      const found = await onEither<PromptSets>(flags, {
        there: (server) => server.whole("prompt-sets", "sets"),
        here: ({ context }) => promptSets(context),
      });
      if (flags.json) print(JSON.stringify(found.sets));
      else printSaid(setsText(found));
    });
  prompts
    .command("show")
    .argument("<set>", "NAME, or NAME@2", setVersionIn)
    .description("show a set: its versions, what one of them holds, decisions, and studies that use it")
    .addHelpText("after", example("prompts show cooking", "prompts show cooking@1"))
    .action(async ({ set, version }: SetVersion, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<SetFlags>();
      const found = await onEither<PromptSet>(flags, {
        there: (server) => server.json(setPath(set), { query: { version: version?.toString() } }),
        here: ({ context }) => promptSet(context, set, version),
      });
      if (flags.json) print(JSON.stringify(found));
      else print(setText(found));
    });
  addDiff(prompts);
  addExport(prompts);
  addDraw(prompts);
  addDelete(prompts);
}

function addKeeping(prompts: Command): void {
  prompts
    .command("keep")
    .argument("<set>", "its name", setIn)
    .argument("<files...>", "a folder that prompts build wrote, or files that load reads")
    .description("keep prompts as the next version of a set, which never changes")
    .option("--reason <text>", "why there is another version")
    .option("--title <text>", "title of the set (default: its name)")
    .addOption(splitOption("split of prompts whose file names none"))
    .addHelpText(
      "after",
      example(
        "prompts keep cooking cooking-set",
        'prompts keep ours more.jsonl --split test --reason "harder questions"',
      ),
    )
    .action(async (set: string, files: string[], _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<SetFlags>();
      const read = await readToKeep(files, flags.split ?? null);
      const version = { ...read, title: flags.title, reason: flags.reason ?? "" };
      const kept = await onEither<VersionKept>(
        flags,
        {
          there: (server) => server.post(setPath(set, "versions"), version),
          here: ({ context }) => keepVersion(context, { set, version, by: BY }),
        },
        { make: true },
      );
      if (flags.json) print(JSON.stringify(kept));
      else printSaid(keptText(kept));
    });
  prompts
    .command("drop")
    .argument("<set>", "its name", setIn)
    .argument("<ids...>", "ids of prompts")
    .description("keep a version without some prompts of the latest, with the reason")
    .requiredOption("--reason <text>", "why they go")
    .addHelpText(
      "after",
      example('prompts drop cooking cooks/cooking.stackexchange.com/17 --reason "ambiguous"'),
    )
    .action(async (set: string, ids: string[], _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<SetFlags & { readonly reason: string }>();
      const reason = flags.reason.trim();
      if (reason === "") throw new BuildRefused("The reason is empty.");
      const kept = await onEither<VersionKept>(flags, {
        there: (server) => server.post(setPath(set, "drop"), { prompts: ids, reason }),
        here: ({ context }) => dropPrompts(context, { set, prompts: ids, reason, by: BY }),
      });
      if (flags.json) print(JSON.stringify(kept));
      else printSaid(keptText(kept));
    });
}

function versionIn(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("A version is a number from 1.");
}

function addDiff(prompts: Command): void {
  prompts
    .command("diff")
    .argument("<set>", "its name", setIn)
    .argument("<from>", "a version", versionIn)
    .argument("<to>", "another version", versionIn)
    .description("compare two versions: prompts added, removed, and changed")
    .addHelpText("after", example("prompts diff cooking 1 2"))
    .action(async (...given: unknown[]) => {
      const [set, from, to] = given as [string, number, number];
      const flags = (given.at(-1) as Command).optsWithGlobals<SetFlags>();
      const query = { from: String(from), to: String(to) };
      const found = await onEither<VersionsDiff>(flags, {
        there: (server) => server.json(setPath(set, "diff"), { query }),
        here: ({ context }) => versionsDiff(context, set, { from, to }),
      });
      print(flags.json ? JSON.stringify(found) : diffText(found));
    });
}

function addExport(prompts: Command): void {
  prompts
    .command("export")
    .argument("<set>", "NAME, or NAME@2", setVersionIn)
    .description("write a version as a file: for studies, for training, its attribution, or its datasheet")
    .addOption(new Option("--as <format>", "what is written").choices(PROMPT_SET_FORMATS).default("prompts"))
    .addOption(splitOption("only this split (default: all)"))
    .option("--out <file>", "file to write (default: standard output)")
    .addHelpText(
      "after",
      example(
        "prompts export cooking@2 --as datasheet",
        "prompts export cooking --as messages --split train --out train.jsonl",
      ),
    )
    .action(async ({ set, version }: SetVersion, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<SetFlags>();
      const { as, split, out } = flags;
      if (out === undefined && (flags.json || (as === "parquet" && process.stdout.isTTY)))
        throw new BuildRefused("Name the file with --out.");
      if (out !== undefined) requireNew(out);
      await onEither(flags, {
        there: (server) =>
          server.write(setPath(set, "export"), { query: { as, split, version: version?.toString() }, out }),
        here: async ({ context }) => {
          const { body, leftOut } = await exportVersion(context, { set, version, split, as });
          if (out === undefined) process.stdout.write(body);
          else fs.writeFileSync(out, body, { flag: "wx" });
          if (leftOut > 0)
            say(
              `${leftOut.toLocaleString("en")} prompts are not in it: they are not for training, have no response, or have several turns.`,
            );
        },
      });
      if (out !== undefined)
        (flags.json ? print : say)(flags.json ? JSON.stringify({ file: out }) : `Wrote ${out}.`);
    });
}

function addDelete(prompts: Command): void {
  prompts
    .command("delete")
    .argument("<set>", "its name", setIn)
    .description("delete a set with all its versions; studies keep the prompts that they took")
    .option("--yes <name>", "the set's name again, instead of typing it when asked")
    .addHelpText("after", example("prompts delete cooking", "prompts delete cooking --yes cooking"))
    .action(async (set: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<SetFlags>();
      await confirm(set, flags);
      await onEither(flags, {
        there: (server) => server.json(setPath(set), { method: "DELETE", body: { name: set } }),
        here: async ({ context }) => {
          await deletePromptSet(context, set);
          await record(context, { who: BY, via: BY, verb: "delete prompt set", object: set });
        },
      });
      print(flags.json ? JSON.stringify({ deleted: set }) : `Deleted ${set}.`);
    });
}

async function confirm(set: string, { yes }: SetFlags): Promise<void> {
  if (yes === set) return;
  if (yes !== undefined)
    throw new BuildRefused(`--yes ${yes} is not the name of the set, ${set}. Nothing was deleted.`);
  if (!canAsk()) throw new BuildRefused(`Nothing was deleted. To confirm, add --yes ${set}`);
  const typed = await ask("Type the set's name to delete it:", {
    likely: "",
    understand: (answer) => answer,
  });
  if (typed !== set) throw new BuildRefused("That is not its name. Nothing was deleted.");
}
