import { blocks } from "../../../words/en/results-blocks.ts";
import type { Column } from "../data-table.ts";

export const nameColumn = (key: string, label: string): Column => ({ key, label, kind: "name" });
export const textColumn = (key: string, label: string): Column => ({ key, label, kind: "text" });

export const countColumn = (key: string, label: string): Column => ({
  key,
  label,
  kind: "number",
  show: blocks.count,
});

export const pColumn = (key: string, label: string): Column => ({
  key,
  label,
  kind: "number",
  show: blocks.pValue,
});

/** Rates and scores between 0 and 1 as `.56 [.42, .70]`. */
export const scoreColumn = (key: string, label: string): Column => ({
  key,
  label,
  kind: "estimate",
  show: (value) => blocks.decimal(value),
});

/** Shares as `42.4 % [27.2, 59.2]`. */
export const shareColumn = (key: string, label: string): Column => ({
  key,
  label,
  kind: "estimate",
  show: (value) => blocks.percent(value, 1),
  ends: blocks.percentEnd,
});

/** Differences from nothing, with their sign. */
export const signedColumn = (key: string, label: string): Column => ({
  key,
  label,
  kind: "estimate",
  show: blocks.signed,
});

/** The columns of a pair: the target's name only where there are several. */
export function pairColumns(pairs: readonly { system: string }[]): Column[] {
  const several = new Set(pairs.map(({ system }) => system)).size > 1;
  const against = nameColumn("against", blocks.against);
  return several ? [nameColumn("system", blocks.system), against] : [against];
}

export function pairCells(pair: { system: string; against: string }, columns: Column[]): string[] {
  return columns.some(({ key }) => key === "system") ? [pair.system, pair.against] : [pair.against];
}
