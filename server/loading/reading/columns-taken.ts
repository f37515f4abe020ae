import type { ColumnTaken, TakenFor } from "../../contract/loading.ts";
import { requiredOf } from "./column-source.ts";
import { type FieldMap, type Fields, mappedColumns } from "./field-map.ts";
import type { LoadRecord } from "./records.ts";
import { isFilled, likenesses } from "./vocabulary.ts";

const LEAVES_MAX = 20;
const DEPTH_MAX = 4;
const COLUMNS_MAX = 100;

/** The columns of these rows in which something stands, with what each was taken for in the records that they became. */
export function columnsTaken(
  rows: readonly Fields[],
  { records, map }: { records: readonly LoadRecord[]; map: FieldMap },
): ColumnTaken[] {
  if (records.length === 0) return [];
  const takenFor = tracesOf(records, map);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, COLUMNS_MAX);
  return names.flatMap((column) => {
    const values = rows.map((row) => row[column]).filter(isFilled);
    return values.length > 0 ? [{ column, takenFor: takenFor(column, values) }] : [];
  });
}

/**
 * What columns were taken for, whatever the format: found by looking for their values in what the rows became.
 * @returns for a column and its values, what it was taken for; `read` where the values are nowhere as they are
 */
export function tracesOf(
  records: readonly LoadRecord[],
  map: FieldMap,
): (name: string, values: readonly unknown[]) => TakenFor {
  const kept = new Set(records.flatMap((one) => ("metadata" in one ? Object.keys(one.metadata) : [])));
  const uses = usesOf(records);
  return (name, values) => {
    const source = map.get(name);
    if (source !== undefined && !mappedColumns(map).some((one) => requiredOf({}, one).includes(name)))
      return "left out";
    if (kept.has(name) || kept.has(`${name}_in_file`)) return "metadata";
    if (likenesses(name, values[0])[0]?.[1] === "vote") return "verdict";
    const found = values.map(
      (value) => new Set(leavesOf(value).flatMap((leaf) => [...(uses.get(leaf) ?? [])])),
    );
    const isOften = (use: TakenFor) => 2 * found.filter((set) => set.has(use)).length > values.length;
    const isNested = values.some((value) => typeof value === "object");
    if (isNested && isOften("prompt") && isOften("output")) return "conversation";
    return (
      (isNested ? OF_NESTED : ORDER).find((use) => isOften(use) && !(name === "id" && use === "annotator")) ??
      "read"
    );
  };
}

/** What a list or an object can be told to hold; a number deep inside one may be an annotator's by chance. */
const OF_NESTED: readonly TakenFor[] = ["prompt", "output", "system"];
const ORDER: readonly TakenFor[] = [...OF_NESTED, "prompt_id", "annotator", "rationale", "verdict"];

/** Every text and name of these records, with what it is. */
function usesOf(records: readonly LoadRecord[]): Map<string, Set<TakenFor>> {
  const uses = new Map<string, Set<TakenFor>>();
  const add = (use: TakenFor, texts: readonly (string | null | undefined)[]) => {
    for (const text of texts) {
      if (text === null || text === undefined) continue;
      const key = text.trim();
      const there = uses.get(key);
      if (there) there.add(use);
      else uses.set(key, new Set([use]));
    }
  };
  for (const record of records) {
    add("prompt_id", [record.promptId]);
    if (record.kind === "prompt") add("prompt", joined(record.turns));
    else add("prompt", joined(record.promptTurns));
    if (record.kind === "response") {
      add("output", joined(record.turns));
      add("system", [record.system]);
    }
    if (record.kind === "judgment" || record.kind === "answer")
      add("system", [record.leftSystem, record.rightSystem]);
    if (record.kind !== "judgment") continue;
    add("output", [...joined(record.leftTurns), ...joined(record.rightTurns)]);
    add("annotator", [record.annotator]);
    add("rationale", [record.rationale]);
    add("verdict", [record.choice]);
  }
  return uses;
}

/** Turns, and the parts of which one may have been joined. */
const joined = (turns: readonly string[] | null): string[] =>
  (turns ?? []).flatMap((turn) => (turn.includes("\n\n") ? [turn, ...turn.split("\n\n")] : [turn]));

/** The texts and numbers in a value, those within lists and objects too. */
function leavesOf(value: unknown, depth = 0): string[] {
  if (typeof value === "string") return [value.trim()];
  if (typeof value === "number" || typeof value === "bigint") return [String(value)];
  if (typeof value !== "object" || value === null || depth > DEPTH_MAX) return [];
  return Object.values(value)
    .slice(0, LEAVES_MAX)
    .flatMap((one) => leavesOf(one, depth + 1));
}
