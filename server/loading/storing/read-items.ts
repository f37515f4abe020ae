import type { ReadItem } from "../reading/records.ts";

/** The row of the file that something was read from; 0: the file as a whole. */
export function rowOf(item: ReadItem): number {
  if ("problem" in item) return item.problem.row;
  return "remark" in item ? item.remark.row : item.record.row;
}

/** About how long the texts are that an item holds, in UTF-16 code units. */
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
