import { setTimeout as sleep } from "node:timers/promises";
import type { Transaction } from "../storage/database.ts";
import type { LoadRun } from "./load-run.ts";

/** Who else works on the database: a server's annotators, perhaps others, or nobody. */
export type Company = "annotators" | "perhaps" | "nobody";

/**
 * How long a transaction may work, how long to wait after it, and how many rows it may have. Each transaction writes the
 * pages of the indexes that it touches, the same number for a few rows as for many: the smaller the steps, the more a large
 * file writes, so they are as large as the company bears; with nobody beside, as long as a load seems alive in between.
 */
const STEPS: Record<Company, { targetMs: number; pauseMs: number; rowsMin: number; rowsMax: number }> = {
  annotators: { targetMs: 6, pauseMs: 2, rowsMin: 32, rowsMax: 2048 },
  perhaps: { targetMs: 200, pauseMs: 0, rowsMin: 1024, rowsMax: 2048 },
  nobody: { targetMs: 8000, pauseMs: 0, rowsMin: 8192, rowsMax: 32_768 },
};

/** How large transactions are, so that nobody waits long for one. */
export class Pace {
  readonly #clock: () => Date;
  readonly #company: () => Company;
  #rows: number;

  /** @param company asked after each step, as a server may be started meanwhile */
  constructor(clock: () => Date, company: () => Company) {
    this.#clock = clock;
    this.#company = company;
    this.#rows = Math.max(256, STEPS[company()].rowsMin);
  }

  /** Rows for the next transaction. */
  get rows(): number {
    return this.#rows;
  }

  /** Runs one transaction of a load, learns from the time its work took, and lets others in. */
  async step<T>(run: LoadRun, use: (tx: Transaction, at: string) => Promise<T>): Promise<T> {
    let workMs = 0;
    const result = await run.transact(async (tx, at) => {
      const start = this.#clock().getTime(); // waiting for others is not this transaction's work
      const value = await use(tx, at);
      workMs = this.#clock().getTime() - start;
      return value;
    });
    const { targetMs, pauseMs, rowsMin, rowsMax } = STEPS[this.#company()];
    if (workMs > targetMs) this.#rows >>= 1;
    else if (workMs < targetMs / 2) this.#rows <<= 1;
    this.#rows = Math.min(rowsMax, Math.max(rowsMin, this.#rows));
    if (pauseMs > 0) await sleep(pauseMs);
    else await new Promise(setImmediate);
    return result;
  }
}
