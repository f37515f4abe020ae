import type { LoadSource } from "./source.ts";

export interface LoadProgress {
  readonly file: string;
  readonly rows: number;
  /** How much of the file has been read, from 0 to 1; null: nobody knows. */
  readonly share: number | null;
}

const EVERY_MS = 250;

/** Passes progress on, four times a second at most. */
export function progressOf(
  clock: () => Date,
  tell: ((progress: LoadProgress) => void) | undefined,
): (source: LoadSource, rows: number, share: number | null) => void {
  if (!tell) return () => undefined;
  let told = 0;
  return (source, rows, share) => {
    const at = clock().getTime();
    if (at - told < EVERY_MS) return;
    told = at;
    tell({ file: source.name, rows, share });
  };
}
