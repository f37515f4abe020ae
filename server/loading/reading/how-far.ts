/** How much of a file has been read: its readers set it, and whoever shows progress looks. */
export class HowFar {
  /** From 0 to 1; null: nobody knows. */
  share: number | null = null;
}

const ROWS_A_BATCH = 500;

/** Hands on rows that are all there, some at a time. */
export function* inBatches<T>(rows: readonly T[], howFar: HowFar | undefined): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_A_BATCH) {
    if (howFar) howFar.share = Math.min(1, (start + ROWS_A_BATCH) / rows.length);
    yield rows.slice(start, start + ROWS_A_BATCH);
  }
}

/** Passes bytes on, and sets how many of all of them have come by. */
export async function* counting(
  chunks: AsyncIterable<Buffer>,
  bytes: number,
  howFar: HowFar | undefined,
): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of chunks) {
    read += chunk.length;
    if (howFar && bytes > 0) howFar.share = Math.min(1, read / bytes);
    yield chunk;
  }
}
