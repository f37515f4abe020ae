import type { JudgeLimits } from "../contract/judges.ts";
import type { BackOff } from "./back-off.ts";
import type { Budget, Outlay } from "./budget.ts";
import type { Failure } from "./patience.ts";
import type { Pause } from "./pause.ts";

/** What a run of calls to a model server does, and within which limits. A job is one call, or several that follow. */
export interface LoopWanted<Job> {
  readonly limits: Omit<JudgeLimits, "attempts">;
  readonly backOff: BackOff;
  /** One that other runs spend from, too; missing: there is none. */
  readonly sharedBudget?: Budget;
  /** Aborted: jobs under way are waited for, and no other is begun. */
  readonly stop: AbortSignal;
  /** Up to `want` further jobs. */
  readonly take: (want: number) => Promise<Taken<Job>>;
  /** What a job may come to at the most: held back before it is begun. */
  readonly outlayOf: (job: Job) => Outlay;
  /** Does a job. Its place is free when this resolves; it counts as under way until `written` does, too. */
  readonly make: (job: Job, place: CallSlot) => Promise<Made>;
  /** Lets go of jobs that were taken and never begun. */
  readonly letGo: (jobs: readonly Job[]) => Promise<void>;
  readonly sayDone: () => Said;
  /** Where it stands, behind "The limit was reached". */
  readonly sayWhere: () => Said;
  /** How a pause passes; default: the platform's timer. */
  readonly pause?: Pause | undefined;
  /** Told once a minute at the most what the run waits for, and until when. */
  readonly onWait: (waiting: Waiting) => void;
}

/** What is read of it once the jobs under way are done. */
export type Said = string | Promise<string>;

export interface Waiting {
  /** As of CallFailed. */
  readonly why: string;
  readonly until: Date;
}

/** `more`: whether others may come. `over`: nothing is to be done here any more, and why. */
export type Taken<Job> =
  { readonly jobs: readonly Job[]; readonly more: "now" | "later" | "none" } | { readonly over: string };

/** What a job may ask for between its calls. */
export interface CallSlot {
  /** Waits as long as the server wants to be left alone. */
  readonly rest: () => Promise<void>;
  /** Whether it may make a call more than it was thought to take, which costs so much at the most. */
  readonly oneMore: (nanodollars: number) => boolean;
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
  /** Why no call of this day can; null: one can. */
  readonly spentQuota?: string | null;
  /** Resolves once what came of it is committed; not said: it is. */
  readonly written?: Promise<void>;
}
