import type { Upload } from "../../../../server/contract/uploads.ts";

/** Files with the same columns that are read alike, together: one change is for all of them. Those without rows come last, as one. */
export function alikeFiles(files: readonly Upload[]): Upload[][] {
  const groups = new Map<string, Upload[]>();
  for (const file of files) {
    const key = file.leftOut !== null ? LAST : signatureOf(file);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups].sort(([a], [b]) => Number(a === LAST) - Number(b === LAST)).map(([, group]) => group);
}

const LAST = "";

/** Files without columns of their own, such as archives, are like no other. */
const signatureOf = ({ id, columns }: Upload): string =>
  columns.length === 0 ? String(id) : JSON.stringify(columns.map(({ name }) => name).sort());

/** Problems that go away once somebody chooses what the columns are. */
const UNCLEAR: ReadonlySet<string> = new Set(["FormatUnknown", "ColumnsUnclear", "FieldMissing"]);

export const isUnclear = ({ problem }: Upload): boolean => problem !== null && UNCLEAR.has(problem.name);
