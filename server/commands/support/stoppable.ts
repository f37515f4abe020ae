import { TiebreakError } from "../../contract/errors.ts";
import { say } from "./run.ts";

/** The exit code that a shell expects of a program stopped by Ctrl-C. */
export const STOPPED_EXIT = 130;

/** Thrown by `checkpoint` after the first Ctrl-C. */
export class Stopped extends TiebreakError {
  constructor() {
    super("Stopped", 503, "Stopped.");
  }
}

/** npm may pass one Ctrl-C on twice: only one that comes later than this is a second. */
const SAME_MS = 1000;

/**
 * Runs work that Ctrl-C stops at its next call of `checkpoint`, so that it can clean up; a second Ctrl-C
 * ends the program at once.
 * @param told messages for the first and the second Ctrl-C
 * @throws Stopped
 */
export async function stoppable<T>(
  told: { first: string; second: string },
  use: (checkpoint: () => void) => Promise<T>,
): Promise<T> {
  let askedAt: number | null = null;
  const stop = () => {
    if (askedAt === null) {
      askedAt = Date.now();
      say(`\n${told.first}`);
    } else if (Date.now() - askedAt > SAME_MS) {
      say(told.second);
      process.exit(STOPPED_EXIT);
    }
  };
  const checkpoint = () => {
    if (askedAt !== null) throw new Stopped();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    return await use(checkpoint);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}
