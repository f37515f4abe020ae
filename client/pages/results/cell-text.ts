import { results as words } from "../../words/en/results.ts";
import { type Cell, type Column, isCounted } from "./data-table.ts";

export interface CellText {
  value: string;
  /** A count beside the value, or empty. */
  count: string;
  interval: string;
}

/** What a cell says: its value, and apart from it its count and interval; what is missing is named or a dash. */
export function cellText(column: Column, cell: Cell): CellText {
  const { show = String, ends = show } = column;
  const alone = (value: string): CellText => ({ value, count: "", interval: "" });
  if (cell === null) return alone(words.none);
  if (typeof cell === "string") return alone(cell);
  if (typeof cell === "number") return alone(show(cell));
  if (isCounted(cell)) {
    return { ...cellText(column, cell.share), count: words.inParentheses(cell.count) };
  }
  if ("low" in cell) {
    return { ...alone(show(cell.value)), interval: `[${ends(cell.low)}, ${ends(cell.high)}]` };
  }
  return alone("value" in cell ? show(cell.value) : words.notEstimable);
}
