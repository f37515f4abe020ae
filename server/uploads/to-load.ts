import type { ColumnUse, UploadSettings } from "../contract/uploads.ts";
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

/** What is chosen for columns, as a map of our fields. Several columns of the prompt are joined, in their order. */
function mapOf(columns: NonNullable<UploadSettings["columns"]>): FieldMap {
  const map = new Map<string, FieldSource>();
  const of = (use: ColumnUse) => Object.keys(columns).filter((name) => columns[name] === use);
  for (const use of new Set(Object.values(columns))) {
    const names = of(use);
    if (use === "left out") for (const name of names) map.set(name, { ignored: true });
    else if (use === "metadata") for (const name of names) map.set(name, columnSource(name));
    else map.set(use, columnSource(use === "prompt" ? names.join("+") : (names.at(-1) ?? "")));
  }
  return map;
}
