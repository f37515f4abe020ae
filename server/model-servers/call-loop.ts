import { setMaxListeners } from "node:events";
import type { Context } from "../context.ts";
import type { RunEnding } from "../contract/judges.ts";
import { Budget, type Outlay } from "./budget.ts";
import type { LoopWanted, Made, Said } from "./call-job.ts";
import { Patience } from "./patience.ts";
import { pause, type Pause } from "./pause.ts";

export interface End {
  readonly ending: RunEnding;
  readonly said: string;
}

const POLL_MS = 1000;
/** Jobs taken in one transaction: more of them would hold up whoever else the process serves. */
const TAKEN_AT_ONCE = 16;
/** A pause is told from this length on; one that the server did not ask for from the second on. */
const LIMITED_TOLD_MS = 1000;
const TOLD_MS = 10_000;
/** What comes next, where no job is at hand: a call, at a price that nobody knows. */
const NEXT_UNKNOWN: Outlay = { calls: 1, nanodollars: 0 };
/** The flags of the command line that set the limits of a run. */
const LIMIT_FLAGS: { readonly [Ending in RunEnding]?: string } = {
  "calls spent": "--max-calls",
  "budget spent": "--max-cost",
  "time spent": "--max-minutes",
};
/** Below this share of the places as many jobs wait as there are places: replies may all come at once. */
const ENOUGH = 0.75;

/** Does jobs, as many at once as the limits allow, until none is left, a limit is reached, or it is asked to stop. */
export class CallLoop<Job> {
  readonly #budget: Budget;
  #queue: Job[] = [];
  #refilling: Promise<void> | null = null;
  #waiting: (() => void)[] = [];
  #underWay = 0;
  #end: { readonly ending: RunEnding; readonly say: () => Said } | null = null;
  #nothingLeft = false;
  readonly #patience: Patience;
  readonly #pause: Pause;
  /** The latest pause that was told: why, and to which minute. */
  #told: { readonly why: string; readonly minute: number } | null = null;
  /** What is still being written of jobs whose places are free. */
  readonly #writing = new Set<Promise<void>>();
  /** An error of our own; the first one counts. */
  #broken: { readonly error: unknown } | null = null;

