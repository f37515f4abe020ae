import type { ReadItem } from "../reading/records.ts";

/** The row of what was read; 0: the file as a whole. */
export function rowOf(item: ReadItem): number {
  if ("problem" in item) return item.problem.row;
  if ("remark" in item) return item.remark.row;
  return "record" in item ? item.record.row : item.row;
}

/** About how long a row's texts are. */
export function charactersOf(item: ReadItem): number {
  if (!("record" in item)) return 0;
  const { record } = item;
  const lists =
    record.kind === "judgment"
      ? [record.promptTurns, record.leftTurns, record.rightTurns]
      : record.kind === "answer"
        ? [record.promptTurns]
        : [record.turns, "promptTurns" in record ? record.promptTurns : null];
  let sum = 0;
  for (const list of lists) for (const turn of list ?? []) sum += turn.length;
  return sum;
}
