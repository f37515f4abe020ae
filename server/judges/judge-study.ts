import type { Context } from "../context.ts";
import type { JudgeLimits, JudgeProgress, JudgeSettings } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";
import { BackOff } from "../model-servers/back-off.ts";
import type { CostEstimate, TokenPrice } from "../model-servers/cost.ts";
import { dryRun } from "./dry-run.ts";
import { JudgeWrong } from "./errors.ts";
import { checkJudge, type JudgeWanted, prepareJudge } from "./judge-annotator.ts";
import type { ModelServer } from "../model-servers/model-call.ts";
import type { Pause } from "../model-servers/pause.ts";
import type { RunProcess } from "./run-store.ts";
import { runJudge, type RunSummary } from "./run.ts";

/** A run as somebody asks for it. */
export interface JudgeRequest extends JudgeWanted {
  readonly settings: JudgeSettings;
  readonly limits: JudgeLimits;
  /** null: not known. */
  readonly price: TokenPrice | null;
}

/** What a run is given besides. @internal */
export interface JudgeMeans {
  readonly server: ModelServer;
  readonly process: RunProcess;
  /** From 0 up to but not 1. */
  readonly random: () => number;
  /** How a pause passes; not said: by the platform's timer. */
  readonly pause?: Pause;
  readonly stop: AbortSignal;
  readonly abandon: AbortSignal;
  /** Called once with the run's id, as soon as others can see it. */
  readonly onBegun?: (runId: number) => void;
  readonly onProgress: (progress: JudgeProgress) => void;
  /** Told what somebody who waits wants to know. */
  readonly onNotice: (said: string) => void;
}

/**
 * What the run would come to; nothing is sent or written. A draft can be asked about, too.
 * @throws StudyNotFound, JudgeNotReady, JudgeWrong where the run would end with that
 */
export async function estimateJudge(context: Context, request: JudgeRequest): Promise<CostEstimate> {
  await checkJudge(context, request);
  requirePrice(request);
  const wording = await wordingOf(context, request);
  return dryRun(context, { ...request, wording });
}

/**
 * Lets a model judge a study: makes it an annotator of its group, and runs it.
 * @throws StudyNotFound, JudgeNotReady, JudgeWrong
 */
export async function judgeStudy(
  context: Context,
  request: JudgeRequest,
  means: JudgeMeans,
): Promise<RunSummary> {
  const wording = await wordingOf(context, request);
  requirePrice(request);
  const judge = await prepareJudge(context, request);
  const backOff = new BackOff({ random: means.random });
  return runJudge(context, { ...request, ...means, judge, wording, backOff });
}

function requirePrice({ limits, price }: JudgeRequest): void {
  if (limits.dollars !== null && price === null)
    throw new JudgeWrong("A limit in dollars needs the model's price: --prices FILE.");
}

/** The wording of the protocol in the language asked for. @throws StudyNotFound, JudgeWrong where there is none */
export async function wordingOf(
  context: Context,
  { study, settings }: Pick<JudgeRequest, "study" | "settings">,
): Promise<Wording> {
  const { protocol } = await context.database.read(async (reader) =>
    currentProtocol(reader, (await requireStudy(reader, study)).id),
  );
  const wording = protocol.wording[settings.language];
  if (wording) return wording;
  const there = Object.keys(protocol.wording).join(", ");
  throw new JudgeWrong(`The study has no wording in “${settings.language}”. There is ${there}.`);
}

/** The language of a study's first wording. @throws StudyNotFound */
export async function firstLanguage(context: Context, study: string): Promise<string> {
  const { protocol } = await context.database.read(async (reader) =>
    currentProtocol(reader, (await requireStudy(reader, study)).id),
  );
  return Object.keys(protocol.wording)[0] ?? "en";
}
