import fs from "node:fs";
import path from "node:path";
import type { Fields } from "../../../server/loading/reading/field-map.ts";
import { builtInRecipes } from "../../../server/loading/reading/recipes/built-in.ts";

/** Rows of one kind of file. `isWhole`: the one row is the file's whole JSON document. */
export interface Fixture {
  readonly name: string;
  readonly rows: readonly Fields[];
  readonly isWhole: boolean;
}

const page = fs.readFileSync(path.resolve(import.meta.dirname, "../../../docs/formats.md"), "utf8");

/** The examples of the page about formats, but those in CSV, whose columns the others have too, and of the recipes. */
export const FIXTURES: readonly Fixture[] = [
  ...[...page.matchAll(/^```(jsonl?) (\w+)\n([\s\S]*?)^```$/gm)].map(
    ([, ending, name = "", text = ""]): Fixture => {
      const value: unknown =
        ending === "jsonl"
          ? text
              .trim()
              .split("\n")
              .map((line) => JSON.parse(line) as unknown)
          : JSON.parse(text);
      return Array.isArray(value)
        ? { name, rows: value as Fields[], isWhole: false }
        : { name, rows: [value as Fields], isWhole: true };
    },
  ),
  ...builtInRecipes().flatMap(({ name, example }): Fixture[] =>
    example ? [{ name, rows: example.rows, isWhole: false }] : [],
  ),
];

/** A whole number from 0 to below `n`. */
type Draw = (n: number) => number;

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** All objects of a value, itself first. */
function objectsIn(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

const retyped = (value: unknown): unknown => {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return /^\d+$/.test(value) ? Number(value) : [value];
  return isObject(value) ? [value] : JSON.stringify(value);
};

const setAll = (object: Fields, entries: [string, unknown][]) => {
  for (const key of Object.keys(object)) delete object[key];
  Object.assign(object, Object.fromEntries(entries));
};

/** What may happen to a field: in one object, or in every row alike. */
const OF_FIELDS: Record<string, (object: Fields, key: string, mark: string) => void> = {
  drop: (object, key) => void delete object[key],
  rename: (object, key) =>
    setAll(
      object,
      Object.entries(object).map(([name, value]) => [name === key ? "zebra" : name, value]),
    ),
  retype: (object, key) => void (object[key] = retyped(object[key])),
  empty: (object, key) => void (object[key] = null),
  reorder: (object) => setAll(object, Object.entries(object).reverse()),
  "duplicate as": (object, key) => void (object[`${key}_2`] = object[key]),
  "add beside": (object, _key, mark) => void (object.zebra = mark),
  mark: (object, key, mark) => {
    if (typeof object[key] === "string") object[key] += ` ${mark}`;
  },
};

const OF_ROWS: Record<string, (rows: Fields[], mark: string) => void> = {
  "reverse rows": (rows) => void rows.reverse(),
  "duplicate a row": (rows) => void rows.push(structuredClone(rows[0] ?? {})),
  "duplicate a row with another value": (rows, mark) =>
    void rows.push({ ...structuredClone(rows[0]), zebra: mark }),
};

interface Mutated {
  /** What was done, in words. */
  readonly done: string;
  readonly rows: Fields[];
}

const pick = <T>(all: readonly T[], draw: Draw): T => all[draw(all.length)] as T;

/** The fixture's rows with one to three things done to them. */
export function mutated({ rows: given }: Fixture, draw: Draw): Mutated {
  const rows = structuredClone(given) as Fields[];
  const done: string[] = [];
  for (let left = 1 + draw(2); left > 0; left--) {
    const mark = `zq${draw(1e6)}é`;
    if (draw(6) === 0) {
      const how = pick(Object.keys(OF_ROWS), draw);
      OF_ROWS[how]?.(rows, mark);
      done.push(how);
      continue;
    }
    const how = pick(Object.keys(OF_FIELDS), draw);
    const isEverywhere = draw(2) === 0;
    const objects = objectsIn(rows).filter((object) => Object.keys(object).length > 0);
    if (objects.length === 0) break;
    const object = isEverywhere ? pick(rows, draw) : pick(objects, draw);
    const key = pick(Object.keys(object), draw);
    if (key === undefined) continue;
    for (const one of isEverywhere ? rows : [object])
      if (Object.hasOwn(one, key)) OF_FIELDS[how]?.(one, key, mark);
    done.push(`${how} ${key}${isEverywhere ? " everywhere" : ""}`);
  }
  return { done: done.join(", "), rows };
}

export interface Leaf {
  /** The names of the fields that lead to it, from the outside. */
  readonly path: readonly (string | number)[];
  readonly value: string | number | boolean;
}

/** All values of a row that say anything. */
export function leavesIn(value: unknown, path: readonly (string | number)[] = []): Leaf[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) return value.flatMap((one, i) => leavesIn(one, [...path, i]));
  if (isObject(value)) return Object.entries(value).flatMap(([key, one]) => leavesIn(one, [...path, key]));
  return [{ path, value: value as Leaf["value"] }];
}

