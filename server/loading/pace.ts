import { setTimeout as sleep } from "node:timers/promises";

const ROWS_MIN = 16;
const ROWS_MAX = 1024;

/** How large transactions are, so that nobody waits long for one. */
export class Pace {
  readonly #clock: () => Date;
  readonly #targetMs: number;
  readonly #pauseMs: number;
  #rows = 256;

  /** @param serverBeside whether people judge on the same database meanwhile: smaller steps, and pauses between */
  constructor(clock: () => Date, serverBeside: boolean) {
    this.#clock = clock;
    this.#targetMs = serverBeside ? 8 : 35;
    this.#pauseMs = serverBeside ? 2 : 0;
  }

  /** Rows for the next transaction. */
  get rows(): number {
    return this.#rows;
  }

  /** Runs one transaction, learns from its time, and lets others in. */
  async step<T>(use: () => Promise<T>): Promise<T> {
    const start = this.#clock().getTime();
    const result = await use();
    const elapsedMs = this.#clock().getTime() - start;
    if (elapsedMs > this.#targetMs) this.#rows = Math.max(ROWS_MIN, this.#rows >> 1);
    else if (elapsedMs < this.#targetMs / 2) this.#rows = Math.min(ROWS_MAX, this.#rows << 1);
    if (this.#pauseMs > 0) await sleep(this.#pauseMs);
    else await new Promise(setImmediate);
    return result;
  }
}
