import { FORMATS, type FormatName } from "./options.ts";
import { namesOfRecipes } from "./recipes/built-in.ts";

/**
 * What a format's name stands for: a reader, or a built-in recipe, which was a reader of that name with `_` for `-`
 * (`arena_votes`). Null: there is none.
 */
export function formatNamed(name: string): { format: FormatName | null; recipe: string | null } | null {
  const format = FORMATS.find((one) => one === name) ?? null;
  if (format !== null) return { format, recipe: null };
  const recipe = name.replaceAll("_", "-");
  return namesOfRecipes().includes(recipe) ? { format, recipe } : null;
}

/** What a format's name must be, for whoever gave another. */
export const FORMAT_UNKNOWN = `must be one of ${FORMATS.join(", ")}; recipes read further formats (npx tiebreak recipe list).`;
