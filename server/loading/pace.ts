import { setTimeout as sleep } from "node:timers/promises";
import type { Transaction } from "../storage/database.ts";
import type { LoadRun } from "./load-run.ts";

const ROWS_MIN = 32;
/** Where nobody judges beside: in smaller steps a large file writes the same pages of its indexes again and again. */
const ROWS_MIN_ALONE = 1024;
const ROWS_MAX = 2048;

/** How large transactions are, so that nobody waits long for one. */
export class Pace {
  readonly #clock: () => Date;
  readonly #targetMs: number;
  readonly #pauseMs: number;
  readonly #rowsMin: number;
  #rows: number;

  /** @param serverBeside whether people judge on the same database meanwhile: smaller steps, and pauses between */
  constructor(clock: () => Date, serverBeside: boolean) {
    this.#clock = clock;
    this.#targetMs = serverBeside ? 6 : 200;
    this.#pauseMs = serverBeside ? 2 : 0;
    this.#rowsMin = serverBeside ? ROWS_MIN : ROWS_MIN_ALONE;
    this.#rows = Math.max(256, this.#rowsMin);
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
    if (workMs > this.#targetMs) this.#rows = Math.max(this.#rowsMin, this.#rows >> 1);
    else if (workMs < this.#targetMs / 2) this.#rows = Math.min(ROWS_MAX, this.#rows << 1);
    if (this.#pauseMs > 0) await sleep(this.#pauseMs);
    else await new Promise(setImmediate);
    return result;
  }
}
