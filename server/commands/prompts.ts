import { type Command, InvalidArgumentError } from "commander";
import { buildPromptSet, type Built } from "../prompt-sets/build.ts";
import { BuildRefused } from "../prompt-sets/errors.ts";
import { inputsOf, overlapInputsOf } from "../prompt-sets/inputs.ts";
import { namesOfPromptRecipes, promptRecipeNamed, promptRecipeText } from "../prompt-sets/recipes/named.ts";
import { parsePromptRecipe } from "../prompt-sets/recipes/parse.ts";
import { requireNewFolder, writeFolder } from "../prompt-sets/write/folder.ts";
import { withProgress } from "./support/progress-line.ts";
import { builtJson, builtText } from "./support/prompts-text.ts";
import { addPromptSets } from "./support/prompt-sets.ts";
import { repeated } from "./support/repeated.ts";
import { print } from "./support/run.ts";

interface BuildFlags {
  readonly out?: string;
  readonly seed?: number;
  readonly without?: readonly string[];
  readonly examples: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = 3;

const HELP = `
A recipe is a YAML file: from which sources prompts come, by which rules, and how many go into training, development and
testing (docs/prompts.md). Files are named in the recipe or here, as SOURCE=FILE; a folder stands for all its files, and - for
standard input. The same files, recipe and seed give the same set, to the byte.

Examples:
  npx tiebreak prompts recipes
  npx tiebreak prompts recipe lima > ours.yaml
  npx tiebreak prompts build ours.yaml --dry-run
  npx tiebreak prompts build lima stem=dumps other=dumps wikihow=wikihowAll.csv --without authors-a --out lima-set
  npx tiebreak prompts keep lima lima-set
  npx tiebreak load haiku --prompts lima@1 --split test`;

export function promptsCommand(program: Command): void {
  const prompts = program
    .command("prompts")
    .description("build sets of prompts from community dumps and files, and keep them in versions")
    .addHelpText("after", HELP);
  addRecipes(prompts);
  prompts
    .command("build <recipe> [files...]")
    .description("read the sources of a recipe, apply its rules, draw, and write the set into a new folder")
    .option("--out <folder>", "the new folder (default: the recipe's name)")
    .option("--seed <number>", "draw with another seed than the recipe's", seedIn)
    .option("--without <source>", "leave a source out; can be repeated", repeated)
    .option("--examples <number>", "how many examples of what each rule drops are shown", countIn, EXAMPLES)
    .option("--dry-run", "show what would be built, and write nothing")
    .addHelpText(
      "after",
      "\nExamples:\n  npx tiebreak prompts build ours.yaml --dry-run\n  7z x -so cooking.7z Posts.xml | npx tiebreak prompts build ours.yaml cooking=- --out cooking-set",
    )
    .action((recipe: string, files: readonly string[], _flags: unknown, command: Command) =>
      build(recipe, files, command.optsWithGlobals<BuildFlags>()),
    );
  addPromptSets(prompts);
}

function addRecipes(prompts: Command): void {
  prompts
    .command("recipes")
    .description("list the built-in recipes for prompt sets")
    .addHelpText("after", "\nExample:\n  npx tiebreak prompts recipes")
    .action((_flags: unknown, command: Command) => {
      const recipes = namesOfPromptRecipes().map((name) => {
        const { title = "", sources } = parsePromptRecipe(promptRecipeText(name), name);
        return { name, title, sources: sources.map((source) => source.name) };
      });
      if (command.optsWithGlobals<BuildFlags>().json) return print(JSON.stringify({ recipes }));
      print(
        recipes
          .map(({ name, title, sources }) => `${name}  ${title}\n      sources: ${sources.join(", ")}`)
          .join("\n"),
      );
    });
  prompts
    .command("recipe <name>")
    .description("print a built-in recipe, as a start for your own")
    .addHelpText("after", "\nExample:\n  npx tiebreak prompts recipe lima > ours.yaml")
    .action((name: string, _flags: unknown, command: Command) => {
      const text = promptRecipeText(name);
      print(command.optsWithGlobals<BuildFlags>().json ? JSON.stringify({ name, text }) : text.trimEnd());
    });
}

async function build(nameOrFile: string, files: readonly string[], flags: BuildFlags): Promise<void> {
  const { recipe, folder } = promptRecipeNamed(nameOrFile);
  const out = flags.out ?? recipe.name;
  if (!flags.dryRun) requireNewFolder(out);
  const inputs = inputsOf({
    recipe,
    folder,
    named: namedFiles(files),
    without: flags.without ?? [],
    stdin: process.stdin,
  });
  const overlapWith = overlapInputsOf(recipe, folder);
  const built = await withProgress((line) =>
    buildPromptSet({
      ...{ recipe, inputs, overlapWith, examples: flags.examples },
      seed: flags.seed ?? recipe.seed,
      onProgress: (progress) => line.show({ ...progress, of: null, unit: "rows" }),
    }),
  );
  const written = flags.dryRun ? null : { folder: out, files: writeFolder(built, out) };
  tell(built, written, flags);
}

function tell(
  built: Built,
  written: { folder: string; files: readonly string[] } | null,
  { json }: BuildFlags,
): void {
  print(json ? JSON.stringify(builtJson(built, written)) : builtText(built, written));
}

/** `stem=dumps` twice names two files of one source. */
function namedFiles(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>();
  for (const file of files) {
    const [, source, path] = /^([a-z\d][a-z\d-]*)=(.+)$/.exec(file) ?? [];
    if (source === undefined || path === undefined)
      throw new BuildRefused(`“${file}” is not SOURCE=FILE, such as stem=dumps.`);
    named.set(source, [...(named.get(source) ?? []), path]);
  }
  return named;
}

const wholeIn =
  (what: string) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
    throw new InvalidArgumentError(`${what} is a whole number from 0.`);
  };
const seedIn = wholeIn("A seed");
const countIn = wholeIn("It");
