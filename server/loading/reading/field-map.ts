import {
  columnSource,
  columnText,
  type ColumnSource,
  type Fields,
  setField,
  takenBy,
  valueFrom,
} from "./column-source.ts";
import type { ValuesSeen } from "./translation.ts";

export { type Fields, setField } from "./column-source.ts";

/** Where one of our fields comes from in a file: a column of theirs, a constant, or nowhere. */
export type FieldSource = ColumnSource | { readonly constant: string } | { readonly ignored: true };

/** Our field names to their sources, as `ours=theirs,ours:=value,ours=` says. */
export type FieldMap = ReadonlyMap<string, FieldSource>;

class FieldMapWrong extends Error {
  override readonly name = "FieldMapWrong";
}

/**
 * Reads `ours=theirs,…`: `ours:=value` sets a constant and `ours=` ignores a field; what `theirs` may be, see
 * `columnSource`. A comma in a name is written `\,`. @throws FieldMapWrong
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
    map.set(
      ours,
      isConstant ? { constant: theirs } : theirs === "" ? { ignored: true } : columnSource(theirs),
    );
  }
  return map;
}

/** A map as it is written: what parseFieldMap makes the same map of. */
export const fieldMapText = (map: FieldMap): string =>
  [...map]
    .map(([ours, source]) => {
      if ("ignored" in source) return `${ours}=`;
      return "constant" in source ? `${ours}:=${source.constant}` : `${ours}=${columnText(source)}`;
    })
    .map((part) => part.replaceAll(",", "\\,"))
    .join(",");

/** A map for all files with one file's own on top. */
export const mergeFieldMaps = (general: FieldMap, own: FieldMap): FieldMap => new Map([...general, ...own]);

/**
 * Splits `FILE:ours=theirs,…` into the file and its map. Colons of the path stay with it: what is a file as a
 * whole has no map, else the longest beginning that is a file is the file, else the map begins at the first
 * colon behind which one can be read. @throws FieldMapWrong where no mapping follows a file that is there
 */
export function splitFileArgument(
  argument: string,
  exists: (path: string) => boolean,
): { path: string; map: FieldMap } {
  if (exists(argument)) return { path: argument, map: new Map() };
  for (let colon = argument.lastIndexOf(":"); colon > 0; colon = argument.lastIndexOf(":", colon - 1)) {
    const path = argument.slice(0, colon);
    if (exists(path)) return { path, map: parseFieldMap(argument.slice(colon + 1)) };
  }
  const mapped = /^(.*?[^:]):([^:=/\\]+:?=.*)$/s.exec(argument);
  if (mapped?.[1] && mapped[2]) return { path: mapped[1], map: parseFieldMap(mapped[2]) };
  return { path: argument, map: new Map() };
}

function splitUnescaped(text: string): string[] {
  return text.split(/(?<!\\),/).flatMap((part) => (part === "" ? [] : [part.replaceAll("\\,", ",")]));
}

/**
 * What makes of a file's rows such as the map says: our names for mapped columns, constants set, ignored fields
 * gone. A column that is mapped is not also there under its own name, nor is one that has the name of a field
 * that is mapped from elsewhere.
 * @param seen counts values that are translated; without it, one that is not listed stays
 */
export function renamer(map: FieldMap, seen: ValuesSeen | null = null): (row: Fields) => Fields {
  if (map.size === 0) return (row) => row;
  const sources = [...map];
  const columns = mappedColumns(map);
  return (row) => {
    const gone = new Set([...map.keys(), ...columns.flatMap((source) => takenBy(row, source))]);
    const renamed: Fields = {};
    for (const name of Object.keys(row)) if (!gone.has(name)) setField(renamed, name, row[name]);
    for (const [ours, source] of sources) {
      if ("constant" in source) setField(renamed, ours, source.constant);
      else if ("column" in source) {
        const value = valueFrom(row, source, { field: ours, seen });
        if (value !== undefined) setField(renamed, ours, value);
      }
    }
    return renamed;
  };
}

/** The columns of a file that a map names. */
export const mappedColumns = (map: FieldMap): ColumnSource[] =>
  [...map.values()].flatMap((source) => ("column" in source ? [source] : []));

/** All fields of a row but these, for keeping. */
export function restOf(row: Fields, used: ReadonlySet<string>): Fields {
  const rest: Fields = {};
  for (const name of Object.keys(row)) if (!used.has(name)) setField(rest, name, row[name]);
  return rest;
}
