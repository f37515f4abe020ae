/** Rows in one multi-row insert: few enough for both databases' limits on bound values. */
export const INSERT_ROWS = 500;

/** Cuts a list into lists of at most `size`. */
export function* batchesOf<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
