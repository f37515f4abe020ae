import fs from "node:fs";
import path from "node:path";
import { inProject } from "../../in-project.ts";
import { BuildRefused } from "../errors.ts";
import { parsePromptRecipe, type ReadyRecipe } from "./parse.ts";

const FOLDER = ["server", "prompt-sets", "recipes", "built-in"];
const RECIPE_BYTES_MAX = 1_000_000;

/** The names of the recipes that come with Tiebreak. */
export const namesOfPromptRecipes = (): string[] =>
  fs
    .readdirSync(inProject(...FOLDER))
    .flatMap((file) => (file.endsWith(".yaml") ? [file.slice(0, -".yaml".length)] : []))
    .sort();

/** A built-in recipe as it is written. @throws BuildRefused where there is none of this name */
export function promptRecipeText(name: string): string {
  const names = namesOfPromptRecipes();
  if (names.includes(name)) return fs.readFileSync(inProject(...FOLDER, `${name}.yaml`), "utf8");
  throw new BuildRefused(
    `“${name}” is neither a file nor a built-in recipe. The built-in ones are ${names.join(", ")}.`,
  );
}

/** The recipe in a file, or the built-in one of this name, and the folder that its paths start from. @throws BuildRefused */
export function promptRecipeNamed(nameOrFile: string): {
  readonly recipe: ReadyRecipe;
  readonly folder: string;
} {
  const stat = fs.statSync(nameOrFile, { throwIfNoEntry: false });
  if (!stat?.isFile())
    return { recipe: parsePromptRecipe(promptRecipeText(nameOrFile), nameOrFile), folder: "." };
  if (stat.size > RECIPE_BYTES_MAX) throw new BuildRefused(`${nameOrFile} is too large for a recipe.`);
  const text = fs.readFileSync(nameOrFile, "utf8");
  const folder = path.dirname(nameOrFile);
  const recipe = parsePromptRecipe(text, path.parse(nameOrFile).name.toLowerCase());
  return { recipe, folder };
}
