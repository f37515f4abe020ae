import { isDeepStrictEqual } from "node:util";
import type { Fields } from "../column-source.ts";
import type { FileOptions } from "../options.ts";
import { RowFault } from "../records.ts";
import { shown } from "../values.ts";
import { fits } from "./built-in.ts";
import type { Recipe } from "./recipe.ts";
import { RecipeRows } from "./rows.ts";

/**
 * What is wrong with what a recipe makes of its own example: rows too many or too few, and fields that differ from what must
 * come out. Fields that are not listed there may hold anything. Null where the recipe has no example.
 */
export function faultsOfExample(recipe: Recipe): string[] | null {
  const { example, name, detect } = recipe;
  if (example === undefined) return null;
  const options: FileOptions = {
    ...{ format: null, map: new Map(), system: null, group: null, annotator: null },
    fileName: name,
  };
  const rows = new RecipeRows(recipe, options);
  const faults =
    detect !== undefined && !fits(recipe, example.rows) ? ["detect: the example does not fit"] : [];
  const made = example.rows.flatMap((row, i): Fields[] => {
    try {
      return rows.make(row);
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      if (error.name !== "ValueUnknown") faults.push(`example row ${i + 1}: ${error.message}`);
      return [];
    }
  });
  for (const { message } of [...rows.missing(), ...rows.problems()]) faults.push(message);
  if (faults.length > 0) return faults;
  const { becomes } = example;
  if (made.length !== becomes.length)
    return [`The example becomes ${made.length} rows, not ${becomes.length}: ${shown(made)}.`];
  return becomes.flatMap((wanted, i) => differences(wanted, made[i] ?? {}, i + 1));
}

const differences = (wanted: Fields, made: Fields, row: number): string[] =>
  Object.entries(wanted).flatMap(([field, value]) =>
    isSame(value, made[field])
      ? []
      : [
          `row ${row}, ${field}: must be ${shown(value)}, is ${field in made ? shown(made[field]) : "missing"}`,
        ],
  );

/** Numbers, true and false are the same as their words, as they are in a row. */
const isSame = (a: unknown, b: unknown): boolean =>
  isDeepStrictEqual(a, b) || (isScalar(a) && isScalar(b) && String(a) === String(b));
const isScalar = (value: unknown): value is string | number | boolean =>
  ["string", "number", "boolean"].includes(typeof value);
