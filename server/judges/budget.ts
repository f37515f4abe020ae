import type { JudgeLimits, RunEnding } from "../contract/judges.ts";

/** US dollars are counted in whole billionths, so that sums are exact. */
export const NANODOLLARS = 1e9;

/** What a run has spent, and whether it may make another call. */
export class Budget {
  #sent = 0;
  #underWay = 0;
  #nanodollars = 0;
  #dearest: number;

  /** `expected`: what a call is thought to cost before any has been paid, in nanodollars. */
  constructor(
    readonly limits: JudgeLimits,
    given: { startedAt: number; expected: number },
  ) {
    this.startedAt = given.startedAt;
    this.#dearest = given.expected;
  }

  readonly startedAt: number;

  get nanodollars(): number {
    return this.#nanodollars;
  }

  get calls(): number {
    return this.#sent;
  }

  /**
   * Which limit forbids another call at this moment (milliseconds); null: none. Calls under way are taken to cost as
   * much as the dearest so far, so that the budget holds when they come back.
   */
  spent(moment: number): RunEnding | null {
    const { calls, dollars, minutes } = this.limits;
    if (calls !== null && this.#sent >= calls) return "calls spent";
    if (minutes !== null && moment - this.startedAt >= minutes * 60_000) return "time spent";
    if (dollars === null) return null;
    const committed = this.#nanodollars + (this.#underWay + 1) * this.#dearest;
    return committed > dollars * NANODOLLARS ? "budget spent" : null;
  }

  sending(): void {
    this.#sent++;
    this.#underWay++;
  }

  /** A call came back; `nanodollars` null: it cost nothing, or nobody knows. */
  paid(nanodollars: number | null): void {
    this.#underWay--;
    this.#nanodollars += nanodollars ?? 0;
    this.#dearest = Math.max(this.#dearest, nanodollars ?? 0);
  }
}