  constructor(
    readonly context: Context,
    readonly wanted: LoopWanted<Job>,
  ) {
    const { limits, stop, sharedBudget } = wanted;
    setMaxListeners(0, stop); // every pause listens
    this.#budget = new Budget(limits, this.#now(), sharedBudget);
    sharedBudget?.onSettled(() => this.#tellChange());
    this.#patience = new Patience(limits.concurrency);
    this.#pause = wanted.pause ?? pause;
  }

  /** Calls that were sent so far, or are about to be. */
  get calls(): number {
    return this.#budget.calls;
  }

  get nanodollars(): number {
    return this.#budget.nanodollars;
  }

  get startedAt(): number {
    return this.#budget.startedAt;
  }

  /** Runs to the end. What `take` and `make` throw ends it, too, once the other jobs under way are done. */
  async run(): Promise<End> {
    await Promise.all(Array.from({ length: this.wanted.limits.concurrency }, () => this.#work()));
    await Promise.all([...this.#writing, this.#refilling]);
    await this.wanted.letGo(this.#queue);
    if (this.#broken) throw this.#broken.error;
    this.#giveUp(this.#patience.end());
    const { ending, say } = this.#end ?? { ending: "done", say: this.wanted.sayDone };
    return { ending, said: await say() };
  }

  #now(): number {
    return this.context.clock().getTime();
  }

  /** One of the places at which a job can be under way. */
  async #work(): Promise<void> {
    try {
      for (let next = await this.#next(); next; next = await this.#next()) {
        await this.#make(next);
        if (this.#writing.size > this.wanted.limits.concurrency) await Promise.race(this.#writing);
      }
    } catch (error) {
      this.#break(error);
    }
  }

  #await(written: Promise<void>): void {
    const done = written
      .catch((error: unknown) => this.#break(error))
      .finally(() => {
        this.#writing.delete(done);
        this.#tellChange();
      });
    this.#writing.add(done);
  }

  #break(error: unknown): void {
    this.#broken ??= { error };
    this.#finish("died", () => "An internal error ended it.");
  }

  /** The next job, once it may be begun; null where none will come any more. */
  async #next(): Promise<{ readonly job: Job; readonly outlay: Outlay } | null> {
    for (;;) {
      if (this.#isOver()) return null;
      this.#refill();
      await this.#rest();
      if (this.#isOver()) return null;
      const next = this.#shift();
      this.#refill();
      if (next) return next;
      if (!this.#isUnderWay() && this.#nothingLeft) return null;
      if (this.#isUnderWay() || this.#refilling || this.#budget.waitsForOthers)
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #isUnderWay(): boolean {
    return this.#underWay > 0 || this.#writing.size > 0;
  }

  #shift(): { readonly job: Job; readonly outlay: Outlay } | null {
    const [job] = this.#queue;
    if (job === undefined) return null;
    const outlay = this.wanted.outlayOf(job);
    if (this.#budget.spent(this.#now(), outlay) !== null) return null;
    this.#queue.shift();
    this.#budget.reserve(outlay); // at once, so that no limit is passed by two who looked together
    this.#underWay++;
    return { job, outlay };
  }

  #isOver(): boolean {
    if (this.#end) return true;
    if (this.wanted.stop.aborted)
      this.#finish("stopped", () => "Stopped. Run the same command again to continue.");
    const [job] = this.#queue;
    const next = job === undefined ? NEXT_UNKNOWN : this.wanted.outlayOf(job);
    const spent = this.#budget.spent(this.#now(), next);
    if (spent && spent !== "wait") this.#reach(spent);
    return this.#end !== null;
  }

  #reach(spent: RunEnding): void {
    const flag = LIMIT_FLAGS[spent];
    const what = flag === undefined ? spent : `${spent}; ${flag} sets it`;
    const where = async () => `The limit was reached ${await this.wanted.sayWhere()} (${what}).`;
    this.#finish(spent, async () => `${await where()} Run the same command again to continue.`);
  }

  /** `say` is asked once the jobs under way are done. */
  #finish(ending: RunEnding, say: () => Said): void {
    this.#end ??= { ending, say };
    this.#tellChange();
  }

  #tellChange(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const tell of waiting) tell();
  }

  /** Sees to it that enough jobs wait; one refill at a time. */
  #refill(): void {
    const isEnough = this.#queue.length >= this.wanted.limits.concurrency * ENOUGH;
    if (isEnough || this.#nothingLeft || this.#end !== null || this.#refilling) return;
    this.#refilling = this.#takeAll()
      .catch((error: unknown) => this.#break(error))
      .finally(() => {
        this.#refilling = null;
        this.#tellChange();
      });
  }

  /** Takes jobs until as many wait as there are places, a few at a time. */
  async #takeAll(): Promise<void> {
    const { concurrency } = this.wanted.limits;
    let goesOn = true;
    while (goesOn && this.#end === null && this.#queue.length < concurrency) {
      goesOn = await this.#take(Math.min(TAKEN_AT_ONCE, concurrency - this.#queue.length));
      this.#tellChange();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** @returns whether more may be taken at once */
  async #take(want: number): Promise<boolean> {
    const taken = await this.wanted.take(want);
    if ("over" in taken) this.#finish("stopped", () => taken.over);
    else if (taken.more === "now") this.#queue.push(...taken.jobs);
    else if (this.#isUnderWay() || this.#queue.length > 0)
      return false; // what fails may be asked about again
    else if (taken.more === "later") await this.#pause(POLL_MS, this.wanted.stop);
    else this.#nothingLeft = true;
    return "more" in taken && taken.more === "now";
  }

  async #rest(): Promise<void> {
    for (;;) {
      const now = this.#now();
      const ms = this.wanted.backOff.waitMs(now);
      if (ms <= 0 || this.wanted.stop.aborted || this.#end !== null) return;
      this.#tellWait(now + ms, ms);
      if (now + ms >= this.#budget.deadline) return this.#reach("time spent");
      await this.#pause(ms, this.wanted.stop);
    }
  }

  #tellWait(until: number, ms: number): void {
    const { backOff, onWait } = this.wanted;
    const { why } = backOff;
    const minute = Math.floor(until / 60_000);
    const isWorthTelling = ms >= (why === "rate limited" ? LIMITED_TOLD_MS : TOLD_MS);
    // each place waits a little longer than another: an earlier minute is no news
    const isTold = this.#told !== null && this.#told.why === why && minute <= this.#told.minute;
    if (why === null || !isWorthTelling || isTold) return;
    this.#told = { why, minute };
    onWait({ why, until: new Date(until) });
  }

  async #make({ job, outlay }: { readonly job: Job; readonly outlay: Outlay }): Promise<void> {
    let held = outlay;
    let isSettled = false;
    try {
      const oneMore = (nanodollars: number): boolean => {
        const more = { calls: 1, nanodollars };
        if (!this.#mayMake(more)) return false;
        this.#budget.extend(more);
        held = { calls: held.calls + 1, nanodollars: held.nanodollars + nanodollars };
        return true;
      };
      const made = await this.wanted.make(job, { rest: () => this.#rest(), oneMore });
      if (made.written) this.#await(made.written);
      this.#budget.settle(held, made);
      isSettled = true;
      this.#refuse(made.fatal);
      if (made.spentQuota) this.#spendQuota(made.spentQuota);
      this.#learn(made);
    } finally {
      // others may spend from the same budget, and wait for what this job holds back: it may have cost all of that
      if (!isSettled) this.#budget.settle(held, held);
      this.#underWay--;
      this.#tellChange();
    }
  }

  #mayMake(more: Outlay): boolean {
    if (this.#end !== null || this.wanted.stop.aborted) return false;
    return this.#budget.spent(this.#now(), more, true) === null;
  }

  #learn({ failure, calls }: Made): void {
    if (failure?.canComeAgain) this.#nothingLeft = false;
    const { failuresInARow } = this.wanted.backOff;
    this.#giveUp(this.#patience.learn(failure, failuresInARow, Math.max(1, calls)));
  }

  #spendQuota(why: string): void {
    this.#finish("quota spent", () => `${why} Run the same command again when the quota is renewed.`);
  }

  /** That no call can help says more than that a limit was reached by the calls before it was known. */
  #refuse(why: string | null): void {
    if (why !== null && this.#end !== null && LIMIT_FLAGS[this.#end.ending] !== undefined) this.#end = null;
    this.#giveUp(why);
  }

  #giveUp(why: string | null): void {
    if (why !== null) this.#finish("gave up", () => why);
  }
}
