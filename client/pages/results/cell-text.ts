import { results as words } from "../../words/en/results.ts";
import type { Cell, Column } from "./data-table.ts";

/** What a cell says: its value, and apart from it its interval; what is missing is named or a dash. */
export function cellText(
  { show = String, ends = show }: Column,
  cell: Cell,
): { value: string; interval: string } {
  if (cell === null) return { value: words.none, interval: "" };
  if (typeof cell === "string") return { value: cell, interval: "" };
  if (typeof cell === "number") return { value: show(cell), interval: "" };
  if ("low" in cell) return { value: show(cell.value), interval: `[${ends(cell.low)}, ${ends(cell.high)}]` };
  return { value: "value" in cell ? show(cell.value) : words.notEstimable, interval: "" };
}
