import { type Fields, setField } from "./field-map.ts";

/**
 * A row without what stands at the end of these paths (`response.body.choices.0`), and without what is empty then: what
 * a reader did not use, for keeping. The row itself stays as it is.
 */
export function restWithout(row: Fields, paths: readonly string[]): Fields {
  let rest: unknown = row;
  for (const path of paths) rest = without(rest, path.split("."));
  return (rest ?? {}) as Fields;
}

/** @returns undefined where nothing is left */
function without(value: unknown, [name = "", ...deeper]: readonly string[]): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return value;
  const inner = deeper.length === 0 ? undefined : without((value as Fields)[name], deeper);
  if (Array.isArray(value)) {
    const list = value.map((one: unknown, i) => (i === Number(name) ? inner : one));
    const kept = list.filter((one) => one !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  const rest: Fields = {};
  for (const [key, one] of Object.entries(value)) {
    const left = key === name ? inner : (one as unknown);
    if (left !== undefined) setField(rest, key, left);
  }
  return Object.keys(rest).length === 0 ? undefined : rest;
}
