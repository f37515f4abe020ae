/** Why a job came to nothing. */
export interface Failure {
  /** As of CallFailed; null: there was a reply, but none that can be used. */
  readonly kind: string | null;
  readonly message: string;
  /** Whether the same job may be given again. */
  readonly canComeAgain: boolean;
  /** Whether the job had failed before the run began: that it fails again says nothing new of the server. */
  readonly isKnown?: boolean;
}

/** So many useless calls in a row: the model or the server cannot do this. */
const FAILURES_MAX = 30;
/** So many pauses in a row, each up to twice as long: the server is not there. */
const PAUSES_MAX = 12;
/** The same for an address at which no call of this run has reached anything. */
const PAUSES_UNREACHED_MAX = 4;
/** So many requests refused for what stands in them, and none answered: it is not the texts. They cost nothing. */
const REFUSED_MAX = 10;

/** Failures of calls that were sent, and may be paid for, without a reply that can be used. */
const USELESS: ReadonlySet<string | null> = new Set([
  ...[null, "not understood", "timed out", "cut off", "bad generation", "bad request"],
]);

/** When a run gives up on a server that does not do what it is asked. */
export class Patience {
  #inARow = 0;
  #isReached = false;
  #hasAnswered = false;
  #refused = 0;
  #unreached: Failure | null = null;

  /** @param places calls under way at once: one moment of bad luck can hit them all */
  constructor(readonly places = 1) {}

  /**
   * Learns what a job came to; null: to something.
   * @param pauses failures in a row that a back-off has counted
   * @param calls how many calls of the job came to this
   * @returns why no other job should be begun; null: one may
   */
  learn(failure: Failure | null, pauses: number, calls = 1): string | null {
    if (failure?.kind !== "network") this.#isReached = true;
    if (failure === null || failure.kind === null) this.#hasAnswered = true;
    if (failure === null) this.#inARow = 0;
    if (failure === null) return null;
    const isNews = failure.isKnown !== true;
    if (USELESS.has(failure.kind) && isNews) this.#inARow += calls;
    if (!this.#isReached) this.#unreached = failure;
    if (!this.#isReached && pauses >= PAUSES_UNREACHED_MAX) return this.end();
    const isRefused = failure.kind === "bad request" && !this.#hasAnswered && isNews;
    if (isRefused && ++this.#refused >= REFUSED_MAX) return failure.message;
    if (this.#inARow < Math.max(FAILURES_MAX, this.places) && pauses < PAUSES_MAX) return null;
    return `Too many calls in a row failed. The last failure: ${failure.message}`;
  }

  /** Why a run that has no jobs left is none that is done; null: it is. */
  end(): string | null {
    if (this.#isReached || !this.#unreached) return null;
    return `${this.#unreached.message} Is the server there, and its address right?`;
  }
}
