import type { Context } from "../context.ts";
import { samplesOf } from "../contract/judge-method.ts";
import type { JudgeLimits, JudgeProgress, JudgeSettings } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";
import { BackOff } from "../model-servers/back-off.ts";
import type { Budget } from "../model-servers/budget.ts";
import type { CostEstimate, TokenPrice } from "../model-servers/cost.ts";
import { dryRun, previewMessages } from "./dry-run.ts";
import { JudgeWrong } from "./errors.ts";
import { promptsWithField } from "./method/prompts-with-field.ts";
import { checkJudge, type JudgeWanted, prepareJudge } from "./judge-annotator.ts";
import type { ModelMessage, ModelServer } from "../model-servers/model-call.ts";
import type { Pause } from "../model-servers/pause.ts";
import { messagesWithPlaces } from "./shown-template.ts";
import type { RunProcess } from "./run-store.ts";
import { runJudge, type RunSummary } from "./run.ts";

/** A run as somebody asks for it. */
export interface JudgeRequest extends JudgeWanted {
  readonly settings: JudgeSettings;
  readonly limits: JudgeLimits;
  /** null: not known. */
  readonly price: TokenPrice | null;
}

/** What a run is given besides. */
export interface JudgeMeans {
  readonly server: ModelServer;
  readonly process: RunProcess;
  /** Of all judges that run at once; missing: this one has its own limits only. */
  readonly sharedBudget?: Budget;
  /** From 0 up to but not 1. */
  readonly random: () => number;
  /** How a pause passes; default: the platform's timer. */
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
  await requirePossible(context, request);
  const wording = await wordingOf(context, request);
  return dryRun(context, { ...request, wording });
}

/**
 * The messages about the first comparison that the judge has not judged; with words in the places of the texts where there
 * is none. @throws StudyNotFound, JudgeWrong
 */
export async function previewJudge(
  context: Context,
  wanted: Pick<JudgeRequest, "study" | "annotator" | "settings">,
): Promise<readonly ModelMessage[]> {
  const wording = await wordingOf(context, wanted);
  const messages = await previewMessages(context, { ...wanted, wording });
  return messages ?? messagesWithPlaces(wanted.settings, wording);
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
  await requirePossible(context, request);
  const judge = await prepareJudge(context, request);
  const backOff = new BackOff({ random: means.random });
  return runJudge(context, { ...request, ...means, judge, wording, backOff });
}

/** @throws JudgeWrong where nothing could come of it: no price for a limit, or a method that this judge cannot follow */
export async function requirePossible(
  context: Context,
  { study, limits, price, settings }: Omit<JudgeRequest, keyof JudgeWanted> & { readonly study: string },
): Promise<void> {
  if (limits.dollars !== null && price === null)
    throw new JudgeWrong("A limit in dollars needs the model's price: --prices FILE.");
  const { method = {}, adapter, temperature } = settings;
  if (method.verdictFrom === "probabilities" && adapter !== "openai")
    throw new JudgeWrong("Only servers with OpenAI’s API report log probabilities: omit --adapter.");
  if (samplesOf(settings) > 1 && temperature === 0)
    throw new JudgeWrong(
      "At temperature 0 all samples are the same: set a temperature above 0, such as --temperature 0.7.",
    );
  for (const name of [method.referenceField, method.criteriaField])
    if (name !== undefined && (await promptsWithField(context, study, name)) === 0)
      throw new JudgeWrong(`No prompt of the study has something in a field “${name}”.`);
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
