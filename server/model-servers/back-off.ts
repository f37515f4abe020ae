import type { CallFailed } from "./model-call.ts";

interface BackOffSettings {
  /** From 0 up to but not 1, anew at each call. */
  readonly random: () => number;
  /** Milliseconds: the longest pause after a first failure. */
  readonly baseMs?: number;
  /** Milliseconds: the longest pause that is not the server's own wish. */
  readonly maxMs?: number;
}

type Failure = Pick<CallFailed, "kind" | "more">;

/**
 * How long all calls of a run leave a server alone after failures. Exponential with full jitter: the pause is drawn
 * evenly between 0 and a bound that doubles with each failure in a row (Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog, 2015). A server's Retry-After is the least that is waited. Times are milliseconds of one clock.
 *
 * Calls that were under way when a pause began fail soon after, too: within the bound they are one failure with the
 * first, so that 64 callers do not double it 64 times. One call's bad luck on the network pauses nobody: the second in a
 * row does.
 */
export class BackOff {
  readonly #random: () => number;
  readonly #baseMs: number;
  readonly #maxMs: number;
  #inARow = 0;
  #until = -Infinity;
  /** Before this moment a failure raises no bound. */
  #raisedUntil = -Infinity;
  #spreadMs = 0;
  #why: Failure["kind"] | null = null;

  constructor({ random, baseMs = 500, maxMs = 60_000 }: BackOffSettings) {
    this.#random = random;
    this.#baseMs = baseMs;
    this.#maxMs = maxMs;
  }

  /** Failures without a success between them; those of calls under way together count once. */
  get failuresInARow(): number {
    return this.#inARow;
  }

  /** A call came back without a reply at `now`. Returns the milliseconds from then that all calls now have to wait. */
  failed(now: number, { kind, more }: Failure): number {
    const asked = retryAfterOf(more.retryAfterMs);
    if (COUNTED.has(kind)) this.#why = kind;
    const isPaused = now < this.#until;
    if (!isPaused && COUNTED.has(kind)) this.#begin(now, kind === "rate limited" || asked > 0);
    if (asked > 0) this.#until = Math.max(this.#until, now + asked);
    return this.#left(now);
  }

  /** What the latest pause is for; null: there was none. */
  get why(): Failure["kind"] | null {
    return this.#why;
  }

  /** A call came back with a reply. A pause that the server has been promised goes on. */
  succeeded(): void {
    this.#inARow = 0;
    this.#raisedUntil = -Infinity;
  }

  /**
   * How long one caller has to wait from `now`; 0: not at all. Within a pause each caller is told a little more than is
   * left, differently, so that they do not all come back in the same moment. Ask again when the time has passed.
   */
  waitMs(now: number): number {
    const left = this.#left(now);
    return left === 0 ? 0 : Math.min(left + this.#random() * this.#spreadMs, WAIT_MS_MAX);
  }

  #begin(now: number, isAskedFor: boolean): void {
    const isNew = now >= this.#raisedUntil;
    if (isNew) this.#inARow++;
    if (!isAskedFor && this.#inARow === 1) return;
    const bound = Math.min(this.#maxMs, this.#baseMs * 2 ** (this.#inARow - 1));
    if (isNew) this.#raisedUntil = now + bound;
    this.#spreadMs = Math.min(bound, this.#baseMs);
    this.#until = now + this.#random() * bound;
  }

  #left(now: number): number {
    return Math.max(0, this.#until - now);
  }
}

/** Failures that say something about the server, not about one call. */
const COUNTED: ReadonlySet<Failure["kind"]> = new Set([
  "rate limited",
  "server error",
  "network",
  "timed out",
  "cut off",
]);

/** The longest that a timer of the platform can wait. */
const WAIT_MS_MAX = 2 ** 31 - 1;

const retryAfterOf = (ms: number | undefined): number =>
  ms !== undefined && Number.isFinite(ms) && ms > 0 ? ms : 0;
