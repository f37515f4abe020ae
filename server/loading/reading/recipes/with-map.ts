import type { FieldMap, FieldSource } from "../field-map.ts";
import { type Mapped, type Recipe, sourceOf } from "./recipe.ts";

/** A recipe with what the researcher maps, sets or ignores in the place of its own. */
export function withMap(recipe: Recipe, given: FieldMap): Recipe {
  const map = { ...recipe.map };
  const set = { ...recipe.set };
  for (const [ours, source] of given) {
    if (ours === "rows") continue;
    delete map[ours];
    delete set[ours];
    if ("constant" in source) set[ours] = source.constant;
    else map[ours] = "column" in source ? mappedAs(source) : null;
  }
  return { ...recipe, map, set };
}

function mappedAs({ column, translation }: Extract<FieldSource, { column: string }>): Mapped {
  if (translation === undefined) return { from: column };
  const { values, others } = translation;
  return { from: column, values: Object.fromEntries(values), ...(others === undefined ? {} : { others }) };
}

/** Where a recipe's fields come from, as far as one column says. */
export function mapOfRecipe(recipe: Recipe, given: FieldMap): FieldMap {
  const all = withMap(recipe, given);
  const mapped = Object.entries(all.map).map(([ours, theirs]): [string, FieldSource] => [
    ours,
    theirs === null ? { ignored: true } : (sourceOf(theirs) ?? { column: ours }),
  ]);
  const set = Object.entries(all.set).map(([ours, constant]): [string, FieldSource] => [ours, { constant }]);
  return new Map([...mapped, ...set]);
}

/**
 * Whether what the researcher maps leaves a recipe its meaning: a column that proves the recipe may be mapped to a field that
 * the recipe fills as well, and to no other.
 */
export function isLeftToRecipe({ detect, map, set }: Recipe, given: FieldMap): boolean {
  const proof = new Set(detect?.all ?? []);
  return [...given].every(([ours, source]) => {
    if (ours in map || ours in set) return true;
    if ("ignored" in source) return !proof.has(ours);
    return !("column" in source) || !source.column.split("+").some((column) => proof.has(column.trim()));
  });
}
