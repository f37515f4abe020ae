import type { TakenFor } from "../contract/uploads.ts";
import { requiredOf } from "../loading/reading/column-source.ts";
import { type FieldMap, mappedColumns } from "../loading/reading/field-map.ts";
import type { LoadRecord } from "../loading/reading/records.ts";
import { likenesses } from "../loading/reading/vocabulary.ts";

const LEAVES_MAX = 20;
const DEPTH_MAX = 4;

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
    if (values.some((value) => typeof value === "object") && isOften("prompt") && isOften("output"))
      return "conversation";
    return ORDER.find(isOften) ?? "read";
  };
}

const ORDER: readonly TakenFor[] = [
  ...(["prompt", "output", "system", "prompt_id", "annotator", "rationale", "verdict"] as const),
];

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
