import { setMaxListeners } from "node:events";
import type { Context } from "../context.ts";
import type { JudgeLimits, JudgeProgress, JudgeSettings, RunEnding } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import type { BackOff } from "./back-off.ts";
import { askJudge } from "./ask.ts";
import { Budget } from "./budget.ts";
import { type Call, claimCalls } from "./claim.ts";
import type { TokenPrice } from "./cost.ts";
import type { Judge } from "./judge-annotator.ts";
import type { ModelServer } from "./model-call.ts";
import { catchUp, countJudged } from "./present-again.ts";
import { beginRun, endRun, HEARTBEAT_MS, markAlive, type RunProcess } from "./run-store.ts";
import { type CallResult, releaseCalls, settleCall } from "./settle.ts";
import { TEMPLATE_VERSION, templateHash } from "./template.ts";

export interface RunWanted {
  readonly judge: Judge;
  readonly settings: JudgeSettings;
  readonly limits: JudgeLimits;
  readonly wording: Wording;
  readonly server: ModelServer;
  /** null: not known, so costs are not told. */
  readonly price: TokenPrice | null;
  /** What a call is thought to cost, in nanodollars. */
  readonly expectedCost: number;
  readonly process: RunProcess;
  readonly backOff: BackOff;
  /** Aborted: calls under way are waited for, and no other is made. */
  readonly stop: AbortSignal;
  /** Aborted: calls under way are given up, too. */
  readonly abandon: AbortSignal;
  readonly onProgress: (progress: JudgeProgress) => void;
}

export interface RunSummary {
  readonly runId: number;
  readonly ending: RunEnding;
  readonly said: string;
  readonly progress: JudgeProgress;
}

/** So many replies in a row without a verdict: the model cannot do this. */
const FAILURES_MAX = 30;
/** So many pauses in a row, each up to twice as long: the server is not there. */
const PAUSES_MAX = 12;
const POLL_MS = 1000;

/**
 * Lets a model judge what is allotted to it until nothing is left, a limit is reached, or it is asked to stop. Every call
 * is written down before it is sent and settled in one transaction with its judgment, so that a run that is killed goes
 * on where it was, and nothing that came back is paid for twice.
 */
export async function runJudge(context: Context, wanted: RunWanted): Promise<RunSummary> {
  const { judge, settings, process } = wanted;
  const template = { version: TEMPLATE_VERSION, hash: templateHash(wanted.wording) };
  const runId = await beginRun(context, { judge, settings, template, process });
  const at = context.clock().toISOString();
  setMaxListeners(0, wanted.stop, wanted.abandon); // every call under way listens
  const run = new JudgeRunner(context, wanted, runId);
  const heart = setInterval(() => void markAlive(context, runId).catch(() => undefined), HEARTBEAT_MS);
  try {
    await catchUp(context, { annotatorId: judge.annotatorId, again: settings, at });
    const { ending, said } = await run.go(await countJudged(context, judge.annotatorId, settings));
    await endRun(context, { id: runId, ending, said });
    return { runId, ending, said, progress: run.progress() };
  } finally {
    clearInterval(heart);
    wanted.server.close();
  }
}

interface End {
  readonly ending: RunEnding;
  readonly said: string;
}

class JudgeRunner {
  readonly #budget: Budget;
  #queue: Call[] = [];
  #refilling: Promise<void> | null = null;
  #waiting: (() => void)[] = [];
  #underWay = 0;
  #end: { readonly ending: RunEnding; readonly say: () => string } | null = null;
  #nothingLeft = false;
  #failed = 0;
  #inARow = 0;
  #judged = 0;
  #of = 0;
  #judgedHere = 0;
  #tokens = { prompt: 0, completion: 0 };

  constructor(
    readonly context: Context,
    readonly wanted: RunWanted,
    readonly runId: number,
  ) {
    const startedAt = this.#now();
    this.#budget = new Budget(wanted.limits, { startedAt, expected: wanted.expectedCost });
  }

