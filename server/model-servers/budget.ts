import type { JudgeLimits, RunEnding } from "../contract/judges.ts";

/** US dollars are counted in whole billionths, so that sums are exact. */
const NANODOLLARS = 1e9;

/** The most that a job may come to: its calls, and the dearest that they can be. */
export interface Outlay {
  readonly calls: number;
  readonly nanodollars: number;
}

/**
 * What a run has spent and what it holds back for calls under way, and whether it may make another one. The dearest that
 * a job can be is held back before it is sent, so that spent and held back together never pass the limit.
 *
 * Should a server bill more than the dearest that was computed (it reads more than it was sent, or writes more than it
 * may), the cost of all others is computed higher by the same factor from then on; until the first bill is there, one job at a time
 * is under way.
 */
export class Budget {
  #sent = 0;
  #underWay = 0;
  #heldBack = 0;
  #nanodollars = 0;
  #billed = 0;
  /** How much dearer than its dearest a job has been, at least 1. */
  #factor = 1;
  readonly #listeners: (() => void)[] = [];

  constructor(
    readonly limits: Pick<JudgeLimits, "calls" | "dollars" | "minutes">,
    /** Milliseconds. */
    readonly startedAt: number,
    /** One that others spend from, too; missing: there is none. */
    readonly shared?: Budget,
  ) {}

  get nanodollars(): number {
    return this.#nanodollars;
  }

  get calls(): number {
    return this.#sent;
  }

  /** When the time of the run is over, in milliseconds; Infinity: never. */
  get deadline(): number {
    const own = this.limits.minutes === null ? Infinity : this.startedAt + this.limits.minutes * 60_000;
    return Math.min(own, this.shared?.deadline ?? Infinity);
  }

  /** Spent and held back together. */
  get committed(): number {
    return this.#nanodollars + this.#heldBack * this.#factor;
  }

  /**
   * Which limit forbids what comes next at this moment (milliseconds), for good; null: none. "wait": it depends on what
   * the jobs under way cost. `isExtension`: it is a further call of a job under way.
   */
  spent(moment: number, next: Outlay, isExtension = false): RunEnding | "wait" | null {
    return this.#ownSpent(moment, next, isExtension) ?? this.shared?.spent(moment, next, isExtension) ?? null;
  }

  #ownSpent(moment: number, next: Outlay, isExtension: boolean): RunEnding | "wait" | null {
    const { calls, dollars } = this.limits;
    if (calls !== null && this.#sent + next.calls > calls) return "calls spent";
    if (moment >= this.deadline) return "time spent";
    if (dollars === null || next.nanodollars === 0) return null;
    const most = dollars * NANODOLLARS;
    if (this.#nanodollars + next.nanodollars * this.#factor > most) return "budget spent";
    if (this.#billed === 0 && this.#underWay > (isExtension ? 1 : 0)) return "wait";
    return this.committed + next.nanodollars * this.#factor > most ? "wait" : null;
  }

  /** Holds back what a job may come to: before anything of it is sent. */
  reserve(outlay: Outlay): void {
    this.#sent += outlay.calls;
    this.#heldBack += outlay.nanodollars;
    this.#underWay++;
    this.shared?.reserve(outlay);
  }

  /** Holds back what further calls of a job under way may come to. */
  extend(outlay: Outlay): void {
    this.#sent += outlay.calls;
    this.#heldBack += outlay.nanodollars;
    this.shared?.extend(outlay);
  }

  /** Whether only others can have money back that is held back. */
  get waitsForOthers(): boolean {
    return this.#underWay === 0 && this.shared !== undefined && this.shared.#underWay > 0;
  }

  /** Has `listener` called whenever a job is over. */
  onSettled(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /**
   * A job is over.
   * @param held all that was held back for it
   * @param came the calls that were made of it, and what they cost; null: nothing, or nobody knows a price
   */
  settle(held: Outlay, came: { readonly calls: number; readonly nanodollars: number | null }): void {
    this.#heldBack -= held.nanodollars;
    this.#underWay--;
    this.#sent -= held.calls - came.calls;
    if (came.nanodollars !== null) {
      this.#nanodollars += came.nanodollars;
      this.#billed++;
      if (held.nanodollars > 0) this.#factor = Math.max(this.#factor, came.nanodollars / held.nanodollars);
    }
    this.shared?.settle(held, came);
    for (const listener of this.#listeners) listener();
  }
}
