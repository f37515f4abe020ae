import type { LoadSource } from "./source.ts";

export interface LoadProgress {
  readonly file: string;
  readonly rows: number;
  /** The file's size, where it is known. */
  readonly bytes: number | null;
}

const EVERY_MS = 250;

/** Passes progress on, four times a second at most. */
export function progressOf(
  clock: () => Date,
  tell: ((progress: LoadProgress) => void) | undefined,
): (source: LoadSource, rows: number) => void {
  if (!tell) return () => undefined;
  let told = 0;
  return (source, rows) => {
    const at = clock().getTime();
    if (at - told < EVERY_MS) return;
    told = at;
    tell({ file: source.name, rows, bytes: source.bytes });
  };
}
