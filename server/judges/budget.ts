import type { JudgeLimits, RunEnding } from "../contract/judges.ts";

/** US dollars are counted in whole billionths, so that sums are exact. */
export const NANODOLLARS = 1e9;

/** What one job may come to: its calls, and all that they cost; null: as dear as the dearest calls so far. */
export interface Outlay {
  readonly calls: number;
  readonly nanodollars: number | null;
}

export const ONE_CALL: Outlay = { calls: 1, nanodollars: null };

/** What a run has spent, and whether it may make another call. */
export class Budget {
  #sent = 0;
  /** Calls under way that are taken to be as dear as the dearest so far. */
  #underWay = 0;
  /** What the others under way cost at the most. */
  #promised = 0;
  #nanodollars = 0;
  #dearest: number | null = null;

  /** `expected`: what a call is thought to cost before any has been paid, in nanodollars. */
  constructor(
    readonly limits: Pick<JudgeLimits, "calls" | "dollars" | "minutes">,
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
   * Which limit forbids what comes next at this moment (milliseconds), for good; null: none. "wait": it depends on what
   * the calls under way cost.
   */
  spent(moment: number, next: Outlay = ONE_CALL): RunEnding | "wait" | null {
    const { calls, dollars, minutes } = this.limits;
    if (calls !== null && this.#sent + next.calls > calls) return "calls spent";
    if (minutes !== null && moment - this.startedAt >= minutes * 60_000) return "time spent";
    if (dollars === null) return null;
    const call = this.#dearest ?? this.given.expected;
    const cost = next.nanodollars ?? next.calls * call;
    if (this.#nanodollars + cost > dollars * NANODOLLARS) return "budget spent";
    const committed = this.#nanodollars + this.#promised + this.#underWay * call + cost;
    return committed > dollars * NANODOLLARS ? "wait" : null;
  }

  sending(outlay: Outlay = ONE_CALL): void {
    this.#sent += outlay.calls;
    this.#commit(outlay, 1);
  }

  /**
   * What was sent came back; `nanodollars` null: it cost nothing, or nobody knows.
   * @param made what was thought to be sent, and the calls that were made of it
   */
  paid(
    nanodollars: number | null,
    { sent, calls }: { readonly sent: Outlay; readonly calls: number } = { sent: ONE_CALL, calls: 1 },
  ): void {
    this.#commit(sent, -1);
    this.#sent -= sent.calls - calls;
    if (nanodollars === null) return;
    this.#nanodollars += nanodollars;
    this.#dearest = Math.max(this.#dearest ?? 0, nanodollars / Math.max(1, calls));
  }

  #commit({ calls, nanodollars }: Outlay, sign: 1 | -1): void {
    if (nanodollars === null) this.#underWay += sign * calls;
    else this.#promised += sign * nanodollars;
  }
}
