import fs from "node:fs";
import os from "node:os";

/** As `nice` has it by default, whoever else needs the processor comes first; 19 is the lowest priority there is. */
const NICER_BY = 10;
const NICEST = 19;

/**
 * Lets the thread that calls this give way where the processors are busy, to the other threads of its process too. Linux
 * keeps a priority for each thread, and tells a thread its number; elsewhere nothing happens.
 */
export function giveWay(): void {
  try {
    const thread = Number(fs.readlinkSync("/proc/thread-self").split("/").at(-1));
    os.setPriority(thread, Math.min(os.getPriority(thread) + NICER_BY, NICEST));
  } catch {
    // another system, or one that does not allow it: the thread works as it did
  }
}
