/** Why a job came to nothing. */
export interface Failure {
  /** As of CallFailed; null: there was a reply, but none that can be used. */
  readonly kind: string | null;
  readonly message: string;
  /** Whether the same job may be given again. */
  readonly canComeAgain: boolean;
}

/** So many replies in a row that cannot be used: the model cannot do this. */
const FAILURES_MAX = 30;
/** So many pauses in a row, each up to twice as long: the server is not there. */
const PAUSES_MAX = 12;
/** The same for an address at which no call of this run has reached anything. */
const PAUSES_UNREACHED_MAX = 4;

/** When a run gives up on a server that does not do what it is asked. */
export class Patience {
  #inARow = 0;
  #isReached = false;
  #unreached: Failure | null = null;

  /**
   * Learns what a job came to; null: to something.
   * @param pauses failures in a row that a back-off has counted
   * @returns why no other job should be begun; null: one may
   */
  learn(failure: Failure | null, pauses: number): string | null {
    if (failure?.kind !== "network") this.#isReached = true;
    if (failure === null) this.#inARow = 0;
    if (failure === null) return null;
    if (failure.kind === null) this.#inARow++;
    if (!this.#isReached) this.#unreached = failure;
    if (!this.#isReached && pauses >= PAUSES_UNREACHED_MAX) return this.end();
    if (this.#inARow < FAILURES_MAX && pauses < PAUSES_MAX) return null;
    return `Call after call came to nothing, the last one: ${failure.message}`;
  }

  /** Why a run that has no jobs left is none that is done; null: it is. */
  end(): string | null {
    if (this.#isReached || !this.#unreached) return null;
    return `${this.#unreached.message} Is the server there, and its address right?`;
  }
}