/** The rows with another value at the end of a path. */
export function withValueAt(
  rows: readonly Fields[],
  path: readonly (string | number)[],
  value: unknown,
): Fields[] {
  const all = structuredClone(rows) as Fields[];
  let at: Record<string | number, unknown> = all as unknown as Record<number, unknown>;
  for (const name of path.slice(0, -1)) at = at[name] as Record<string | number, unknown>;
  at[path.at(-1) ?? ""] = value;
  return all;
}

const SEPARATORS = [",", ";", "\t", "|"];
const quoted = (value: unknown, separator: string): string => {
  const text =
    value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
  return text.includes(separator) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** How a file's rows are written: `ending` of its name, and whether nested values are texts. */
export interface Writing {
  readonly name: string;
  readonly ending: string;
  /** Rows that can be written so: all, those of several rows, or those without values in values. */
  readonly takes: "all" | "rows" | "flat";
  /** As `--encoding` names it. */
  readonly encoding?: string;
  /** Null where the encoding has not all of the characters. */
  readonly write: (fixture: Fixture, rows: readonly Fields[]) => Buffer | null;
}

const asJson = ({ isWhole }: Fixture, rows: readonly Fields[]) =>
  JSON.stringify(isWhole && rows.length === 1 ? rows[0] : rows);

const columns = (rows: readonly Fields[], separator: string) => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return `${lines.map((line) => line.map((one) => quoted(one, separator)).join(separator)).join("\n")}\n`;
};

const lines = (rows: readonly Fields[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

/** The characters of an encoding of one or two bytes each, with these. */
function codesOf(encoding: string): ReadonlyMap<string, number[]> {
  const decoder = new TextDecoder(encoding);
  const codes = new Map<string, number[]>();
  for (let first = 0; first < 256; first++) {
    for (let second = 0x40; second < 256; second++)
      codes.set(decoder.decode(Uint8Array.of(first, second)), [first, second]);
  }
  for (let byte = 0; byte < 256; byte++) codes.set(decoder.decode(Uint8Array.of(byte)), [byte]);
  return codes;
}

/** Null where not all characters are among them. */
function encoded(text: string, codes: ReadonlyMap<string, number[]>): Buffer | null {
  const bytes = [...text].map((character) => codes.get(character) ?? null);
  return bytes.some((one) => one === null) ? null : Buffer.from(bytes.flatMap((one) => one ?? []));
}

export const WRITINGS: readonly Writing[] = [
  {
    name: "JSON",
    ending: "json",
    takes: "all",
    write: (fixture, rows) => Buffer.from(asJson(fixture, rows)),
  },
  {
    name: "JSON in UTF-16",
    ending: "json",
    takes: "all",
    write: (fixture, rows) => Buffer.from(`\uFEFF${asJson(fixture, rows)}`, "utf16le"),
  },
  {
    name: "JSON lines",
    ending: "jsonl",
    takes: "rows",
    write: (_, rows) => Buffer.from(lines(rows)),
  },
  ...["windows-1252", "gb18030"].map((encoding): Writing => {
    const codes = codesOf(encoding);
    return {
      ...{ name: `JSON lines in ${encoding}`, ending: "jsonl", takes: "rows", encoding },
      write: (_, rows) => encoded(lines(rows), codes),
    };
  }),
  ...SEPARATORS.map((separator): Writing => ({
    name: `columns by ${JSON.stringify(separator)}`,
    ending: "csv",
    takes: "flat",
    write: (_, rows) => Buffer.from(columns(rows, separator)),
  })),
];
