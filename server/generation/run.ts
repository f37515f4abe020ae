import { setMaxListeners } from "node:events";
import type { Context } from "../context.ts";
import type { JudgeLimits, RunEnding } from "../contract/judges.ts";
import type { Adapter } from "../judges/adapters/index.ts";
import { CallLoop, type Made, type Place, type Taken } from "../judges/call-loop.ts";
import type { Arrivals } from "../loading/arrivals.ts";
import { type Conversation, converse, type ConverseWanted, type Problem } from "./converse.ts";
import { outlayFor } from "./estimate.ts";
import { type Unanswered, unansweredAfter } from "./missing.ts";
import { isTruncated, recordOf } from "./record.ts";
import { sentSettings } from "./settings.ts";

export interface GenerationWanted extends Omit<ConverseWanted, "onNotice"> {
  readonly system: string;
  readonly adapter: Pick<Adapter, "body">;
  readonly limits: Omit<JudgeLimits, "attempts">;
  readonly arrivals: Arrivals;
  /** How many responses are missing. */
  readonly missing: number;
  readonly stop: AbortSignal;
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
  /** Responses that were cut off at the most tokens, and are stored: the first hundred prompts of them. */
  readonly truncated: { readonly count: number; readonly prompts: readonly string[] };
  /** Prompts that were asked about and have no response: the first hundred. */
  readonly unanswered: readonly ({ readonly prompt: string } & Pick<Problem, "kind" | "message" | "turn">)[];
  /** Members of requests that the server does not take. */
  readonly notTaken: readonly string[];
}

const NAMED_MAX = 100;
/** Statuses with which servers refuse one request for what stands in it. */
const ABOUT_ONE_REQUEST = [400, 422];
const ABOUT_ONE_PROMPT: ReadonlySet<string> = new Set(["too long", "blank prompt", "taken"]);

/** Asks for the missing responses until none is left, a limit is reached, or it is asked to stop. */
export class GenerationRun {
  readonly #loop: CallLoop<Unanswered>;
  readonly #told = new Set<string>();
  readonly #truncated: string[] = [];
  readonly #unanswered: { prompt: string; problem: Problem }[] = [];
  readonly #sum = { stored: 0, truncated: 0, failed: 0, prompt: 0, completion: 0 };
  #after = 0;

  constructor(
    readonly context: Context,
    readonly wanted: GenerationWanted,
  ) {
    const { settings, price } = wanted;
    setMaxListeners(0, wanted.abandon); // every call under way listens
    this.#loop = new CallLoop(context, {
      ...wanted,
      expectedCost: 0, // each says itself what it costs at the most
      take: (want) => this.#take(want),
      outlayOf: ({ turns }) => outlayFor(settings, turns, price),
      make: (job, place) => this.#make(job, place),
      letGo: async () => undefined,
      sayDone: () => this.#saidAtEnd(),
      sayWhere: () => {
        const { stored, of, calls } = this.progress();
        return `after ${stored} of ${of} responses and ${calls} ${calls === 1 ? "call" : "calls"}`;
      },
    });
  }

  async go(): Promise<GenerationSummary> {
    const { ending, said } = await this.#loop.run();
    const { system, server, settings } = this.wanted;
    return {
      ...{ system, model: settings.model, ending, said },
      progress: this.progress(),
      truncated: { count: this.#sum.truncated, prompts: this.#truncated },
      unanswered: this.#unanswered.map(({ prompt, problem: { kind, message, turn } }) => ({
        ...{ prompt, kind, message, turn },
      })),
      notTaken: server.conceded(),
    };
  }

  progress(): GenerationProgress {
    const { stored, failed, prompt, completion } = this.#sum;
    const { calls, nanodollars } = this.#loop;
    return {
      ...{ stored, of: this.wanted.missing, calls, failed, promptTokens: prompt },
      ...{ completionTokens: completion, endsAt: this.#endsAt(stored + failed) },
      dollars: this.wanted.price && nanodollars / 1e9,
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
    if (left <= 0) return `No response of ${system} is missing.`;
    return `${left} of ${missing} responses of ${system} are still missing. The same command asks for them again.`;
  }

  async #take(limit: number): Promise<Taken<Unanswered>> {
    const { arrivals, system } = this.wanted;
    const of = { studyId: arrivals.wanted.study.id, system };
    const jobs = await this.context.database.read((reader) =>
      unansweredAfter(reader, of, { after: this.#after, limit }),
    );
    this.#after = jobs.at(-1)?.id ?? this.#after;
    return { jobs, more: jobs.length === 0 ? "none" : "now" };
  }

  async #make(prompt: Unanswered, place: Place): Promise<Made> {
    if (prompt.turns.some((turn) => turn.trim() === "")) return this.#failed(prompt, BLANK_PROMPT, NOTHING);
    const onNotice = (said: string, about: string) => this.#tellOnce(said, about);
    const talk = await converse(this.context, { ...this.wanted, onNotice }, { ...prompt, place });
    this.#sum.prompt += talk.promptTokens;
    this.#sum.completion += talk.completionTokens;
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
    const isNew = await arrivals.store({ prompt: { id, name }, system, turns, metadata });
    if (!isNew) return TAKEN;
    this.#sum.stored++;
    if (isTruncated(answers)) this.#tellTruncated(name);
    return null;
  }

  #tellTruncated(name: string): void {
    const { arrivals, settings, system } = this.wanted;
    const message = `The output of ${system} for the prompt “${name}” was cut off at ${settings.maxTokens} tokens.`;
    arrivals.warnings.add({ name: "OutputTruncated", file: arrivals.wanted.name, line: 0, message });
    this.#sum.truncated++;
    if (this.#truncated.length < NAMED_MAX) this.#truncated.push(name);
  }

  #failed({ name }: Unanswered, problem: Problem, talk: Pick<Conversation, "calls" | "nanodollars">): Made {
    const { kind, message, hasReply, refusedStatus } = problem;
    const isOne = ABOUT_ONE_REQUEST.includes(refusedStatus ?? 0) && this.#sum.stored > 0;
    const fatal = refusedStatus === null || isOne ? null : message;
    const isUnusable = hasReply || isOne;
    if (isUnusable || ABOUT_ONE_PROMPT.has(kind)) this.#warn(name, problem);
    this.#sum.failed++;
    if (fatal === null && this.#unanswered.length < NAMED_MAX)
      this.#unanswered.push({ prompt: name, problem });
    this.wanted.onProgress(this.progress());
    const { calls, nanodollars } = talk;
    const failure = { kind: isUnusable ? null : kind, message, canComeAgain: false };
    return { calls, nanodollars, failure: calls === 0 ? null : failure, fatal };
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

const NOTHING = { calls: 0, nanodollars: null };
const without = { turn: 1, hasReply: false, refusedStatus: null };
const BLANK_PROMPT: Problem = {
  ...{ kind: "blank prompt", message: "One of its turns holds nothing, so nothing was asked.", ...without },
};
const TAKEN: Problem = {
  ...{ kind: "taken", message: "Another response was loaded meanwhile, and stays.", ...without },
};
