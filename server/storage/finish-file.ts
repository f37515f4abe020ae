import fs from "node:fs";
import path from "node:path";

/** Behind the name of a file that is not whole yet: one that was cut off keeps it, and may be removed. */
export const UNFINISHED = ".unfinished";

/** Gives a file that is written its name, once it is on the disk: what has the name is whole. */
export function finishFile(half: string, file: string): void {
  sync(half);
  fs.renameSync(half, file);
  sync(path.dirname(file));
}

function sync(place: string): void {
  const handle = fs.openSync(place, "r");
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}
