import type { Fields } from "./field-map.ts";

const OBJECT = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Where the rows of a file stand that is a single object: under which of its names a list of objects is. Null where there
 * is nothing of the kind.
 */
export function nestedAdvice(rows: readonly Fields[], file: string): string | null {
  const [row] = rows;
  if (!row || rows.length > 1) return null;
  const lists = listsIn(row, "", 0);
  const [first] = lists;
  if (first) {
    const what = lists
      .map(({ path, count }) => `${count} ${count === 1 ? "row" : "rows"} under ${path}`)
      .join(", ");
    return `The file is one object, with ${what}. Say which are meant: '${file}:rows=${first.path}'. Mapped fields follow after commas: rows=${first.path},prompt=THEIRS.`;
  }
  const values = Object.values(row);
  if (values.length === 0 || !values.every(OBJECT)) return null;
  const names = Object.keys(row).slice(0, 3).join(", ");
  return `The file is one object with ${values.length} objects under ${names}…, not a list. Write them as JSON lines (jq -c '.[]' ${file} > rows.jsonl).`;
}

function listsIn(value: Fields, above: string, depth: number): { path: string; count: number }[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = above === "" ? name : `${above}.${name}`;
    if (Array.isArray(inner) && inner.length > 0 && inner.every(OBJECT))
      return [{ path, count: inner.length }];
    return depth < 2 && OBJECT(inner) ? listsIn(inner, path, depth + 1) : [];
  });
}
