import fs from "node:fs";
import path from "node:path";
import { TiebreakError } from "../contract/errors.ts";
import { namesOfRecipes, textOfRecipe } from "./reading/recipes/built-in.ts";
import { parseRecipe, type Recipe } from "./reading/recipes/recipe.ts";

class RecipeWrong extends TiebreakError {
  constructor(message: string) {
    super("RecipeWrong", 400, message);
  }
}

const RECIPE_BYTES_MAX = 1_000_000;

/** The recipe in a file, or the built-in one of this name. @throws RecipeWrong */
export function recipeNamed(nameOrFile: string): Recipe {
  return isFile(nameOrFile) ? recipeInFile(nameOrFile) : builtInRecipe(nameOrFile);
}

/** @throws RecipeWrong where there is none of this name */
export const builtInRecipe = (name: string): Recipe => parseRecipe(builtInText(name), name);

/** The built-in recipe of this name, or the one that this text is. @throws Error, RecipeWrong */
export const recipeOf = (nameOrText: string): Recipe =>
  /[\n:]/.test(nameOrText) ? parseRecipe(nameOrText, "recipe") : builtInRecipe(nameOrText);

/** A built-in recipe as it is written. @throws RecipeWrong where there is none of this name */
export function builtInText(name: string): string {
  const names = namesOfRecipes();
  if (names.includes(name)) return textOfRecipe(name);
  throw new RecipeWrong(
    `“${name}” is neither a file nor a built-in recipe. The built-in ones are ${names.join(", ")}.`,
  );
}

function recipeInFile(file: string): Recipe {
  if (fs.statSync(file).size > RECIPE_BYTES_MAX) throw new RecipeWrong(`${file} is too large for a recipe.`);
  const { name } = path.parse(file);
  try {
    return parseRecipe(fs.readFileSync(file, "utf8"), name);
  } catch (error) {
    throw new RecipeWrong(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const isFile = (file: string): boolean => fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
