import { containerOf, rawRows } from "../../loading/reading/containers.ts";
import type { FileOptions } from "../../loading/reading/options.ts";
import type { RawRow } from "../../loading/reading/raw-row.ts";
import { Unreadable } from "../../loading/reading/unreadable.ts";
import { BuildRefused } from "../errors.ts";
import type { Input } from "./input.ts";

/**
 * The rows of a file of any kind that loading reads (JSON, lines of JSON, columns, Parquet, a workbook) under their own names, in
 * batches, whatever the size of the file.
 * @throws BuildRefused where it holds no rows
 */
export async function* fileRows({ path, name }: Input): AsyncGenerator<RawRow[]> {
  if (path === null) throw new BuildRefused("These rows are read from files, not from standard input.");
  const options: FileOptions = {
    ...{ format: null, map: new Map(), system: null, group: null, annotator: null },
    fileName: name,
  };
  try {
    const container = await containerOf(path, options);
    if (container === null) throw new BuildRefused(`${name} is empty.`);
    if (typeof container === "string") throw new BuildRefused(`${name}: ${container}`);
    yield* rawRows(path, container, { under: null, howFar: undefined });
  } catch (error) {
    if (error instanceof Unreadable) throw new BuildRefused(`${name}: ${error.message}`);
    throw error;
  }
}
