import { containerOf, rawRows } from "./containers.ts";
import type { Fields } from "./field-map.ts";
import type { FileOptions } from "./options.ts";
import { Unreadable } from "./unreadable.ts";

/** The first rows of a file under its own names, as far as they can be read; none where it has no rows. */
export async function firstRows(path: string, options: FileOptions, count: number): Promise<Fields[]> {
  const rows: Fields[] = [];
  try {
    const container = await containerOf(path, options);
    if (typeof container !== "object" || container === null) return [];
    for await (const batch of rawRows(path, container, { under: null, howFar: undefined })) {
      rows.push(...batch.flatMap((row) => ("fields" in row ? [row.fields] : [])));
      if (rows.length >= count) break;
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return rows.slice(0, count);
}
