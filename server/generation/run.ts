import { setMaxListeners } from "node:events";
import type { Context } from "../context.ts";
import type { JudgeLimits, RunEnding } from "../contract/judges.ts";
import type { Adapter } from "../model-servers/adapters/index.ts";
import type { Made, CallSlot, Taken } from "../model-servers/call-job.ts";
import { CallLoop } from "../model-servers/call-loop.ts";
import type { Arrivals } from "../loading/arrivals.ts";
import type { Again } from "./again.ts";
import { type Conversation, converse, type ConverseWanted, type Problem } from "./converse.ts";
import { outlayFor } from "./estimate.ts";
import type { Pause } from "../model-servers/pause.ts";
import { saidReadTooLittle } from "../model-servers/read-too-little.ts";
import { saidWaiting } from "../model-servers/said-waiting.ts";
import { type Unanswered, unansweredAfter, unansweredOf } from "./missing.ts";
import { isWhole, recordOf, whyCutOff } from "./record.ts";
import { sentSettings } from "./settings.ts";
import { failedBefore, forgetFailure, noteFailure } from "./unanswered.ts";

interface GenerationWanted extends Omit<ConverseWanted, "onNotice"> {
  readonly system: string;
  readonly adapter: Pick<Adapter, "body">;
  readonly limits: Omit<JudgeLimits, "attempts">;
  readonly arrivals: Arrivals;
  /** How many responses are missing. */
  readonly missing: number;
  /** Stored responses that are generated anew; null: those that are missing. */
  readonly again: Again | null;
  readonly stop: AbortSignal;
  readonly pause?: Pause;
  readonly onProgress: (progress: GenerationProgress) => void;
  readonly onNotice: (said: string) => void;
}

/** How far a run is. */
export interface GenerationProgress {
  /** Responses that were stored. */
  readonly stored: number;
  /** Responses that were missing when it began. */
  readonly of: number;
  readonly calls: number;
  /** Prompts that were asked about and have no response. */
  readonly failed: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Calls that came back without a word of their tokens. */
  readonly notTold: number;
  /** Calls counted at the most that they may have cost, since the server did not say. */
  readonly atMost: number;
  /** US dollars; null: no price is known. */
  readonly dollars: number | null;
  /** At the pace so far: UTC, ISO 8601. */
  readonly endsAt: string | null;
}

export interface GenerationSummary {
  readonly system: string;
  readonly model: string;
  readonly ending: RunEnding;
  readonly said: string;
  readonly progress: GenerationProgress;
  /** Responses that are not known to be whole, and are stored and marked: the first hundred prompts of them. */
  readonly truncated: { readonly count: number; readonly prompts: readonly string[] };
  /** Prompts that were asked about and have no response: the first hundred. */
  readonly unanswered: readonly ({ readonly prompt: string } & Pick<Problem, "kind" | "message" | "turn">)[];
  /** Responses that came with reasoning, which is kept apart from them and shown to no annotator. */
  readonly withThinking: number;
  /** Members of requests that the server does not take. */
  readonly notTaken: readonly string[];
}

const NAMED_MAX = 100;
const ABOUT_ONE_PROMPT: ReadonlySet<string> = new Set(["too long", "bad request", "blank prompt", "taken"]);

