import { setMaxListeners } from "node:events";
import type { Context } from "../context.ts";
import type { JudgeLimits, JudgeProgress, JudgeSettings, RunEnding } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import type { BackOff } from "../model-servers/back-off.ts";
import type { Budget, Outlay } from "../model-servers/budget.ts";
import { ProtocolCache } from "../studies/protocol-cache.ts";
import { askJudge, type Question, questionOf } from "./ask.ts";
import type { Made, Taken, Waiting } from "../model-servers/call-job.ts";
import { CallLoop, type End } from "../model-servers/call-loop.ts";
import { type Call, claimCalls } from "./claim.ts";
import { type TokenPrice, worstCost } from "../model-servers/cost.ts";
import type { Judge } from "./judge-annotator.ts";
import { type ModelServer, saidConceded } from "../model-servers/model-call.ts";
import { catchUp, countJudged } from "./present-again.ts";
import { beginRun, endRun, HEARTBEAT_MS, markAlive, type RunProcess } from "./run-store.ts";
import type { Pause } from "../model-servers/pause.ts";
import { saidWaiting } from "../model-servers/said-waiting.ts";
import { RunTally } from "./run-tally.ts";
import { type CallResult, releaseCalls, finishCall } from "./finish-call.ts";
import { TEMPLATE_VERSION, templateHash } from "./template.ts";
import { countUnderWay, type Unjudged, unjudgedBy } from "./unjudged.ts";

interface RunWanted {
  readonly judge: Judge;
  readonly settings: JudgeSettings;
  readonly limits: JudgeLimits;
  readonly wording: Wording;
  readonly server: ModelServer;
  /** null: not known, so costs are not told. */
  readonly price: TokenPrice | null;
  readonly process: RunProcess;
  readonly backOff: BackOff;
  readonly pause?: Pause;
  readonly sharedBudget?: Budget;
  /** Aborted: calls under way are waited for, and no other is made. */
  readonly stop: AbortSignal;
  /** Aborted: calls under way are given up, too. */
  readonly abandon: AbortSignal;
  /** Called once with the run's id, before the first call. */
  readonly onBegun?: (runId: number) => void;
  readonly onProgress: (progress: JudgeProgress) => void;
  /** Told what somebody who waits wants to know. */
  readonly onNotice: (said: string) => void;
}

export interface RunSummary {
  readonly runId: number;
  readonly ending: RunEnding;
  readonly said: string;
  readonly progress: JudgeProgress;
  /** What was asked about in vain, in all runs of this judge: the first hundred, and how many there are. */
  readonly unjudged: { readonly count: number; readonly pairs: readonly Unjudged[] };
}

const NAMED_MAX = 100;
/** How much higher the limit of tokens is where a reply was cut off at it. */
const HIGHER = 4;

/**
 * Lets a model judge what is allotted to it until nothing is left, a limit is reached, or it is asked to stop. Every call
 * is written down before it is sent and settled in one transaction with its judgment, so that a run that is killed goes
 * on where it was, and nothing that came back is paid for twice.
 */
export async function runJudge(context: Context, wanted: RunWanted): Promise<RunSummary> {
  const { judge, settings, process } = wanted;
  const template = { version: TEMPLATE_VERSION, hash: templateHash(wanted.wording, settings.method) };
  const runId = await beginRun(context, { judge, settings, template, process });
  wanted.onBegun?.(runId);
  const at = context.clock().toISOString();
  setMaxListeners(0, wanted.abandon); // every call under way listens
  const run = new JudgeRunner(context, wanted, runId);
  const heart = setInterval(() => void markAlive(context, runId).catch(() => undefined), HEARTBEAT_MS);
  try {
    await catchUp(context, { annotatorId: judge.annotatorId, again: settings, at });
    const { ending, said } = await run.go(await countJudged(context, judge.annotatorId, settings));
    await endRun(context, { id: runId, ending, said });
    const unjudged = await unjudgedBy(context, judge.annotatorId);
    const named = { count: unjudged.length, pairs: unjudged.slice(0, NAMED_MAX) };
    return { runId, ending, said, progress: run.progress(), unjudged: named };
  } catch (error) {
    await endRun(context, { id: runId, ending: "died", said: "An internal error ended it." });
    throw error;
  } finally {
    clearInterval(heart);
    wanted.server.close();
  }
}

