import type { Context } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type {
  JudgeEstimate,
  JudgeProgress,
  JudgeRun,
  JudgeRuns,
  JudgeRunWanted,
} from "../contract/judges.ts";
import { JudgeNotReady, JudgeWrong } from "./errors.ts";
import { estimateJudge, firstLanguage, type JudgeRequest, judgeStudy } from "./judge-study.ts";
import { mannersOf } from "../model-servers/manners.ts";
import type { ModelServer } from "../model-servers/model-call.ts";
import { openModelServer } from "../model-servers/model-server.ts";
import { resolved } from "./method/presets.ts";
import { findRun, isBatch, isDead, type RunMark, unendedRuns } from "./run-marks.ts";
import { listRuns, type RunProcess } from "./run-store.ts";
import { assertReachable, type JudgeServer, type Reach, reachOf } from "../model-servers/servers.ts";

/** A run that this process does not have, so that it cannot be stopped from here. */
class RunElsewhere extends TiebreakError {
  constructor(mark: RunMark) {
    const what = isBatch(mark)
      ? "waits for the results of a batch file: import or abandon them on the command line."
      : `belongs to another process (${mark.process}). Stop it there with Ctrl-C.`;
    super("RunElsewhere", 409, `Run ${mark.id} ${what}`);
  }
}

class RunNotFound extends TiebreakError {
  constructor(id: number) {
    super("RunNotFound", 404, `This study has no run ${id}.`);
  }
}

class TooManyRuns extends TiebreakError {
  constructor() {
    super(
      "TooManyRuns",
      409,
      `${RUNS_MAX} runs are in progress on this server. Stop one, or wait until one ends.`,
    );
  }
}

/** Runs that one process has at once. */
const RUNS_MAX = 4;
const TIMEOUT_MS = 600_000;
/** How long calls under way are waited for when the server closes. */
const CLOSING_MS = 5000;

/** Whom the record of changes names for a run. */
interface By {
  readonly by: string;
}

interface LiveRun {
  readonly study: string;
  readonly annotator: string;
  readonly stop: AbortController;
  readonly abandon: AbortController;
  /** null: it has not begun. */
  id: number | null;
  /** null: no call is back yet. */
  progress: JudgeProgress | null;
  ended: Promise<unknown>;
}

interface JudgeRunServiceParts {
  readonly context: Context;
  readonly servers: readonly JudgeServer[];
  readonly process: RunProcess;
  /** Told where a run that had begun ends by an error of our own. */
  readonly onError: (error: unknown) => void;
}

/** Runs of models in this process, started and stopped by the owner of the studies. */
export class JudgeRunService {
  readonly #parts: JudgeRunServiceParts;
  readonly #live = new Set<LiveRun>();
  #isClosing = false;

  constructor(parts: JudgeRunServiceParts) {
    this.#parts = parts;
  }

