import readline from "node:readline/promises";

/** Whether somebody can be asked: both ends are a terminal. */
export const canAsk = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY);

/**
 * Asks in the terminal, until the answer can be used.
 * @param understand what an answer means; undefined where it means nothing
 * @param likely what Enter alone stands for
 */
export async function ask<T>(
  question: string,
  { likely, understand }: { likely: string; understand: (answer: string) => T | undefined },
): Promise<T> {
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const typed = (await terminal.question(`${question} [${likely}] `)).trim();
      const meant = understand(typed === "" ? likely : typed);
      if (meant !== undefined) return meant;
    }
  } finally {
    terminal.close();
  }
}
