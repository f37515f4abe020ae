/**
 * Where a row stands, for a message: a JSON file is a list, whose rows are counted whatever lines they are
 * written on; of all others the line is told.
 */
export const placeIn = (file: string, row: number): string =>
  `${file}, ${/\.json$/i.test(file) ? "row" : "line"} ${row}`;
