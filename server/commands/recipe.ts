import type { Command } from "commander";
import { builtInText, recipeNamed } from "../loading/named-recipe.ts";
import { builtInRecipes } from "../loading/reading/recipes/built-in.ts";
import { faultsOfExample } from "../loading/reading/recipes/check.ts";
import { print } from "./support/run.ts";

interface RecipeFlags {
  readonly json?: boolean;
}

const FAULTY = 2;

const HELP = `
A recipe is a small YAML file that describes how files of one kind are read: which column is what, and how its
values translate (docs/recipes.md). “load --recipe” reads files by one.

Examples:
  npx tiebreak recipe list
  npx tiebreak recipe show shp > ours.yaml
  npx tiebreak recipe check ours.yaml
  npx tiebreak load haiku votes.jsonl --recipe ours.yaml --dry-run`;

export function recipeCommand(program: Command): void {
  const recipe = program
    .command("recipe")
    .description("list the built-in recipes, print one, or test one of your own")
    .addHelpText("after", HELP);
  recipe
    .command("list")
    .description("list the built-in recipes and what they read")
    .addHelpText("after", "\nExample:\n  npx tiebreak recipe list")
    .action((_flags: unknown, command: Command) => listRecipes(command.optsWithGlobals<RecipeFlags>()));
  recipe
    .command("show <name>")
    .description("print a built-in recipe, as a start for your own")
    .addHelpText("after", "\nExample:\n  npx tiebreak recipe show shp > ours.yaml")
    .action((name: string, _flags: unknown, command: Command) => {
      const text = builtInText(name);
      print(command.optsWithGlobals<RecipeFlags>().json ? JSON.stringify({ name, text }) : text.trimEnd());
    });
  recipe
    .command("check <recipe>")
    .description("check a recipe, and whether its example becomes what it should")
    .addHelpText("after", "\nExample:\n  npx tiebreak recipe check ours.yaml")
    .action((name: string, _flags: unknown, command: Command) =>
      checkRecipe(name, command.optsWithGlobals<RecipeFlags>()),
    );
}

function listRecipes({ json }: RecipeFlags): void {
  const recipes = builtInRecipes().map(({ name, title = "", source = null }) => ({ name, title, source }));
  if (json) return print(JSON.stringify({ recipes }));
  const width = Math.max(...recipes.map(({ name }) => name.length));
  print(recipes.map(({ name, title }) => `${name.padEnd(width)}  ${title}`).join("\n"));
}

function checkRecipe(nameOrFile: string, { json }: RecipeFlags): void {
  const recipe = recipeNamed(nameOrFile);
  const faults = faultsOfExample(recipe);
  if (json) print(JSON.stringify({ name: recipe.name, hasExample: faults !== null, faults: faults ?? [] }));
  else print(checkText(recipe.name, faults));
  if (faults !== null && faults.length > 0) process.exitCode = FAULTY;
}

function checkText(name: string, faults: readonly string[] | null): string {
  if (faults === null)
    return `The recipe ${name} can be used. It has no example: add one (example: rows, becomes) to test what it makes of a row.`;
  if (faults.length === 0) return `The recipe ${name} can be used, and its example becomes what it should.`;
  return [`The example of ${name} does not become what it should:`, ...faults.map((one) => `  ${one}`)].join(
    "\n",
  );
}
