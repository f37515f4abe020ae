import type { UploadSettings } from "../contract/uploads.ts";
import type { FileToLoad } from "../loading/file-to-load.ts";
import { columnSource } from "../loading/reading/column-source.ts";
import type { FieldMap, FieldSource } from "../loading/reading/field-map.ts";
import { pathOf, type UploadPlace } from "./folder.ts";
import type { WaitingFile } from "./store.ts";

/** A file that waits, as loading takes it. It is called by its whole path, which may name a system. */
export function toLoad(place: UploadPlace, { name, key, settings }: WaitingFile): FileToLoad {
  const { system = null, judgedBy = null } = settings;
  const group = judgedBy === null ? null : { name: GROUPS[judgedBy], kind: judgedBy };
  const map = mapOf(settings.columns ?? {});
  const options = { format: null, map, system, group, annotator: null, fileName: name };
  return { path: pathOf(place, key), options, isFound: true };
}

const GROUPS = { crowd: "crowd", author: "authors", model: "model" } as const;

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
