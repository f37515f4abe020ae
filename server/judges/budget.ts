import type { JudgeLimits, RunEnding } from "../contract/judges.ts";

/** US dollars are counted in whole billionths, so that sums are exact. */
export const NANODOLLARS = 1e9;

/** What a run has spent, and whether it may make another call. */
export class Budget {
  #sent = 0;
  #underWay = 0;
  #nanodollars = 0;
  #dearest: number | null = null;

  /** `expected`: what a call is thought to cost before any has been paid, in nanodollars. */
  constructor(
    readonly limits: JudgeLimits,
    readonly given: { readonly startedAt: number; readonly expected: number },
  ) {
    this.startedAt = given.startedAt;
  }

  readonly startedAt: number;

  get nanodollars(): number {
    return this.#nanodollars;
  }

  get calls(): number {
    return this.#sent;
  }

  /**
   * Which limit forbids another call at this moment (milliseconds), for good; null: none. "wait": it depends on what
   * the calls under way cost, which are taken to be as dear as the dearest so far.
   */
  spent(moment: number): RunEnding | "wait" | null {
    const { calls, dollars, minutes } = this.limits;
    if (calls !== null && this.#sent >= calls) return "calls spent";
    if (minutes !== null && moment - this.startedAt >= minutes * 60_000) return "time spent";
    if (dollars === null) return null;
    const call = this.#dearest ?? this.given.expected;
    if (this.#nanodollars + call > dollars * NANODOLLARS) return "budget spent";
    const committed = this.#nanodollars + (this.#underWay + 1) * call;
    return committed > dollars * NANODOLLARS ? "wait" : null;
  }

  sending(): void {
    this.#sent++;
    this.#underWay++;
  }

  /** A call came back; `nanodollars` null: it cost nothing, or nobody knows. */
  paid(nanodollars: number | null): void {
    this.#underWay--;
    if (nanodollars === null) return;
    this.#nanodollars += nanodollars;
    this.#dearest = Math.max(this.#dearest ?? 0, nanodollars);
  }
}
