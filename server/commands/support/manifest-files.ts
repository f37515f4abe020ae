import fs from "node:fs";
import path from "node:path";
import type { FileToLoad } from "../../loading/file-to-load.ts";
import { recipeNamed } from "../../loading/named-recipe.ts";
import { type FieldMap, mergeFieldMaps } from "../../loading/reading/field-map.ts";
import { readManifest } from "../../loading/reading/manifest.ts";
import type { Recipe } from "../../loading/reading/recipes/recipe.ts";

/** How a file is read, whatever it is called. */
export type FileSettings = Omit<FileToLoad["options"], "fileName">;

const NOTHING_SAID: FileSettings = {
  ...{ format: null, recipe: null, system: null, annotator: null, encoding: null, group: null },
  map: new Map(),
};

export const fileToLoad = (file: string, settings: FileSettings): FileToLoad => ({
  path: file,
  options: { ...settings, fileName: file },
});

/**
 * The files that a manifest lists, relative to its folder.
 * @param common what goes for files of which the manifest says nothing else
 * @throws Error where the manifest cannot be read
 */
export function filesOfManifest(
  text: string,
  folder: string,
  common: FileSettings & { map: FieldMap } = NOTHING_SAID,
): FileToLoad[] {
  return readManifest(text).map((entry) =>
    fileToLoad(path.resolve(folder, entry.file), {
      format: entry.format ?? common.format,
      recipe: entry.recipe === null ? (common.recipe ?? null) : recipeFrom(entry.recipe, folder),
      system: entry.system ?? common.system,
      annotator: entry.annotator ?? common.annotator,
      encoding: entry.encoding ?? common.encoding ?? null,
      near: common.near ?? false,
      group: entry.group ?? common.group,
      map: mergeFieldMaps(common.map, entry.map),
    }),
  );
}

/** A recipe that a manifest names: a file in its folder, or a built-in one. */
function recipeFrom(name: string, folder: string): Recipe {
  const file = path.resolve(folder, name);
  return recipeNamed(fs.existsSync(file) ? file : name);
}