class JudgeRunner {
  readonly #loop: CallLoop<Call>;
  readonly #protocols = new ProtocolCache();
  readonly #questions = new WeakMap<Call, Question>();
  readonly #tally = new RunTally();
  /** Assignments whose reply was cut off: asked once more, at once. */
  readonly #cut = new Set<number>();
  /** Replies that are missing to a verdict. */
  readonly #samplesLeft = new Map<number, number>();
  /** The most tokens of a reply: higher once replies have turned out to need it. */
  #maxTokens: number;
  #waiting: string | null = null;
  #judged = 0;
  #of = 0;

  constructor(
    readonly context: Context,
    readonly wanted: RunWanted,
    readonly runId: number,
  ) {
    this.#maxTokens = wanted.settings.maxTokens;
    this.#loop = new CallLoop(context, {
      ...wanted,
      outlayOf: (call) => this.#outlayOf(call),
      take: (want) => this.#claim(want),
      make: (call) => this.#judge(call),
      letGo: (calls) => releaseCalls(context, calls),
      sayDone: () => this.#saidAtEnd(),
      sayWhere: async () => {
        await this.#recount();
        const { judged, of, calls } = this.progress();
        return `after ${judged} of ${of} judgments and ${calls} calls of this run`;
      },
      onWait: (waiting) => this.#wait(waiting),
    });
  }

  /** `judged`: verdicts that are there from earlier runs. */
  async go(judged: number): Promise<End> {
    this.#judged = judged;
    const { ending, said } = await this.#loop.run();
    await this.#recount();
    this.#waiting = null;
    const { server, settings } = this.wanted;
    const raised = { from: settings.maxTokens, to: this.#maxTokens };
    return { ending, said: [said, ...saidConceded(server), ...this.#tally.remarks(raised)].join(" ") };
  }

  progress(): JudgeProgress {
    const { calls, nanodollars } = this.#loop;
    const { judged: judgedHere, failed, prompt, completion, notTold, atMost, isPriced } = this.#tally.sum;
    const judged = this.#judged + judgedHere;
    return {
      ...{ judged, of: Math.max(this.#of, judged), calls, failed },
      dollars: this.wanted.price === null && !isPriced ? null : nanodollars / 1e9,
      ...{ promptTokens: prompt, completionTokens: completion, notTold, atMost },
      ...{ waiting: this.#waiting, endsAt: this.#endsAt(judged) },
    };
  }

  #endsAt(judged: number): string | null {
    const left = this.#of - judged;
    const { judged: judgedHere } = this.#tally.sum;
    if (judgedHere === 0 || left <= 0) return null;
    const now = this.context.clock().getTime();
    const perJudgment = (now - this.#loop.startedAt) / judgedHere;
    return new Date(now + perJudgment * left).toISOString();
  }

  #wait({ why, until }: Waiting): void {
    const { host } = new URL(this.wanted.settings.baseUrl);
    this.#waiting = saidWaiting(why, host, until);
    this.wanted.onNotice(this.#waiting);
    this.wanted.onProgress(this.progress());
  }

  /** Another process may judge for the same annotator: what it has judged is judged. */
  async #recount(): Promise<void> {
    const { judge, settings } = this.wanted;
    this.#judged = (await countJudged(this.context, judge.annotatorId, settings)) - this.#tally.sum.judged;
  }

  async #saidAtEnd(): Promise<string> {
    await this.#recount();
    const missing = this.#of - this.#judged - this.#tally.sum.judged;
    if (missing <= 0) return "Everything is judged.";
    const elsewhere = await countUnderWay(this.context, this.wanted.judge.annotatorId);
    if (elsewhere > 0)
      return `${missing} of ${this.#of} have no verdict yet; ${elsewhere} of them are with another process, or in a batch.`;
    const { attempts } = this.wanted.limits;
    if (this.#tally.sum.failed + this.#tally.sum.judged === 0)
      return `${missing} of ${this.#of} have no verdict, and no tries are left: --attempts ${attempts + 1} allows one more.`;
    return (
      `${missing} of ${this.#of} have no verdict. Run the same command again to retry those that were tried fewer than ` +
      `${attempts} times in all runs; --attempts allows more.`
    );
  }

  async #claim(want: number): Promise<Taken<Call>> {
    const { judge, settings, limits } = this.wanted;
    const of = { judge, settings, runId: this.runId, attempts: limits.attempts };
    const wanted = { ...of, want, protocols: this.#protocols, first: this.#cut };
    const { calls, state, progress } = await claimCalls(this.context, wanted);
    this.#of = progress.of;
    if (calls.length > 0) return { jobs: calls, more: "now" };
    if (state === "paused" || state === "closed")
      return { over: `The study is ${state}: no pairs are assigned.` };
    if (state === "ended")
      return { over: "The judge was excluded by a rule, so no more pairs are assigned to it." };
    return { jobs: [], more: state === "wait" ? "later" : "none" };
  }

  /** Put once, so that the cost is computed of what is sent. */
  #questionOf(call: Call): Question {
    const there = this.#questions.get(call);
    if (there) return there;
    const { settings, wording } = this.wanted;
    const isCut = this.#cut.has(call.assignmentId);
    const maxTokens = isCut ? settings.maxTokens * HIGHER : this.#maxTokens;
    const question = questionOf({ call, settings, wording, maxTokens });
    this.#questions.set(call, question);
    return question;
  }

  #outlayOf(call: Call): Outlay {
    return { calls: 1, nanodollars: worstCost(this.#questionOf(call).worst, this.wanted.price) };
  }

  async #judge(call: Call): Promise<Made> {
    const { judge, settings } = this.wanted;
    const question = this.#questionOf(call);
    const asked = await askJudge(this.context, { ...this.wanted, question });
    const { result, fatal, spentQuota } = asked;
    this.#waiting = null;
    this.#tally.add(result, question, this.#isVerdict(call, result));
    this.#learnLimit(call, question, result);
    const settled = finishCall(this.context, { judge, call, settings, result });
    const written = settled.then(() => this.wanted.onProgress(this.progress()));
    const failure = failureOf(result, call);
    return { calls: 1, nanodollars: result.charge.nanodollars, failure, fatal, spentQuota, written };
  }

  /** Whether a reply makes the verdict: where several do, the last of them. */
  #isVerdict({ assignmentId, samplesLeft }: Call, result: CallResult): boolean {
    if (!("choice" in result)) return false;
    const left = (this.#samplesLeft.get(assignmentId) ?? samplesLeft) - 1;
    this.#samplesLeft.set(assignmentId, left);
    return left === 0;
  }

  /** A reply that was cut off is asked for once more with a higher limit; where that helps, so are all others. */
  #learnLimit({ assignmentId }: Call, { request }: Question, result: CallResult): void {
    const isHigher = request.maxTokens > this.wanted.settings.maxTokens;
    if (!("failure" in result)) {
      if (!isHigher) return; // of several samples, another one may have been cut off
      this.#maxTokens = request.maxTokens;
      this.#cut.delete(assignmentId);
    } else if (result.failure === "truncated" && !isHigher && !result.isFull) this.#cut.add(assignmentId);
  }
}

/** It may be asked about again: how often is counted where calls are claimed. */
function failureOf(result: CallResult, { isKnownToFail }: Call): Made["failure"] {
  if ("choice" in result) return null;
  const { reply, failure, message } = result;
  const kind = reply === null ? failure : null;
  return { kind, message, canComeAgain: true, isKnown: isKnownToFail };
}
