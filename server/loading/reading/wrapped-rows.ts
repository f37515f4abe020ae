import { detect } from "./detect-format.ts";
import { type Fields, restOf, setField } from "./field-map.ts";
import { recipeFor } from "./recipes/built-in.ts";
import type { RawRow } from "./raw-row.ts";
import { fileProblem } from "./records.ts";
import { whyUnread } from "./unread-formats.ts";
import { isObject } from "./values.ts";
import { isFilled, likenesses } from "./vocabulary.ts";

const isListOf = <T>(value: unknown, is: (one: unknown) => one is T): value is T[] =>
  Array.isArray(value) && value.every(is);
const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";

/**
 * The rows that a JSON file holds which is one object around them: as pandas writes a table (orient columns, index, split
 * or table), as Hugging Face's viewer shows a page of one, as an object keyed by numbers, or as the only list of objects
 * under a usual name. Null where the object is a row itself, or it is not to be told which rows are meant.
 */
export function unwrapped(file: unknown): RawRow[] | null {
  if (!isObject(file) || Object.keys(file).length === 0) return null;
  const rows = ofSplitTable(file) ?? ofTable(file) ?? ofNumbered(file) ?? ofColumns(file);
  if (rows !== null) return numbered(rows);
  const told = ofViewer(file) ?? ofLists(file);
  if (told !== null) return told;
  return ofOnlyList(file);
}

/** Says what a file has besides its rows. */
export const headNotKept = (names: readonly string[]): RawRow => ({
  remark: {
    row: 0,
    name: "HeadNotKept",
    message: `Besides its rows the file has ${names.slice(0, 15).join(", ")}, which is not kept.`,
  },
});

const numbered = (rows: readonly Fields[]): RawRow[] => rows.map((fields, i) => ({ at: i + 1, fields }));

function ofSplitTable({ columns, data, index, ...more }: Fields): Fields[] | null {
  if (!isListOf(columns, isText) || !isListOf(data, isList) || Object.keys(more).length > 0) return null;
  if (index !== undefined && !isList(index)) return null;
  if (data.some((row) => row.length !== columns.length)) return null;
  return data.map((row) => rowOf(columns, row));
}

const INDEX: ReadonlySet<string> = new Set(["index"]);

/** The column `index` is none of the table's own where the schema says that it counts the rows. */
function ofTable({ schema, data }: Fields): Fields[] | null {
  if (!isObject(schema) || !isListOf(schema.fields, isObject) || !isListOf(data, isObject)) return null;
  const isCounted = isListOf(schema.primaryKey, isText) && schema.primaryKey.join() === "index";
  return isCounted ? data.map((row) => restOf(row, INDEX)) : data;
}

function ofViewer({ rows }: Fields): RawRow[] | null {
  if (!isListOf(rows, isObject) || rows.length === 0) return null;
  if (!rows.every((one) => isObject(one.row) && typeof one.row_idx === "number")) return null;
  return rows.map(({ row, truncated_cells: cut }, i): RawRow => {
    if (!isListOf(cut, isText) || cut.length === 0) return { at: i + 1, fields: row as Fields };
    const message = `The viewer cut off ${cut.join(", ")}. Fetch the data set's files themselves, and load those.`;
    return { problem: { row: i + 1, column: null, name: "CellsCutOff", message } };
  });
}

const isNumber = (key: string): boolean => /^\d+$/.test(key);

function ofNumbered(file: Fields): Fields[] | null {
  const rows = Object.values(file);
  return Object.keys(file).every(isNumber) && isListOf(rows, isObject) ? rows : null;
}

function ofColumns(file: Fields): Fields[] | null {
  const columns = Object.values(file);
  if (!isListOf(columns, isObject)) return null;
  const keys = Object.keys(columns[0] ?? {});
  if (keys.length === 0 || !keys.every(isNumber)) return null;
  if (columns.some((column) => Object.keys(column).join() !== keys.join())) return null;
  return keys.map((key) =>
    rowOf(
      Object.keys(file),
      columns.map((column) => column[key]),
    ),
  );
}

/** Columns of one length each, or one row whose fields are lists: nobody can tell. */
function ofLists(file: Fields): RawRow[] | null {
  const lists = Object.values(file);
  const [first, second] = lists;
  if (!isListOf(lists, isList) || first === undefined || second === undefined) return null;
  const { length } = first as unknown[];
  if (length < 2 || lists.some((list) => list.length !== length || list.every(isObject))) return null;
  const names = Object.keys(file).join(", ");
  const message = `The file is one object of which ${names} are lists of ${length.toLocaleString("en")}. If each is a column, write rows (with pandas: to_json(…, orient="records")); if it is one row, put it into a list: [{…}].`;
  return [{ problem: fileProblem("ColumnsUnclear", message) }];
}

const USUAL =
  /^(data|rows|examples|items|records|instances|entries|samples|results|outputs|predictions|responses|prompts|questions|judgments|test|train|validation)$/i;

function ofOnlyList(file: Fields): RawRow[] | null {
  if (detect(file) !== null || recipeFor([file], new Map()) !== null) return null;
  if (whyUnread([file], { fileName: "", folderSystem: null }) !== null) return null;
  const entries = Object.entries(file);
  const lists = entries.filter(([, value]) => isListOf(value, isObject) && value.length > 0);
  const [[name, rows] = ["", null]] = lists;
  if (lists.length !== 1 || !USUAL.test(name)) return null;
  const others = entries.filter(([key, value]) => key !== name && isFilled(value));
  const isMore = others.some(([key, value]) => likenesses(key, value).some(([, like]) => like !== "id"));
  if (isMore) return null;
  const names = others.map(([key]) => key);
  return [...numbered(rows as Fields[]), ...(names.length > 0 ? [headNotKept(names)] : [])];
}

function rowOf(names: readonly string[], values: readonly unknown[]): Fields {
  const fields: Fields = {};
  names.forEach((name, i) => setField(fields, name, values[i]));
  return fields;
}
