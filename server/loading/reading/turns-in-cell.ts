import type { Fields } from "./field-map.ts";
import { RowFault } from "./records.ts";
import { shown, textIn } from "./values.ts";

/** One text, or a list of texts, one per turn, which may be JSON in a cell. @throws RowFault if a turn is not text */
export function turnsInCell(row: Fields, field: string): string[] {
  const value = row[field];
  const list = typeof value === "string" ? listIn(value) : value;
  if (!Array.isArray(list)) return [textIn(row, field)];
  const turns = list.map((turn: unknown) => turn ?? ""); // an answer that did not come is null
  if (turns.length > 0 && turns.every((turn) => typeof turn === "string")) return turns;
  throw new RowFault("TextNotText", `${field} is ${shown(value)}: a turn of it is no text.`, field);
}

function listIn(text: string): unknown {
  if (!text.trimStart().startsWith("[")) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