/** Asks for the missing responses until none is left, a limit is reached, or it is asked to stop. */
export class GenerationRun {
  readonly #loop: CallLoop<Unanswered>;
  readonly #told = new Set<string>();
  readonly #truncated: string[] = [];
  readonly #unanswered: { prompt: string; problem: Problem }[] = [];
  readonly #sum = {
    ...{ stored: 0, truncated: 0, failed: 0, thinking: 0 },
    ...{ prompt: 0, completion: 0, notTold: 0, atMost: 0, readTooLittle: 0, isPriced: false },
  };
  /** As the server named what it stored responses of. */
  readonly #models = new Set<string>();
  #after = 0;
  /** Prompts that failed in earlier runs and are still to be asked about; null: it has not been looked. */
  #later: number[] | null = null;
  readonly #failedBefore = new Set<number>();
  readonly #again: Unanswered[];

  constructor(
    readonly context: Context,
    readonly wanted: GenerationWanted,
  ) {
    const { settings, price, again } = wanted;
    this.#again = [...(again?.jobs ?? [])];
    for (const { name } of again?.shown ?? []) this.#leave(name, SHOWN);
    setMaxListeners(0, wanted.abandon); // every call under way listens
    this.#loop = new CallLoop(context, {
      ...wanted,
      take: (want) => this.#take(want),
      outlayOf: ({ turns }) => outlayFor(settings, turns, price),
      make: (job, place) => this.#make(job, place),
      letGo: async () => undefined,
      sayDone: () => this.#saidAtEnd(),
      sayWhere: () => {
        const { stored, of, calls } = this.progress();
        return `after ${stored} of ${of} responses and ${calls} ${calls === 1 ? "call" : "calls"}`;
      },
      onWait: ({ why, until }) => wanted.onNotice(saidWaiting(why, new URL(settings.baseUrl).host, until)),
    });
  }

  async go(): Promise<GenerationSummary> {
    const { ending, said } = await this.#loop.run();
    const { system, server, settings } = this.wanted;
    const remarks = [...saidReadTooLittle(this.#sum.readTooLittle), ...this.#saidModels()];
    return {
      ...{ system, model: settings.model, ending, said: [said, ...remarks].join(" ") },
      progress: this.progress(),
      truncated: { count: this.#sum.truncated, prompts: this.#truncated },
      unanswered: this.#unanswered.map(({ prompt, problem: { kind, message, turn } }) => ({
        ...{ prompt, kind, message, turn },
      })),
      withThinking: this.#sum.thinking,
      notTaken: server.conceded(),
    };
  }

  #saidModels(): string[] {
    if (this.#models.size < 2) return [];
    const models = [...this.#models].sort().join(", ");
    return [`The server answered as different models: ${models}. Their responses count as one system’s.`];
  }

  progress(): GenerationProgress {
    const { stored, failed, prompt, completion, notTold, atMost, isPriced } = this.#sum;
    const { calls, nanodollars } = this.#loop;
    return {
      ...{ stored, of: this.wanted.missing, calls, failed, promptTokens: prompt, notTold, atMost },
      ...{ completionTokens: completion, endsAt: this.#endsAt(stored + failed) },
      dollars: this.wanted.price === null && !isPriced ? null : nanodollars / 1e9,
    };
  }

  #endsAt(done: number): string | null {
    const left = this.wanted.missing - done;
    if (done === 0 || left <= 0) return null;
    const now = this.context.clock().getTime();
    return new Date(now + ((now - this.#loop.startedAt) / done) * left).toISOString();
  }

  #saidAtEnd(): string {
    const { system, missing } = this.wanted;
    const left = missing - this.#sum.stored;
    if (this.wanted.again !== null && missing === 0) return `No response of ${system} can be replaced.`;
    if (this.wanted.again !== null)
      return `${this.#sum.stored} of ${missing} responses of ${system} were generated again.`;
    if (left <= 0) return `No response of ${system} is missing.`;
    return `${left} of ${missing} responses of ${system} are still missing. Run the same command again to generate them.`;
  }

  /** What was never asked about in vain comes first. */
  async #take(limit: number): Promise<Taken<Unanswered>> {
    const { arrivals, system, again } = this.wanted;
    if (again !== null) {
      const jobs = this.#again.splice(0, limit);
      return { jobs, more: jobs.length === 0 ? "none" : "now" };
    }
    const of = { studyId: arrivals.wanted.study.id, system };
    const jobs = await this.context.database.read(async (reader) => {
      this.#later ??= await failedBefore(reader, of);
      const next = await unansweredAfter(reader, of, { after: this.#after, limit, untried: true });
      this.#after = next.at(-1)?.id ?? this.#after;
      return next.length > 0 ? next : this.#takeLater(limit, (ids) => unansweredOf(reader, of, ids));
    });
    return { jobs, more: jobs.length === 0 ? "none" : "now" };
  }

  async #takeLater(
    limit: number,
    find: (ids: readonly number[]) => Promise<Unanswered[]>,
  ): Promise<Unanswered[]> {
    while (this.#later && this.#later.length > 0) {
      const found = await find(this.#later.splice(0, limit));
      for (const { id } of found) this.#failedBefore.add(id);
      if (found.length > 0) return found;
    }
    return [];
  }

  async #make(prompt: Unanswered, place: CallSlot): Promise<Made> {
    if (prompt.turns.some((turn) => turn.trim() === "")) return this.#failed(prompt, BLANK_PROMPT, NOTHING);
    const onNotice = (said: string, about: string) => this.#tellOnce(said, about);
    const talk = await converse(this.context, { ...this.wanted, onNotice }, { ...prompt, place });
    this.#sum.prompt += talk.promptTokens;
    this.#sum.completion += talk.completionTokens;
    this.#sum.notTold += talk.notTold;
    this.#sum.atMost += talk.atMost;
    this.#sum.readTooLittle += talk.readTooLittle;
    this.#sum.isPriced ||= talk.nanodollars !== null;
    const problem = talk.problem ?? (await this.#store(prompt, talk));
    if (problem) return this.#failed(prompt, problem, talk);
    this.wanted.onProgress(this.progress());
    return { calls: talk.calls, nanodollars: talk.nanodollars, failure: null, fatal: null };
  }

  async #store({ id, name }: Unanswered, { answers }: Conversation): Promise<Problem | null> {
    const { arrivals, system, settings, adapter, server } = this.wanted;
    const refused = server.conceded();
    const metadata = recordOf(sentSettings(settings, adapter, refused), answers, refused);
    const turns = answers.map(({ reply }) => reply.text);
    const arrival = { prompt: { id, name }, system, turns, metadata };
    const isAgain = this.wanted.again !== null;
    const isStored = isAgain ? await arrivals.replace(arrival) : await arrivals.store(arrival);
    if (!isStored) return isAgain ? SHOWN : TAKEN;
    this.#sum.stored++;
    for (const { reply } of answers) if (reply.reportedModel !== null) this.#models.add(reply.reportedModel);
    if (this.#failedBefore.has(id)) await forgetFailure(this.context, id, system);
    if (answers.some(({ reply }) => reply.thinking !== null)) this.#tellThinking();
    if (!isWhole(answers)) this.#tellTruncated(name, whyCutOff(answers));
    return null;
  }

  #tellThinking(): void {
    const said = `Responses of ${this.wanted.system} came with reasoning: it is stored apart from them, and no annotator sees it.`;
    this.#sum.thinking++;
    this.#tellOnce(said, "thinking");
  }

  #tellTruncated(name: string, why: string): void {
    const { arrivals, system } = this.wanted;
    const message = `The output of ${system} for the prompt “${name}” ${why}.`;
    arrivals.warnings.add({ name: "OutputTruncated", file: arrivals.wanted.name, line: 0, message });
    this.#sum.truncated++;
    if (this.#truncated.length < NAMED_MAX) this.#truncated.push(name);
  }

  async #failed(
    { id, name }: Unanswered,
    problem: Problem,
    talk: Pick<Conversation, "calls" | "nanodollars">,
  ): Promise<Made> {
    const { kind, message, hasReply, isFatal, isDayQuota } = problem;
    if (hasReply || ABOUT_ONE_PROMPT.has(kind)) this.#warn(name, problem);
    this.#sum.failed++;
    if (!isFatal) this.#leave(name, problem);
    const { system } = this.wanted;
    if (talk.calls > 0 && !isFatal && this.wanted.again === null && !SAYS_NOTHING.has(kind))
      await noteFailure(this.context, { promptId: id, system, problem });
    this.wanted.onProgress(this.progress());
    const { calls, nanodollars } = talk;
    const isKnown = this.#failedBefore.has(id);
    const failure = { kind: hasReply ? null : kind, message, canComeAgain: false, isKnown };
    return {
      ...{ calls, nanodollars, failure: calls === 0 ? null : failure },
      ...{ fatal: isFatal ? message : null, spentQuota: isDayQuota ? message : null },
    };
  }

  #leave(prompt: string, problem: Problem): void {
    if (this.#unanswered.length < NAMED_MAX) this.#unanswered.push({ prompt, problem });
  }

  #warn(name: string, { kind, message }: Problem): void {
    const { arrivals, system } = this.wanted;
    const said = `${system} has no output for the prompt “${name}”: ${kind}. ${message}`;
    arrivals.warnings.add({ name: "OutputMissing", file: arrivals.wanted.name, line: 0, message: said });
  }

  #tellOnce(said: string, about: string): void {
    if (this.#told.has(about)) return;
    this.#told.add(about);
    this.wanted.onNotice(said);
  }
}

/** Failures that say nothing of the prompt. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  ...["rate limited", "network", "server error", "taken", "shown"],
]);
const NOTHING = { calls: 0, nanodollars: null };
const without = { turn: 1, hasReply: false, isFatal: false, isDayQuota: false };
const BLANK_PROMPT: Problem = {
  ...{ kind: "blank prompt", message: "One of its turns is empty, so it was not sent.", ...without },
};
const TAKEN: Problem = {
  ...{ kind: "taken", message: "Another response was loaded in the meantime, and stays.", ...without },
};
/** It may be judged: what annotators read is corrected with a reason, or compared under another name. */
const SHOWN: Problem = {
  ...{ kind: "shown", message: "Annotators were shown it, so it stays: see docs/amending.md.", ...without },
};
