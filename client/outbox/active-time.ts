const IDLE_MS = 60_000;

/**
 * How long somebody has worked on what is on the screen: time between signs of life, each gap counted up to
 * a minute, and nothing while the page cannot be seen. Times are milliseconds of any one clock.
 */
export class ActiveTime {
  #soFarMs = 0;
  #lastSignMs: number | null;

  /** Begins to count; `atMs` null: the page cannot be seen yet. */
  constructor(atMs: number | null) {
    this.#lastSignMs = atMs;
  }

  /** A movement, a key, a touch, a scroll. */
  sign(atMs: number): void {
    this.#soFarMs = this.read(atMs);
    this.#lastSignMs = atMs;
  }

  /** The page went out of sight. */
  hide(atMs: number): void {
    this.#soFarMs = this.read(atMs);
    this.#lastSignMs = null;
  }

  /** Milliseconds counted so far, a whole number. */
  read(atMs: number): number {
    if (this.#lastSignMs === null) return this.#soFarMs;
    return this.#soFarMs + Math.round(Math.min(IDLE_MS, Math.max(0, atMs - this.#lastSignMs)));
  }
}
