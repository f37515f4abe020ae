import fs from "node:fs";
import os from "node:os";

/** As `nice` has it by default: whoever else needs the processor comes first. */
const NICE = 10;

/**
 * Lets the thread that calls this give way to others where the processors are busy. Linux keeps a priority for each
 * thread, and tells a thread its number; elsewhere nothing happens.
 */
export function giveWay(): void {
  try {
    const thread = Number(fs.readlinkSync("/proc/thread-self").split("/").at(-1));
    os.setPriority(thread, NICE);
  } catch {
    // another system, or one that does not allow it: the thread works as it did
  }
}
