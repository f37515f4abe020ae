import fs from "node:fs";
import { inProject } from "../../../in-project.ts";
import type { Fields } from "../column-source.ts";
import type { FieldMap } from "../field-map.ts";
import { unpacked, valueAt } from "../paths.ts";
import { parseRecipe, type Recipe } from "./recipe.ts";
import { isLeftToRecipe } from "./with-map.ts";

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

/**
 * The recipe that the columns of a file's first rows prove; null where they prove none, or where the researcher maps them to
 * something else.
 */
export function recipeFor(rows: readonly Fields[], given: FieldMap): Recipe | null {
  const found = builtInRecipes().filter((recipe) => fits(recipe, rows) && isLeftToRecipe(recipe, given));
  return found.sort((a, b) => columnsIn(b) - columnsIn(a))[0] ?? null;
}

/** The more columns prove a recipe, the more particular it is. */
const columnsIn = ({ detect }: Recipe): number =>
  detect === undefined ? 0 : detect.all.length + detect.lists.length + detect.texts.length;

/** Whether rows have the columns by which a recipe detects its files; true for a recipe that names none. */
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

const isNone = (value: unknown): boolean => value === undefined || value === null;
const isList = (value: unknown): boolean => isNone(value) || Array.isArray(unpacked(value));
const isText = (value: unknown): boolean =>
  isNone(value) || typeof value === "number" || (typeof value === "string" && !isMessages(unpacked(value)));
const isMessages = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "object" && one !== null);