  /** The runs of a study, the latest first, and the servers that the operator named. @throws StudyNotFound */
  async list(study: string): Promise<JudgeRuns> {
    const { context, servers } = this.#parts;
    const unended = await unendedRuns(context, study); // before the list: what ends meanwhile is no dead run
    const runs = await context.database.read((reader) => listRuns(reader, study));
    const moment = context.clock().getTime();
    const dead = new Map(
      unended.filter((mark) => this.#isDead(mark, moment)).map(({ id, seenAt }) => [id, seenAt]),
    );
    const batches = new Set(unended.filter(isBatch).map(({ id }) => id));
    return {
      runs: runs.map((run) => ({
        ...this.#told(run, dead.get(run.id) ?? null),
        isBatch: batches.has(run.id) && run.ending === null,
      })),
      servers: servers.map(({ baseUrl, adapter, key }) => ({
        ...{ url: baseUrl, adapter: adapter.name, hasKey: key !== null },
      })),
    };
  }

  /** What a run would come to. @throws StudyNotFound, JudgeWrong, AddressNotAllowed */
  async estimate(study: string, wanted: JudgeRunWanted & By): Promise<JudgeEstimate> {
    const reach = reachOf(this.#parts.servers, wanted);
    const request = await this.#requestOf(study, wanted, reach);
    const { calls, promptTokens, completionTokens, nanodollars } = await estimateJudge(
      this.#parts.context,
      request,
    );
    return {
      ...{ calls, promptTokens, completionTokens },
      dollars: nanodollars === null ? null : nanodollars / 1e9,
    };
  }

  /**
   * Starts a run, which goes on after this returns. What is refused leaves nothing behind.
   * @returns its id
   * @throws StudyNotFound, JudgeNotReady, JudgeWrong, AddressNotAllowed, TooManyRuns
   */
  async start(study: string, wanted: JudgeRunWanted & By): Promise<number> {
    const { context, servers } = this.#parts;
    const reach = reachOf(servers, wanted);
    const request = await this.#requestOf(study, wanted, reach);
    if (request.limits.dollars !== null && request.price === null)
      throw new JudgeWrong(
        "A limit in dollars needs the model’s price: the operator sets prices in the file of model servers.",
      );
    await assertReachable(reach);
    const live = this.#reserve(request);
    const { concurrency } = request.limits;
    const { adapter, key, addresses } = reach;
    const manners = mannersOf(context, reach.url);
    const how = {
      adapter,
      key,
      addresses,
      concurrency,
      manners,
      timeoutMs: TIMEOUT_MS,
      clock: context.clock,
    };
    const server = openModelServer({ ...how, baseUrl: wanted.server });
    return this.#begin(live, request, server);
  }

  /**
   * Asks a run of this process to stop: it makes no other call, and ends when those under way are back.
   * @throws StudyNotFound, RunNotFound, RunElsewhere
   */
  async stop(study: string, id: number): Promise<void> {
    const { context } = this.#parts;
    const run = await findRun(context, { study, id });
    if (!run) throw new RunNotFound(id);
    const live = this.#liveRun(id);
    if (live) return live.stop.abort();
    if (!run.isEnded && !this.#isDead(run, context.clock().getTime())) throw new RunElsewhere(run);
  }

  /** Stops all runs; calls that do not come back in a few seconds are given up. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const { stop } of this.#live) stop.abort();
    const patience = setTimeout(() => {
      for (const { abandon } of this.#live) abandon.abort();
    }, CLOSING_MS);
    await Promise.allSettled([...this.#live].map(({ ended }) => ended));
    clearTimeout(patience);
  }

  async #requestOf(study: string, wanted: JudgeRunWanted & By, { adapter, url, prices }: Reach) {
    const { model, group, limits, seed, keepThinking } = wanted;
    const language = wanted.language ?? (await firstLanguage(this.#parts.context, study));
    const asked = {
      ...{ ...resolved(wanted), seed, language, headers: {} },
      ...(keepThinking && { keepThinking }),
    };
    return {
      ...{ study, group, limits, by: wanted.by },
      annotator: wanted.annotator ?? model,
      settings: { ...asked, adapter: adapter.name, baseUrl: url.href, model },
      price: prices?.priceOf(model) ?? null,
    } satisfies JudgeRequest;
  }

  #reserve({ study, annotator }: JudgeRequest): LiveRun {
    if (this.#isClosing) throw new JudgeNotReady("The server is stopping. Start the run when it is back.");
    const same = [...this.#live].find((live) => live.study === study && live.annotator === annotator);
    if (same)
      throw new JudgeNotReady(
        `${annotator} is judging ${study} already. Stop that run, or wait until it ends.`,
      );
    if (this.#live.size >= RUNS_MAX) throw new TooManyRuns();
    const [stop, abandon] = [new AbortController(), new AbortController()];
    const live: LiveRun = {
      ...{ study, annotator, stop, abandon },
      ...{ id: null, progress: null, ended: Promise.resolve() },
    };
    this.#live.add(live);
    return live;
  }

  /** Lets it run. @returns its id, once it has begun; where it does not begin, the reason is thrown */
  #begin(live: LiveRun, request: JudgeRequest, server: ModelServer): Promise<number> {
    const { context, onError } = this.#parts;
    return new Promise((resolve, reject) => {
      live.ended = judgeStudy(context, request, {
        ...{ server, stop: live.stop.signal, abandon: live.abandon.signal },
        ...{ process: this.#process(), random: () => randomOf(context) },
        onBegun: (id) => {
          live.id = id;
          resolve(id);
        },
        onProgress: (progress) => (live.progress = progress),
        onNotice: () => undefined, // the progress says what it waits for
      })
        .finally(() => {
          this.#live.delete(live);
          server.close();
        })
        .catch((error: unknown) => (live.id === null ? reject(error as Error) : onError(error)));
    });
  }

  #liveRun(id: number): LiveRun | undefined {
    return [...this.#live].find((live) => live.id === id);
  }

  #isDead(mark: RunMark, moment: number): boolean {
    if (this.#liveRun(mark.id)) return false;
    // the database may show a run of ours a moment before its id arrives here
    const isBeginning = [...this.#live].some((live) => live.id === null);
    if (isBeginning && mark.process === this.#parts.process.name) return false;
    return isDead(mark, this.#process(), moment);
  }

  #told(run: JudgeRun, deadSince: string | null): Omit<JudgeRuns["runs"][number], "isBatch"> {
    const live = this.#liveRun(run.id);
    const isHere = live !== undefined && run.ending === null;
    const isDead = deadSince !== null && run.ending === null;
    return {
      ...run,
      ...(isDead ? { ending: "died" as const, endedAt: deadSince } : {}),
      ...{ isHere, isStopping: isHere && live.stop.signal.aborted },
      progress: isHere ? live.progress : null,
    };
  }

  /**
   * This process as a run sees it. One annotator has one run here at a time, so a run of this process's name that is
   * not among those under way is of an earlier process that had the same name, and is dead.
   */
  #process(): RunProcess {
    const { process } = this.#parts;
    return { name: process.name, isAlive: (name) => name !== process.name && process.isAlive(name) };
  }
}

const randomOf = ({ randomBytes }: Context): number => randomBytes(4).readUInt32BE() / 2 ** 32;
