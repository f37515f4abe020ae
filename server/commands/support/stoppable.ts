import { TiebreakError } from "../../contract/errors.ts";
import { say } from "./run.ts";

/** What a shell expects of a program that was stopped by Ctrl-C. */
export const STOPPED_EXIT = 130;

/** Thrown by `checkpoint` once somebody has asked to stop. */
export class Stopped extends TiebreakError {
  constructor() {
    super("Stopped", 503, "Stopped.");
  }
}

/** One Ctrl-C reaches a program twice where npm passes it on: only a later one is a second. */
const SAME_MS = 1000;

/**
 * Runs what Ctrl-C may stop where it calls `checkpoint`, so that it can tidy up on its way out; a second Ctrl-C
 * ends the program at once.
 * @param told said at the first Ctrl-C
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
