import fs from "node:fs";
import { inProject } from "../../../in-project.ts";
import type { Fields } from "../column-source.ts";
import { valueAt } from "../paths.ts";
import { parseRecipe, type Recipe } from "./recipe.ts";

const FOLDER = ["server", "loading", "reading", "recipes", "built-in"];
let all: readonly Recipe[] | null = null;

/** The recipes that come with Tiebreak, by name. */
export function builtInRecipes(): readonly Recipe[] {
  all ??= namesOfRecipes().map((name) => parseRecipe(textOfRecipe(name), name));
  return all;
}

export const namesOfRecipes = (): string[] =>
  fs
    .readdirSync(inProject(...FOLDER))
    .flatMap((file) => (file.endsWith(".yaml") ? [file.slice(0, -".yaml".length)] : []))
    .sort();

/** A built-in recipe as it is written. */
export const textOfRecipe = (name: string): string =>
  fs.readFileSync(inProject(...FOLDER, `${name}.yaml`), "utf8");

/** The recipe that the columns of a file's first rows prove; null where they prove none. */
export function recipeFor(rows: readonly Fields[]): Recipe | null {
  const found = builtInRecipes().filter((recipe) => fits(recipe, rows));
  return found.sort((a, b) => columnsIn(b) - columnsIn(a))[0] ?? null;
}

/** The more columns prove a recipe, the more particular it is. */
const columnsIn = ({ detect }: Recipe): number =>
  detect === undefined ? 0 : detect.all.length + detect.lists.length + detect.texts.length;

/** Whether rows have what tells a recipe's files; true for a recipe of which nothing is told. */
export function fits({ detect }: Recipe, rows: readonly Fields[]): boolean {
  if (detect === undefined) return false;
  const has = (column: string) => rows.some((row) => valueAt(row, column) !== undefined);
  const isEach = (column: string, test: (value: unknown) => boolean) =>
    rows.every((row) => test(valueAt(row, column)));
  return (
    detect.all.every(has) &&
    !detect.none.some(has) &&
    detect.lists.every((column) => has(column) && isEach(column, isList)) &&
    detect.texts.every((column) => has(column) && isEach(column, isText))
  );
}

const isList = (value: unknown): boolean => value === undefined || value === null || Array.isArray(value);
const isText = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === "string" || typeof value === "number";
