import type { Context } from "../context.ts";
import type { JudgeLimits } from "../contract/judges.ts";
import type { Protocol } from "../contract/studies.ts";
import { findAdapter } from "../model-servers/adapters/index.ts";
import { BackOff } from "../model-servers/back-off.ts";
import type { TokenPrice } from "../model-servers/cost.ts";
import type { ModelServer } from "../model-servers/model-call.ts";
import type { Pause } from "../model-servers/pause.ts";
import { type Arrivals, type ArrivalsWanted, openArrivals } from "../loading/arrivals.ts";
import { LoadTakenOver } from "../loading/errors.ts";
import { whyNoName } from "../loading/text.ts";
import { currentProtocol, requireStudy, type StudyRow, systemsOf } from "../studies/store.ts";
import { type Again, againOf } from "./again.ts";
import { ReasonMissing } from "../studies/errors.ts";
import { GenerationRunning, GenerationWrong } from "./errors.ts";
import { countUnanswered } from "./missing.ts";
import { type GenerationProgress, GenerationRun, type GenerationSummary } from "./run.ts";
import type { GenerationSettings } from "./settings.ts";

/** Responses as somebody asks for them. */
export interface GenerationRequest {
  readonly study: string;
  readonly system: string;
  readonly settings: GenerationSettings;
  /** Stored responses to be generated anew, by prompts: none named, those with a fault. Not said: what is missing. */
  readonly again?: readonly string[];
  readonly limits: Omit<JudgeLimits, "attempts">;
  /** null: not known. */
  readonly price: TokenPrice | null;
  readonly by: string;
  /** Why an opened study gets more to judge; undefined: nobody gave a reason. */
  readonly reason?: string | undefined;
}

/** What a run is given besides. @internal */
export interface GenerationMeans {
  readonly server: ModelServer;
  /** From 0 up to but not 1. */
  readonly random: () => number;
  /** How a pause passes; default: the platform's timer. */
  readonly pause?: Pause;
  readonly stop: AbortSignal;
  readonly abandon: AbortSignal;
  readonly onProgress: (progress: GenerationProgress) => void;
  /** Told what somebody who waits wants to know. */
  readonly onNotice: (said: string) => void;
}

const HEARTBEAT_MS = 5000;
const POLL_MS = 500;
const POLLS_MAX = 40;

/**
 * Asks a model server for the responses of a system that are missing, and stores each as soon as it is whole. A system
 * that does not exist is made with its first response. What an opened study gets to judge by them is a revision, once they are there.
 * @throws StudyNotFound, GenerationWrong, GenerationRunning, ReasonMissing
 */
export async function generateResponses(
  context: Context,
  request: GenerationRequest,
  means: GenerationMeans,
): Promise<GenerationSummary> {
  try {
    const study = await checkedStudy(context, request);
    const again = await againIn(context, request);
    const wanted = {
      study,
      name: `responses of ${request.system}`,
      by: request.by,
      reason: request.reason?.trim() || null,
    };
    const arrivals = await begin(context, wanted, { request, means });
    return await runInto(context, arrivals, { request, means, again });
  } finally {
    means.server.close();
  }
}

/** What is odd about the system that was named: it is new, or nothing of it is compared. @throws StudyNotFound */
export async function noticesAbout(
  context: Context,
  { study, system }: Pick<GenerationRequest, "study" | "system">,
): Promise<string[]> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    const systems = (await systemsOf(reader, id)).map(({ name }) => name);
    const { pairs } = (await currentProtocol(reader, id)).protocol;
    const compared = pairs === "all" ? null : namesOf(pairs);
    if (compared?.includes(system)) return [];
    const known = compared ?? systems;
    const isNew = systems.includes(system) ? [] : [`${system} is a new system of ${study}.`];
    if (compared === null) return isNew;
    const which = `The study compares ${known.join(", ")}`;
    return [...isNew, `${which}; no annotator will see ${system} unless its protocol is changed.`];
  });
}

