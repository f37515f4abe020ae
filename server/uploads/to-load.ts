import type { UploadSettings } from "../contract/uploads.ts";
import type { FileToLoad } from "../loading/file-to-load.ts";
import { recipeOf } from "../loading/named-recipe.ts";
import { columnSource } from "../loading/reading/column-source.ts";
import { ENCODING_UNKNOWN, isEncoding } from "../loading/reading/encodings.ts";
import {
  type FieldMap,
  type FieldSource,
  mergeFieldMaps,
  parseFieldMap,
} from "../loading/reading/field-map.ts";
import { FORMAT_UNKNOWN, formatNamed } from "../loading/reading/format-name.ts";
import { parseGroupName } from "../loading/reading/group-name.ts";
import { UploadSettingWrong } from "./errors.ts";
import { pathOf, type UploadPlace } from "./folder.ts";
import type { WaitingFile } from "./waiting-file.ts";

/**
 * A file that waits, as loading takes it. It is called by its whole path, which may name a system, unless it was named by itself.
 * @throws UploadSettingWrong where its settings name what there is not
 */
export function toLoad(place: UploadPlace, file: Omit<WaitingFile, "id" | "bytes">): FileToLoad {
  const { name, key, settings } = file;
  const { system = null, annotator = null, encoding = null, near = false, isNamed = false } = settings;
  if (encoding !== null && !isEncoding(encoding))
    throw new UploadSettingWrong(`The encoding ${encoding} ${ENCODING_UNKNOWN}`);
  const options = {
    ...{ ...readAs(settings), system, annotator, encoding, near, fileName: name },
    ...{ group: groupOf(settings), map: wholeMap(settings) },
  };
  return { path: pathOf(place, key), options, isFound: !isNamed };
}

const GROUPS = { crowd: "crowd", author: "authors", model: "model" } as const;

function groupOf({ judgedBy = null, group = null }: UploadSettings): FileToLoad["options"]["group"] {
  if (group === null) return judgedBy === null ? null : { name: GROUPS[judgedBy], kind: judgedBy };
  const named = parseGroupName(group);
  if (named) return named;
  throw new UploadSettingWrong(`The group ${group}: write NAME, or NAME:crowd, NAME:author, NAME:model.`);
}

/** The format or the recipe that was chosen; a format that has become a recipe is that. */
function readAs(settings: UploadSettings): Pick<FileToLoad["options"], "format" | "recipe"> {
  const { format = null, recipe = null } = settings;
  try {
    const named = format === null ? { format: null, recipe: null } : formatNamed(format);
    if (named === null) throw new Error(`The format ${format} ${FORMAT_UNKNOWN}`);
    const wanted = recipe ?? named.recipe;
    return { format: named.format, recipe: wanted === null ? null : recipeOf(wanted) };
  } catch (error) {
    throw new UploadSettingWrong((error as Error).message);
  }
}

function wholeMap({ columns = {}, map = "" }: UploadSettings): FieldMap {
  try {
    return mergeFieldMaps(parseFieldMap(map), mapOf(columns));
  } catch (error) {
    throw new UploadSettingWrong((error as Error).message);
  }
}

/**
 * What is chosen for columns, as a map of our fields. Several columns of the prompt are joined, in their order. A column that is
 * called as a field of which another column is chosen has no other use, and is kept, if so chosen, under another name.
 */
function mapOf(columns: NonNullable<UploadSettings["columns"]>): FieldMap {
  const map = new Map<string, FieldSource>();
  const all = Object.entries(columns);
  for (const [name, use] of all) {
    if (use === "left out" || use === "metadata") continue;
    const parts = all.filter(([, other]) => other === use).map(([other]) => other);
    map.set(use, columnSource(use === "prompt" ? parts.join("+") : name));
  }
  for (const [name, use] of all) {
    if (use === "metadata") map.set(map.has(name) ? `${name}_in_file` : name, columnSource(name));
    if (use === "left out" && !map.has(name)) map.set(name, { ignored: true });
  }
  return map;
}
