import fs from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import type { ConfigInput } from "../../config.ts";
import type { Split } from "../../contract/prompt-recipes.ts";
import type { PromptsLoaded, PromptsWanted, SetDrawn } from "../../contract/prompt-sets.ts";
import { promptsOf } from "../../curation/draw.ts";
import { loadPrompts } from "../../curation/load-prompts.ts";
import { reportText } from "../../loading/report-text.ts";
import { BuildRefused } from "../../prompt-sets/errors.ts";
import { promptOf } from "../../prompt-sets/kept/write-as.ts";
import { requireNew, type SetVersion, setVersionIn, splitOption } from "./prompt-set-names.ts";
import { drawnText } from "./prompt-sets-text.ts";
import { onEither, setPath, studyPath } from "./remote-server.ts";
import { print, printSaid } from "./run.ts";

interface DrawFlags extends ConfigInput {
  readonly split?: Split;
  readonly size: number;
  readonly seed: number;
  readonly unused?: boolean;
  readonly study?: string;
  readonly out?: string;
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const REFUSED = 2;

const wholeFrom =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It is a whole number from ${least}.`);
  };

const HELP = `
The same version and seed give the same prompts. With --unused, prompts whose text is in any study are not drawn.

Examples:
  npx tiebreak prompts draw cooking@2 --split test --size 10 --seed 7 --unused --study march
  npx tiebreak prompts draw cooking --size 50 --seed 1 --out some.jsonl`;

/** Adds `prompts draw`: a sample of a version for a study, or as a file. */
export function addDraw(prompts: Command): void {
  prompts
    .command("draw")
    .argument("<set>", "NAME, or NAME@2", setVersionIn)
    .description("draw some prompts of a version by chance, into a study or a file")
    .addOption(splitOption("only of this split (default: all)"))
    .requiredOption("--size <number>", "how many", wholeFrom(1))
    .requiredOption("--seed <number>", "the draw follows from it", wholeFrom(0))
    .option("--unused", "leave out what a study has already")
    .option("--study <name>", "the study that they are loaded into")
    .option("--out <file>", "the file that they are written to, in place of a study")
    .option("--reason <text>", "why an opened study gets more to judge")
    .option("--dry-run", "show what would happen without changing anything")
    .addHelpText("after", HELP)
    .action(async (set: SetVersion, _flags: unknown, command: Command) =>
      draw(set, command.optsWithGlobals<DrawFlags>()),
    );
}

async function draw(set: SetVersion, flags: DrawFlags): Promise<void> {
  const { study, out, split, size, seed, unused = false } = flags;
  if ((study === undefined) === (out === undefined))
    throw new BuildRefused("Name a study with --study, or a file with --out.");
  const wanted = { version: set.version, split, draw: { size, seed, unused } };
  if (study !== undefined) return loadFromSet(study, { ...wanted, set: set.set }, flags);
  requireNew(out!);
  const query = { split, size: String(size), seed: String(seed), unused: unused ? "1" : "0" };
  const { items, ...drawn } = await onEither<SetDrawn>(flags, {
    there: (server) =>
      server.whole(setPath(set.set, "draw"), "items", { ...query, version: set.version?.toString() }),
    here: ({ context }) => promptsOf(context, set.set, wanted),
  });
  if (!flags.dryRun) {
    const lines = items.map((item) => `${JSON.stringify(promptOf(item))}\n`).join("");
    fs.writeFileSync(out!, lines, { flag: "wx" });
  }
  const taken = { ...drawn, taken: items.length };
  if (flags.json) print(JSON.stringify({ ...taken, file: flags.dryRun ? null : out }));
  else print(`${drawnText(taken)}\n${flags.dryRun ? "Nothing was written." : `Wrote ${out}.`}`);
}

type LoadFlags = Pick<DrawFlags, "reason" | "dryRun" | "json"> & ConfigInput;

/** Loads prompts of a version into a study, and prints what came of it. */
export async function loadFromSet(
  study: string,
  wanted: PromptsWanted & { readonly set: string },
  flags: LoadFlags,
): Promise<void> {
  const asked = {
    ...wanted,
    dryRun: flags.dryRun === true,
    ...(flags.reason !== undefined && { reason: flags.reason }),
  };
  const { report, drawn } = await onEither<PromptsLoaded>(flags, {
    there: (server) => server.json(studyPath(study, "prompts"), { method: "POST", body: asked }, [422]),
    here: ({ context }) => loadPrompts(context, { ...asked, study, by: "command line" }),
  });
  if (flags.json) print(JSON.stringify({ ...report, drawn }));
  else printSaid(`${drawnText(drawn)}\n\n${reportText(report)}`);
  if (!report.done) process.exitCode = REFUSED;
}