/** Checks a request before anything is read from the database. @throws GenerationWrong */
export function requirePossible({ system, limits, price }: GenerationRequest): void {
  if (limits.dollars !== null && price === null)
    throw new GenerationWrong("A limit in dollars needs the model's price: --prices FILE.");
  const unusable = system.trim() === "" ? "The system has no name." : whyNoName("The system's name", system);
  if (unusable !== null) throw new GenerationWrong(unusable);
}

/** What is to be generated anew; null: nothing. @throws StudyNotFound, GenerationWrong */
export async function againIn(
  context: Context,
  { study, system, again }: Pick<GenerationRequest, "study" | "system" | "again">,
): Promise<Again | null> {
  return again === undefined ? null : againOf(context, { study, system, prompts: again });
}
const namesOf = ({ target, baselines }: Exclude<Protocol["pairs"], "all">): string[] => [
  target,
  ...baselines,
];

interface Given {
  readonly request: GenerationRequest;
  readonly means: GenerationMeans;
}

async function checkedStudy(context: Context, request: GenerationRequest): Promise<StudyRow> {
  const { study, system, again } = request;
  requirePossible(request);
  const { row, prompts } = await context.database.read(async (reader) => {
    const row = await requireStudy(reader, study);
    const { hash, protocol } = await currentProtocol(reader, row.id);
    const isCompared = protocol.pairs === "all" || namesOf(protocol.pairs).includes(system);
    const counts = await countUnanswered(reader, { studyId: row.id, system });
    const changes = again !== undefined || counts.missing > 0;
    if (hash !== null && isCompared && changes && !request.reason?.trim()) throw new ReasonMissing();
    return { row, ...counts };
  });
  if (prompts > 0) return row;
  throw new GenerationWrong(
    `The study ${study} has no prompts with a text. Load them first: npx tiebreak load ${study} prompts.jsonl`,
  );
}

/** Waits until it is known whether another run for the system is alive. @throws GenerationRunning */
async function begin(context: Context, wanted: ArrivalsWanted, { request, means }: Given): Promise<Arrivals> {
  let first: string | null = null;
  for (let poll = 0; ; poll++) {
    const opened = await openArrivals(context, wanted);
    if (!("aliveAt" in opened)) return opened;
    const { aliveAt } = opened;
    const hasMoved = first !== null && aliveAt !== first;
    if (hasMoved || poll >= POLLS_MAX || means.stop.aborted)
      throw new GenerationRunning(request.system, aliveAt);
    if (first === null)
      means.onNotice(
        `Another run was generating these responses at ${aliveAt}. Checking whether it is still running, for up to 15 seconds.`,
      );
    first = aliveAt;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function runInto(
  context: Context,
  arrivals: Arrivals,
  { request, means, again }: Given & { readonly again: Again | null },
): Promise<GenerationSummary> {
  const { system, settings } = request;
  const of = { studyId: arrivals.wanted.study.id, system };
  const lost = new AbortController();
  const heart = setInterval(() => {
    arrivals.beat().catch((error: unknown) => error instanceof LoadTakenOver && lost.abort());
  }, HEARTBEAT_MS);
  try {
    const missing = again
      ? again.jobs.length
      : (await context.database.read((reader) => countUnanswered(reader, of))).missing;
    const run = new GenerationRun(context, {
      ...{ ...request, ...means, arrivals, missing, again, adapter: findAdapter(settings.adapter)! },
      stop: AbortSignal.any([means.stop, lost.signal]),
      backOff: new BackOff({ random: means.random }),
    });
    const summary = await run.go();
    await arrivals.close();
    if (!lost.signal.aborted) return summary;
    return {
      ...summary,
      said: "This run made no progress for so long that another run has taken its place.",
    };
  } catch (error) {
    await arrivals.close().catch(() => undefined); // the first error is the one to tell; the next run closes it
    throw error;
  } finally {
    clearInterval(heart);
  }
}
