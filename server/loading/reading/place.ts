import { withoutPacking } from "./file-stem.ts";

/**
 * Where a row stands, for a message: a JSON file, a workbook or Parquet has rows, which are counted whatever lines
 * they are written on; for all others, the line.
 */
export const placeIn = (file: string, row: number): string =>
  `${file}, ${isList(file) ? "row" : "line"} ${row}`;

/** The same of several rows. */
export const wordForPlaces = (file: string): string => (isList(file) ? "rows" : "lines");

const isList = (file: string): boolean => /\.(json|parquet|xlsx)$/i.test(withoutPacking(file));
