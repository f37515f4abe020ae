import readline from "node:readline/promises";
import { TiebreakError } from "../../contract/errors.ts";

/** Ctrl-C or Ctrl-D instead of an answer. */
class NotAnswered extends TiebreakError {
  constructor() {
    super("NotAnswered", 400, "\nStopped without an answer: nothing was changed.");
  }
}

/** Whether somebody can be asked: both ends are a terminal. */
export const canAsk = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY);

/**
 * Asks in the terminal, until the answer can be used.
 * @param understand what an answer means; undefined where it means nothing
 * @param likely what Enter alone stands for
 * @throws NotAnswered
 */
export async function ask<T>(
  question: string,
  { likely, understand }: { likely: string; understand: (answer: string) => T | undefined },
): Promise<T> {
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const answer = await terminal.question(`${question} [${likely}] `).catch((error: unknown) => {
        throw error instanceof Error && error.name === "AbortError" ? new NotAnswered() : error;
      });
      const typed = answer.trim();
      const meant = understand(typed === "" ? likely : typed);
      if (meant !== undefined) return meant;
    }
  } finally {
    terminal.close();
  }
}