  /** `judged`: verdicts that are there from earlier runs. */
  async go(judged: number): Promise<End> {
    this.#judged = judged;
    const workers = Array.from({ length: this.wanted.limits.concurrency }, () => this.#work());
    const results = await Promise.allSettled(workers);
    await releaseCalls(this.context, this.#queue);
    const broken = results.find((result) => result.status === "rejected");
    if (broken) {
      await endRun(this.context, { id: this.runId, ending: "died", said: "An error of our own ended it." });
      throw broken.reason;
    }
    const { ending, say } = this.#end ?? { ending: "done", say: () => this.#saidAtEnd() };
    return { ending, said: [say(), ...this.#saidConceded()].join(" ") };
  }

  progress(): JudgeProgress {
    const { promptTokens, completionTokens } = {
      promptTokens: this.#tokens.prompt,
      completionTokens: this.#tokens.completion,
    };
    const judged = this.#judged + this.#judgedHere;
    return {
      ...{ judged, of: Math.max(this.#of, judged), calls: this.#budget.calls, failed: this.#failed },
      dollars: this.wanted.price === null ? null : this.#budget.nanodollars / 1e9,
      ...{ promptTokens, completionTokens, endsAt: this.#endsAt(judged) },
    };
  }

  #now(): number {
    return this.context.clock().getTime();
  }

  #endsAt(judged: number): string | null {
    const left = this.#of - judged;
    if (this.#judgedHere === 0 || left <= 0) return null;
    const perJudgment = (this.#now() - this.#budget.startedAt) / this.#judgedHere;
    return new Date(this.#now() + perJudgment * left).toISOString();
  }

  #saidAtEnd(): string {
    const missing = this.#of - this.#judged - this.#judgedHere;
    if (missing <= 0) return "Everything is judged.";
    return `${missing} of ${this.#of} have no verdict. The same command asks about them again.`;
  }

  /** What the server was asked without decides verdicts, so the run says it. */
  #saidConceded(): string[] {
    const conceded = this.wanted.server.conceded();
    return conceded.length === 0 ? [] : [`The server takes no ${conceded.join(", ")}: it was asked without.`];
  }

  /** One of the places at which a call can be under way. */
  async #work(): Promise<void> {
    for (;;) {
      const call = await this.#next();
      if (!call) return;
      try {
        await this.#judge(call);
      } finally {
        this.#underWay--;
        this.#tellChange();
      }
    }
  }

  /** The next call to make, once it may be made; null where none will come any more. */
  async #next(): Promise<Call | null> {
    for (;;) {
      if (this.#isOver()) return null;
      if (this.#queue.length < this.wanted.limits.concurrency / 2 && !this.#nothingLeft) {
        const refilled = this.#refill();
        if (this.#queue.length === 0) await refilled;
      }
      await this.#rest();
      if (this.#isOver()) return null;
      const mustWait = this.#budget.spent(this.#now()) === "wait";
      const call = mustWait ? undefined : this.#queue.shift();
      if (call) {
        this.#budget.sending(); // at once, so that no limit is passed by two who looked together
        this.#underWay++;
        return call;
      }
      if (this.#underWay === 0 && this.#nothingLeft) return null;
      if (this.#underWay > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #isOver(): boolean {
    if (this.#end) return true;
    if (this.wanted.stop.aborted)
      this.#finish("stopped", () => "Stopped. The same command goes on from here.");
    const spent = this.#budget.spent(this.#now());
    if (spent && spent !== "wait") this.#finish(spent, () => this.#saidSpent(spent));
    return this.#end !== null;
  }

  #saidSpent(spent: RunEnding): string {
    const { judged, of } = this.progress();
    const where = `after ${judged} of ${of} judgments and ${this.#budget.calls} calls of this run`;
    return `The limit was reached ${where} (${spent}). The same command goes on from here.`;
  }

  /** `say` is asked once the calls under way are back. */
  #finish(ending: RunEnding, say: () => string): void {
    this.#end ??= { ending, say };
    this.#tellChange();
  }

  #tellChange(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const tell of waiting) tell();
  }

  /** One refill at a time; whoever asks meanwhile waits for the same one. */
  #refill(): Promise<void> {
    this.#refilling ??= this.#claim().finally(() => {
      this.#refilling = null;
      this.#tellChange();
    });
    return this.#refilling;
  }

  async #claim(): Promise<void> {
    const { judge, settings, limits } = this.wanted;
    const wanted = { judge, settings, runId: this.runId, attempts: limits.attempts };
    const claimed = await claimCalls(this.context, { ...wanted, want: limits.concurrency });
    this.#queue.push(...claimed.calls);
    this.#of = claimed.progress.of;
    if (claimed.calls.length > 0) return;
    if (claimed.state === "paused" || claimed.state === "closed")
      return this.#finish("stopped", () => `The study is ${claimed.state}: nothing is handed out.`);
    if (this.#underWay > 0) return; // what fails may be asked about again
    if (claimed.state === "wait") await pause(POLL_MS, this.wanted.stop);
    else this.#nothingLeft = true;
  }

  /** Waits as long as the server wants to be left alone. */
  async #rest(): Promise<void> {
    for (;;) {
      const ms = this.wanted.backOff.waitMs(this.#now());
      if (ms <= 0 || this.wanted.stop.aborted) return;
      await pause(ms, this.wanted.stop);
    }
  }

  async #judge(call: Call): Promise<void> {
    const { judge, settings } = this.wanted;
    const asked = await askJudge(this.context, { ...this.wanted, call });
    this.#budget.paid(asked.result.costNanodollars);
    this.#tally(asked.result);
    const { fatal } = asked;
    if (fatal !== null) this.#finish("gave up", () => fatal);
    await settleCall(this.context, { judge, call, language: settings.language, result: asked.result });
    this.wanted.onProgress(this.progress());
  }

  #tally(result: CallResult): void {
    this.#tokens.prompt += result.reply?.promptTokens ?? 0;
    this.#tokens.completion += result.reply?.completionTokens ?? 0;
    if ("choice" in result) {
      this.#judgedHere++;
      this.#inARow = 0;
      return;
    }
    this.#failed++;
    this.#nothingLeft = false; // it may be asked about again
    if (result.reply !== null) this.#inARow++;
    const pauses = this.wanted.backOff.failuresInARow;
    if (this.#inARow < FAILURES_MAX && pauses < PAUSES_MAX) return;
    this.#finish("gave up", () => `Call after call had no verdict, the last one: ${result.message}`);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
