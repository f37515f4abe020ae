import { NotInEncoding } from "./bytes.ts";
import { containerOf, rawRows } from "./containers.ts";
import type { Fields } from "./field-map.ts";
import type { FileOptions } from "./options.ts";

/** The first rows of a file under its own names, as far as they can be read; none where it has no rows. */
export async function firstRows(path: string, options: FileOptions, count: number): Promise<Fields[]> {
  const container = containerOf(path, options);
  if (typeof container !== "object" || container === null) return [];
  const rows: Fields[] = [];
  try {
    for await (const batch of rawRows(path, container, null)) {
      rows.push(...batch.flatMap((row) => ("fields" in row ? [row.fields] : [])));
      if (rows.length >= count) break;
    }
  } catch (error) {
    if (!(error instanceof NotInEncoding)) throw error;
  }
  return rows.slice(0, count);
}
