import { setMaxListeners } from "node:events";
import type { Context } from "../context.ts";
import type { JudgeLimits, JudgeProgress, JudgeSettings, RunEnding } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import type { BackOff } from "./back-off.ts";
import { ProtocolCache } from "../studies/protocol-cache.ts";
import { askJudge } from "./ask.ts";
import { CallLoop, type End, type Made, type Taken } from "./call-loop.ts";
import { type Call, claimCalls } from "./claim.ts";
import type { TokenPrice } from "./cost.ts";
import type { Judge } from "./judge-annotator.ts";
import { type ModelServer, saidConceded } from "./model-call.ts";
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
  setMaxListeners(0, wanted.abandon); // every call under way listens
  const run = new JudgeRunner(context, wanted, runId);
  const heart = setInterval(() => void markAlive(context, runId).catch(() => undefined), HEARTBEAT_MS);
  try {
    await catchUp(context, { annotatorId: judge.annotatorId, again: settings, at });
    const { ending, said } = await run.go(await countJudged(context, judge.annotatorId, settings));
    await endRun(context, { id: runId, ending, said });
    return { runId, ending, said, progress: run.progress() };
  } catch (error) {
    await endRun(context, { id: runId, ending: "died", said: "An error of our own ended it." });
    throw error;
  } finally {
    clearInterval(heart);
    wanted.server.close();
  }
}

class JudgeRunner {
  readonly #loop: CallLoop<Call>;
  readonly #protocols = new ProtocolCache();
  #failed = 0;
  #judged = 0;
  #of = 0;
  #judgedHere = 0;
  #tokens = { prompt: 0, completion: 0 };

  constructor(
    readonly context: Context,
    readonly wanted: RunWanted,
    readonly runId: number,
  ) {
    this.#loop = new CallLoop(context, {
      ...wanted,
      take: (want) => this.#claim(want),
      make: (call) => this.#judge(call),
      letGo: (calls) => releaseCalls(context, calls),
      sayDone: () => this.#saidAtEnd(),
      sayWhere: () => {
        const { judged, of, calls } = this.progress();
        return `after ${judged} of ${of} judgments and ${calls} calls of this run`;
      },
    });
  }

  /** `judged`: verdicts that are there from earlier runs. */
  async go(judged: number): Promise<End> {
    this.#judged = judged;
    const { ending, said } = await this.#loop.run();
    return { ending, said: [said, ...saidConceded(this.wanted.server)].join(" ") };
  }

  progress(): JudgeProgress {
    const { prompt, completion } = this.#tokens;
    const { calls, nanodollars } = this.#loop;
    const judged = this.#judged + this.#judgedHere;
    return {
      ...{ judged, of: Math.max(this.#of, judged), calls, failed: this.#failed },
      dollars: this.wanted.price === null ? null : nanodollars / 1e9,
      ...{ promptTokens: prompt, completionTokens: completion, endsAt: this.#endsAt(judged) },
    };
  }

  #endsAt(judged: number): string | null {
    const left = this.#of - judged;
    if (this.#judgedHere === 0 || left <= 0) return null;
    const now = this.context.clock().getTime();
    const perJudgment = (now - this.#loop.startedAt) / this.#judgedHere;
    return new Date(now + perJudgment * left).toISOString();
  }

  #saidAtEnd(): string {
    const missing = this.#of - this.#judged - this.#judgedHere;
    if (missing <= 0) return "Everything is judged.";
    return `${missing} of ${this.#of} have no verdict. The same command asks about them again.`;
  }

  async #claim(want: number): Promise<Taken<Call>> {
    const { judge, settings, limits } = this.wanted;
    const { attempts } = limits;
    const wanted = { judge, settings, runId: this.runId, attempts, want, protocols: this.#protocols };
    const { calls, state, progress } = await claimCalls(this.context, wanted);
    this.#of = progress.of;
    if (calls.length > 0) return { jobs: calls, more: "now" };
    if (state === "paused" || state === "closed")
      return { over: `The study is ${state}: nothing is handed out.` };
    if (state === "ended") return { over: "The judge was left out by a rule: it is given nothing any more." };
    return { jobs: [], more: state === "wait" ? "later" : "none" };
  }

  async #judge(call: Call): Promise<Made> {
    const { judge, settings } = this.wanted;
    const { result, fatal } = await askJudge(this.context, { ...this.wanted, call });
    this.#tally(result);
    const settled = settleCall(this.context, { judge, call, language: settings.language, result });
    const written = settled.then(() => this.wanted.onProgress(this.progress()));
    return { calls: 1, nanodollars: result.costNanodollars, failure: failureOf(result), fatal, written };
  }

  #tally(result: CallResult): void {
    this.#tokens.prompt += result.reply?.promptTokens ?? 0;
    this.#tokens.completion += result.reply?.completionTokens ?? 0;
    if ("choice" in result) this.#judgedHere++;
    else this.#failed++;
  }
}

/** It may be asked about again: how often is counted where calls are claimed. */
function failureOf(result: CallResult): Made["failure"] {
  if ("choice" in result) return null;
  const { reply, failure, message } = result;
  return { kind: reply === null ? failure : null, message, canComeAgain: true };
}
