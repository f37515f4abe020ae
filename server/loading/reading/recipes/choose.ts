import type { Fields } from "../column-source.ts";
import { valueAt } from "../paths.ts";
import { RowFault } from "../records.ts";
import { shown } from "../values.ts";
import type { Mapped } from "./recipe.ts";

/** A field that is made of numbers, or of several columns; undefined where they hold nothing. @throws RowFault */
export function chosenFrom(row: Fields, field: string, mapped: Mapped): unknown {
  if (mapped.one_of !== undefined) return oneOf(row, field, mapped.one_of);
  const equal = mapped.equal ?? "tie";
  if (mapped.higher !== undefined) {
    const [a, b] = mapped.higher.map((column) => numberIn(row, field, column));
    if (a === undefined || b === undefined) return undefined;
    return a === b ? equal : a > b ? "a" : "b";
  }
  const { from = "", threshold = 0, above, below } = mapped;
  const number = numberIn(row, field, from);
  if (number === undefined) return undefined;
  return number === threshold ? equal : number > threshold ? above : below;
}

/** The columns that `chosenFrom` reads. */
export const chosenOf = ({ one_of: oneOfThem, higher, from }: Mapped): readonly string[] =>
  oneOfThem === undefined ? (higher ?? (from === undefined ? [] : [from])) : Object.keys(oneOfThem);

function numberIn(row: Fields, field: string, column: string): number | undefined {
  const value = valueAt(row, column);
  if (value === undefined || value === null || value === "") return undefined;
  const number = typeof value === "string" ? Number(value.trim() || NaN) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw new RowFault("ChoiceUnknown", `${column} is ${shown(value)}, which is no number.`, field);
}

const YES = /^(1(\.0+)?|true|yes)$/i;
const NO = /^(0(\.0+)?|false|no)?$/i;

function oneOf(row: Fields, field: string, columns: Readonly<Record<string, string>>): unknown {
  const all = Object.entries(columns).map(([name, means]) => {
    const column = name.replace(/\?$/, "");
    const value = valueAt(row, column);
    return { column, means, value, text: isScalar(value) ? String(value ?? "").trim() : "" };
  });
  const [won, another] = all.filter(({ text }) => YES.test(text));
  if (won && !another && all.every((one) => one === won || (isScalar(one.value) && NO.test(one.text))))
    return won.means;
  const said = all.map(({ column, value }) => `${column} ${shown(value)}`).join(", ");
  throw new RowFault("ChoiceUnknown", `Not exactly one of the columns is 1: ${said}.`, field);
}

const isScalar = (value: unknown): value is string | number | boolean | null | undefined =>
  value === null || typeof value !== "object";
