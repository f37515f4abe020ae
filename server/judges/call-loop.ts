import { setMaxListeners } from "node:events";
import type { Context } from "../context.ts";
import type { JudgeLimits, RunEnding } from "../contract/judges.ts";
import type { BackOff } from "./back-off.ts";
import { Budget, ONE_CALL, type Outlay } from "./budget.ts";
import { type Failure, Patience } from "./patience.ts";
import { pause } from "./pause.ts";

/** What a run of calls to a model server does, and within which limits. A job is one call, or several that follow. */
export interface LoopWanted<Job> {
  readonly limits: Omit<JudgeLimits, "attempts">;
  /** What a call is thought to cost, in nanodollars. */
  readonly expectedCost: number;
  readonly backOff: BackOff;
  /** Aborted: jobs under way are waited for, and no other is begun. */
  readonly stop: AbortSignal;
  /** Up to `want` further jobs. */
  readonly take: (want: number) => Promise<Taken<Job>>;
  /** What a job may come to at the most; one call as dear as others, if not said. */
  readonly outlayOf?: (job: Job) => Outlay;
  /** Does a job. Its place is free when this resolves; it counts as under way until `written` does, too. */
  readonly make: (job: Job, place: Place) => Promise<Made>;
  /** Lets go of jobs that were taken and never begun. */
  readonly letGo: (jobs: readonly Job[]) => Promise<void>;
  readonly sayDone: () => string;
  /** Where it stands, behind "The limit was reached". */
  readonly sayWhere: () => string;
}

/** `more`: whether others may come. `over`: nothing is to be done here any more, and why. */
export type Taken<Job> =
  { readonly jobs: readonly Job[]; readonly more: "now" | "later" | "none" } | { readonly over: string };

/** What a job may ask for between its calls. */
export interface Place {
  /** Waits as long as the server wants to be left alone. */
  readonly rest: () => Promise<void>;
  /** Whether it may make a call more than it was thought to take; the call is counted then. */
  readonly oneMore: () => boolean;
}

/** What a job came to. */
export interface Made {
  readonly calls: number;
  /** What they cost; null: nothing, or nobody knows. */
  readonly nanodollars: number | null;
  /** Why it came to nothing; null: it came to something. */
  readonly failure: Failure | null;
  /** Why no further call can help; null: one can. */
  readonly fatal: string | null;
  /** Resolves once what came of it is committed; not said: it is. */
  readonly written?: Promise<void>;
}

export interface End {
  readonly ending: RunEnding;
  readonly said: string;
}

const POLL_MS = 1000;
/** Jobs taken in one transaction: more of them would hold up whoever else the process serves. */
const TAKEN_AT_ONCE = 16;
/** Below this share of the places as many jobs wait as there are places: replies may all come at once. */
const ENOUGH = 0.75;

/** Does jobs, as many at once as the limits allow, until none is left, a limit is reached, or it is asked to stop. */
export class CallLoop<Job> {
  readonly #budget: Budget;
  #queue: Job[] = [];
  #refilling: Promise<void> | null = null;
  #waiting: (() => void)[] = [];
  #underWay = 0;
  #end: { readonly ending: RunEnding; readonly say: () => string } | null = null;
  #nothingLeft = false;
  readonly #patience = new Patience();
  /** What is still being written of jobs whose places are free. */
  readonly #writing = new Set<Promise<void>>();
  /** An error of our own; the first one counts. */
  #broken: { readonly error: unknown } | null = null;

  constructor(
    readonly context: Context,
    readonly wanted: LoopWanted<Job>,
  ) {
    const { limits, expectedCost, stop } = wanted;
    setMaxListeners(0, stop); // every pause listens
    this.#budget = new Budget(limits, { startedAt: this.#now(), expected: expectedCost });
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
    return { ending, said: say() };
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
    this.#finish("died", () => "An error of our own ended it.");
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
      if (this.#isUnderWay() || this.#refilling)
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #isUnderWay(): boolean {
    return this.#underWay > 0 || this.#writing.size > 0;
  }

  #shift(): { readonly job: Job; readonly outlay: Outlay } | null {
    const [job] = this.#queue;
    if (job === undefined) return null;
    const outlay = this.#outlayOf(job);
    if (this.#budget.spent(this.#now(), outlay) === "wait") return null;
    this.#queue.shift();
    this.#budget.sending(outlay); // at once, so that no limit is passed by two who looked together
    this.#underWay++;
    return { job, outlay };
  }

  readonly #outlayOf = (job: Job): Outlay => this.wanted.outlayOf?.(job) ?? ONE_CALL;

  #isOver(): boolean {
    if (this.#end) return true;
    if (this.wanted.stop.aborted)
      this.#finish("stopped", () => "Stopped. The same command goes on from here.");
    const [job] = this.#queue;
    const spent = this.#budget.spent(this.#now(), job === undefined ? ONE_CALL : this.#outlayOf(job));
    if (spent && spent !== "wait") {
      const where = () => `The limit was reached ${this.wanted.sayWhere()} (${spent}).`;
      this.#finish(spent, () => `${where()} The same command goes on from here.`);
    }
    return this.#end !== null;
  }

  /** `say` is asked once the jobs under way are done. */
  #finish(ending: RunEnding, say: () => string): void {
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
    else if (taken.more === "later") await pause(POLL_MS, this.wanted.stop);
    else this.#nothingLeft = true;
    return "more" in taken && taken.more === "now";
  }

  async #rest(): Promise<void> {
    for (;;) {
      const ms = this.wanted.backOff.waitMs(this.#now());
      if (ms <= 0 || this.wanted.stop.aborted) return;
      await pause(ms, this.wanted.stop);
    }
  }

  async #make({ job, outlay }: { readonly job: Job; readonly outlay: Outlay }): Promise<void> {
    try {
      let more = 0; // calls that are counted already
      const oneMore = () => this.#oneMore() && ++more > 0;
      const made = await this.wanted.make(job, { rest: () => this.#rest(), oneMore });
      if (made.written) this.#await(made.written);
      this.#budget.paid(made.nanodollars, { sent: outlay, calls: made.calls - more });
      this.#giveUp(made.fatal);
      this.#learn(made.failure);
    } finally {
      this.#underWay--;
      this.#tellChange();
    }
  }

  #oneMore(): boolean {
    if (this.#end !== null || this.wanted.stop.aborted) return false;
    const more = { calls: 1, nanodollars: 0 };
    if (this.#budget.spent(this.#now(), more) !== null) return false;
    this.#budget.sending(more);
    this.#budget.paid(null, { sent: more, calls: 1 });
    return true;
  }

  #learn(failure: Failure | null): void {
    if (failure?.canComeAgain) this.#nothingLeft = false;
    this.#giveUp(this.#patience.learn(failure, this.wanted.backOff.failuresInARow));
  }

  #giveUp(why: string | null): void {
    if (why !== null) this.#finish("gave up", () => why);
  }
}
