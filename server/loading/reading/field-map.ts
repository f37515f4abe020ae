/** Where one of our fields comes from in a file: a column of theirs, a constant, or nowhere. */
export type FieldSource =
  { readonly column: string } | { readonly constant: string } | { readonly ignored: true };

/** Our field names to their sources, as `ours=theirs,ours:=value,ours=` says. */
export type FieldMap = ReadonlyMap<string, FieldSource>;

export class FieldMapWrong extends Error {
  override readonly name = "FieldMapWrong";
}

/**
 * Reads `ours=theirs,…`: `ours:=value` sets a constant and `ours=` ignores a field. A comma in a name is
 * written `\,`. @throws FieldMapWrong
 */
export function parseFieldMap(text: string): FieldMap {
  const map = new Map<string, FieldSource>();
  for (const part of splitUnescaped(text)) {
    const equals = part.indexOf("=");
    if (equals < 1)
      throw new FieldMapWrong(`“${part}” is no mapping. Write ours=theirs, ours:=value or ours=.`);
    const isConstant = part[equals - 1] === ":";
    const ours = part.slice(0, isConstant ? equals - 1 : equals).trim();
    const theirs = part.slice(equals + 1);
    if (ours === "") throw new FieldMapWrong(`“${part}” names no field of ours.`);
    if (map.has(ours)) throw new FieldMapWrong(`The field ${ours} is mapped twice.`);
    map.set(ours, isConstant ? { constant: theirs } : theirs === "" ? { ignored: true } : { column: theirs });
  }
  return map;
}

/** A map for all files with one file's own on top. */
export const mergeFieldMaps = (general: FieldMap, own: FieldMap): FieldMap => new Map([...general, ...own]);

/**
 * Splits `FILE:ours=theirs,…` into the file and its map. A colon that belongs to the path stays with it: what
 * follows the last colon is a map only if it holds `=` and the whole is not a file of its own.
 */
export function splitFileArgument(
  argument: string,
  exists: (path: string) => boolean,
): { path: string; map: FieldMap } {
  if (exists(argument)) return { path: argument, map: new Map() };
  for (let colon = argument.indexOf(":"); colon > 0; colon = argument.indexOf(":", colon + 1)) {
    const [path, rest] = [argument.slice(0, colon), argument.slice(colon + 1)];
    if (exists(path) && rest.includes("=")) return { path, map: parseFieldMap(rest) };
  }
  const mapped = /^(.*?[^:]):([^:=/\\]+:?=.*)$/.exec(argument);
  if (mapped?.[1] && mapped[2]) return { path: mapped[1], map: parseFieldMap(mapped[2]) };
  return { path: argument, map: new Map() };
}

function splitUnescaped(text: string): string[] {
  return text.split(/(?<!\\),/).flatMap((part) => (part === "" ? [] : [part.replaceAll("\\,", ",")]));
}

export type Fields = Record<string, unknown>;

/**
 * A row as the map says: our names for mapped columns, constants set, ignored fields gone. A column that is
 * mapped is not also there under its own name. Names that objects treat specially are dropped.
 */
export function mapFields(row: Fields, map: FieldMap): Fields {
  if (map.size === 0) return row;
  const mapped: Fields = Object.create(null) as Fields;
  const taken = new Set([...map.values()].flatMap((source) => ("column" in source ? [source.column] : [])));
  for (const key of Object.keys(row)) {
    if (!taken.has(key) && !map.has(key)) mapped[key] = row[key];
  }
  for (const [ours, source] of map) {
    if ("constant" in source) mapped[ours] = source.constant;
    else if ("column" in source && Object.hasOwn(row, source.column)) mapped[ours] = row[source.column];
  }
  return mapped;
}

const DANGEROUS = new Set(["__proto__", "constructor", "prototype"]);

/** All fields of a row but these, for keeping. */
export function restOf(row: Fields, used: ReadonlySet<string>): Fields {
  const rest: Fields = {};
  for (const key of Object.keys(row)) if (!used.has(key) && !DANGEROUS.has(key)) rest[key] = row[key];
  return rest;
}
